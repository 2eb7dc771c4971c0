"""The REST API: every app's router, and every refusal as problem+json (RFC 9457), here alone."""

import logging
from http import HTTPStatus
from typing import Any, override

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import path, re_path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.security import HttpBearer, SessionAuth

from momentum import __version__
from momentum.accounts.actions import tokens
from momentum.accounts.models import User
from momentum.accounts.rest import router as signing_in
from momentum.core.errors import (
    DomainError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    SignInRequiredError,
    UnavailableError,
)
from momentum.core.logs import request_id
from momentum.core.parsing import UnreadableError, is_text, read_json, texts_in
from momentum.notifications.rest import browsers, telephones
from momentum.studio.rest import router as studio
from momentum.ui.errors import RETRY_SECONDS

logger = logging.getLogger(__name__)


class _InternalError(DomainError):
    status = 500
    code = "internal"
    message = _("Something went wrong on our side. It has been logged under this request ID.")


class PersonSession(SessionAuth):
    """The session cookie of anybody with an account; what changes anything needs the CSRF token too."""

    @override
    def authenticate(self, request: HttpRequest, key: str | None) -> User:
        if not isinstance(request.user, User):
            raise SignInRequiredError
        return request.user


class PersonBearer(HttpBearer):
    """The token of anybody with an account. What the token says of roles is never asked; the account is."""

    @override
    def authenticate(self, request: HttpRequest, token: str) -> User:
        request.user = tokens.person_of(token)
        return request.user


class AdminSession(PersonSession):
    """The session cookie of an administrator."""

    @override
    def authenticate(self, request: HttpRequest, key: str | None) -> User:
        return _admin(super().authenticate(request, key))


class AdminBearer(PersonBearer):
    """The token of an administrator."""

    @override
    def authenticate(self, request: HttpRequest, token: str) -> User:
        return _admin(super().authenticate(request, token))


def _admin(user: User) -> User:
    if not user.is_admin:
        raise ForbiddenError
    return user


class FormOrJson(Parser):
    """Takes the fields of a form as JSON too, where nothing is uploaded; and nothing that no table could hold."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return read_json(request.body)
        except UnreadableError as error:
            raise HttpError(400, str(_("The body isn’t valid JSON. Send an object."))) from error

    @override
    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        if request.content_type != "application/json" or data is not request.POST:
            held = super().parse_querydict(data, list_fields, request)
            if not all(is_text(text) for text in texts_in(held)):
                raise HttpError(400, str(_("There is a character in it that can’t be stored.")))
            return held
        sent = self.parse_body(request)
        if not isinstance(sent, dict):
            raise HttpError(400, str(_("The body isn’t a JSON object. Send an object.")))
        return sent


class Problem(Schema):
    """A refusal, as RFC 9457 has it. `code` is stable; `fields` maps names of fields to sentences."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    fields: dict[str, list[str]] | None = None
    retry_after: int | None = Field(None, description="In seconds; the header of that name says the same.")


# What any operation may answer instead: a door can't say beforehand which of them it will be.
PROBLEMS = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)


class Api(NinjaAPI):
    """An API whose description says how each operation refuses."""

    @override
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = Problem.json_schema()
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                if method == "get":
                    # Who says what they have already is told that it is still so.
                    operation["responses"].setdefault(304, {"description": HTTPStatus(304).phrase})
                for status in PROBLEMS:
                    said = {"description": HTTPStatus(status).phrase, "content": content}
                    operation["responses"].setdefault(status, said)
        return schema


api = Api(
    parser=FormOrJson(),
    title="Momentum",
    version=__version__,
    urls_namespace="api",
    docs_url=None,  # its page loads scripts from elsewhere; the schema is at /api/openapi.json
)
api.add_router("/auth", signing_in)
api.add_router("/push/devices", telephones, auth=PersonBearer())
api.add_router("/push", browsers, auth=PersonSession(csrf=True))
api.add_router("/ai-generation", studio, auth=[AdminBearer(), AdminSession(csrf=True)])


def problem(error: DomainError) -> HttpResponse:
    """Return a refusal as application/problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": str(error),
        "code": error.code,
        "request_id": request_id.get(),
    }
    body |= {name: value for name, value in error.data.items() if name not in body}
    response = JsonResponse(body, status=error.status, content_type="application/problem+json")
    if error.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if "retry_after" in error.data:
        response["Retry-After"] = str(error.data["retry_after"])
    return response


@api.exception_handler(DomainError)
@api.exception_handler(ValidationError)
@api.exception_handler(HttpError)
@api.exception_handler(Http404)
@api.exception_handler(BadRequest)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer whatever an operation raised to say no."""
    return problem(_as_refusal(error))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer while the database is away."""
    logger.error("The database is away", exc_info=error)
    return problem(UnavailableError(data={"retry_after": RETRY_SECONDS}))


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault of ours, and keep what it was for the log."""
    logger.error("An operation of the API failed", exc_info=error)
    return problem(_InternalError())


def _as_refusal(error: Exception) -> DomainError:
    if isinstance(error, DomainError):
        return error
    if isinstance(error, ValidationError):
        fields: dict[str, list[str]] = {}
        for one in error.errors:
            # The first parts say where in the request it was: ("form", "asked", "days").
            fields.setdefault(str(one["loc"][-1]), []).append(one["msg"])
        return InvalidError(data={"fields": fields})
    if isinstance(error, HttpError):
        return _as_refusal_of_http(error)
    if isinstance(error, BadRequest | MultiPartParserError | SuspiciousOperation):
        # Of those, what the error says is for whoever programs; it may quote what was sent.
        return DomainError(_("This request can’t be read."), code="bad_request")
    return NotFoundError()


def _as_refusal_of_http(error: HttpError) -> DomainError:
    match error.status_code:
        case HTTPStatus.UNAUTHORIZED:
            return SignInRequiredError()
        case HTTPStatus.FORBIDDEN:
            return ForbiddenError("The CSRF token is missing or wrong.", code="csrf")
        case HTTPStatus.BAD_REQUEST:
            return DomainError(str(error), code="bad_request")
        case _:
            return NotFoundError()


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer for every other address under /api."""
    return problem(NotFoundError())


# First and last: what is no operation is answered by us, not by ninja's own empty root.
urlpatterns = [
    re_path("^$", nothing, name="api-root"),
    path("", api.urls),
    re_path("", nothing, name="api-nothing"),
]
