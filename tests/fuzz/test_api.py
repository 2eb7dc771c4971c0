"""Whatever is sent to the REST API, it answers as its own OpenAPI document says it does, refusals included."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from momentum.accounts.actions import tokens
from tests.fuzz.inputs import Sent, as_received, requests
from tests.fuzz.test_routes import FEW, MANY
from tests.providers.pdfs import short
from tests.routes import ROUTES
from tests.world import World

PASSWORD = "Correct-horse-7"
WHO = ["stranger", "learner", "admin", "program"]


class Described:
    """The operations of the document, each at an address that leads to something."""

    def __init__(self, world: World) -> None:
        self.document = Client().get("/api/openapi.json").json()
        self.told: Counter[int] = Counter()
        self._world = world

    def operations(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Return (method, path, what is declared) of each."""
        return [
            (method.upper(), path.replace("{job_id}", str(self._world.job.id)), declared)
            for path, methods in self.document["paths"].items()
            for method, declared in methods.items()
        ]

    def check(self, declared: dict[str, Any], answer: Any, sent: object) -> None:
        """Hold an answer against what its operation declares for its status."""
        self.told[answer.status_code] += 1
        assert str(answer.status_code) in declared["responses"], (answer.status_code, sent)
        assert answer.status_code < 500, sent
        content = declared["responses"][str(answer.status_code)].get("content")
        if content is None:
            assert answer.content == b"", sent
            return
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in content, (kind, sent)
        schema = {**content[kind]["schema"], "components": self.document["components"]}
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        said = answer.json()
        assert [error.message for error in validator.iter_errors(said)] == [], sent
        if answer.status_code >= 400:
            assert said["status"] == answer.status_code, sent
            assert said["request_id"] == answer.headers["X-Request-ID"], sent


@pytest.fixture
def described(world: World) -> Described:
    return Described(world)


@pytest.fixture
def visitors(world: World) -> dict[str, tuple[Client, dict[str, str]]]:
    """Everybody's client, and what each request of theirs carries."""
    made: dict[str, tuple[Client, dict[str, str]]] = {name: (Client(), {}) for name in WHO}
    for name in ("learner", "admin"):
        made[name][0].force_login(world.people[name])
    token = tokens.grant_tokens(user=world.people["admin"])["access_token"]
    made["program"][1]["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return made


def _usual(world: World, path: str) -> dict[str, str]:
    """What a program would send."""
    name = resolve(path).view_name
    if name == "api:token":
        return {"email": world.people["admin"].email, "password": PASSWORD, "code": ""}
    if name in {"api:token-refresh", "api:token-revocation"}:
        return {"refresh_token": tokens.grant_tokens(user=world.people["admin"])["refresh_token"]}
    return {key: str(value) for key, value in ROUTES[name].data(world).items()}


def _ask(visitor: tuple[Client, dict[str, str]], method: str, path: str, **more: Any) -> Any:
    client, held = visitor
    cache.clear()  # no limit stands between an odd input and what it is for
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, path, **{**more, **held})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def test_who_does_it_right_is_answered_as_declared(world: World, described: Described, visitors: Any) -> None:
    for method, path, declared in described.operations():
        body = json.dumps(_usual(world, path)) if method == "POST" else ""
        for who in WHO:
            answer = _ask(visitors[who], method, path, data=body, content_type="application/json")
            described.check(declared, answer, (who, method, path))
            if method == "GET":
                known = _ask(visitors[who], method, path, HTTP_IF_NONE_MATCH="*")
                described.check(declared, known, (who, method, path, "what is known already"))

    (start,) = [one for one in described.operations() if one[1].endswith("/start-generation")]
    for who in WHO:
        pdf = SimpleUploadedFile("tides.pdf", short(), content_type="application/pdf")
        asked = {"category": world.course.category.slug, "days": 2, "references": [pdf]}
        client, held = visitors[who]
        described.check(start[2], client.post(start[1], asked, **held), (who, "a PDF"))

    assert {200, 202, 204, 304, 401, 403} <= set(described.told)


def _names(described: Described, declared: dict[str, Any]) -> set[str]:
    """Return what an operation's body may hold."""
    content = declared.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    schema = described.document["components"]["schemas"].get(
        schema.get("$ref", "").rpartition("/")[2], schema
    )
    return set(schema.get("properties", {}))


def _try(world: World, described: Described, visitors: Any, how: settings) -> None:
    def check(method: str, path: str, declared: dict[str, Any]) -> None:
        usual = _usual(world, path)
        names = sorted({*usual, *_names(described, declared), "extra"})

        @how
        @given(sent=requests(path, names, usual), who=st.sampled_from(WHO))
        def send(sent: Sent, who: str) -> None:
            one = replace(sent, method=method)
            more = {
                "data": one.body,
                "content_type": one.kind,
                "QUERY_STRING": one.query,
                **as_received(one.headers),
            }
            more.pop("HTTP_COOKIE", None)
            described.check(declared, _ask(visitors[who], method, one.path, **more), (who, one))

        send()

    for operation in described.operations():
        check(*operation)


def test_whatever_is_sent_is_answered_as_declared(world: World, described: Described, visitors: Any) -> None:
    _try(world, described, visitors, settings(FEW, max_examples=40))

    assert {400, 401, 403, 422} <= set(described.told)


@pytest.mark.soak
def test_much_that_is_sent_is_answered_as_declared(world: World, described: Described, visitors: Any) -> None:
    _try(world, described, visitors, settings(MANY, max_examples=300))
