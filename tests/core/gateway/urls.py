"""Addresses of the small site that take more than a form."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from momentum.core.gateway import MB, body_limit

api = NinjaAPI(docs_url=None)


@body_limit(3 * MB)
def upload(request: HttpRequest) -> HttpResponse:
    """Never called: the site answers by itself."""
    return HttpResponse()


@api.get("/references")
def references(request: HttpRequest) -> None:
    """Never called."""


@api.post("/references")
@body_limit(4 * MB)
def add_reference(request: HttpRequest) -> None:
    """Never called."""


urlpatterns = [path("upload", upload), path("api/", api.urls)]
