"""What somebody typed, and who they are, is in no log of production: whatever is asked, and whatever breaks.

Each request carries a word of its own in every place that a request has. The logs are looked at as they are written.
"""

import io
import json
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from momentum.core.logs import JsonFormatter, RequestFilter, TextFormatter, log_what_ends_threads
from momentum.core.requests import identify
from momentum.mail.actions.delivery import deliver
from momentum.mail.models import Email
from tests.routes import ROUTES
from tests.world import World

CANARY = "quetzalcoatlus"


class _Written(io.StringIO):
    """Everything that was logged, in both forms."""


@pytest.fixture
def logs() -> Iterator[_Written]:
    written, handlers = _Written(), []
    for formatter in (JsonFormatter(discreet=True), TextFormatter(discreet=True)):
        handler = logging.StreamHandler(written)
        handler.setFormatter(formatter)
        handler.addFilter(RequestFilter())
        handlers.append(handler)
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield written
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(level)


def _dirty(client: Client, method: str, path: str, **data: Any) -> Any:
    headers = {
        "User-Agent": CANARY,
        "Referer": f"http://testserver/{CANARY}?q={CANARY}",
        "X-Forwarded-For": CANARY,
        "HX-Current-URL": f"http://testserver/?q={CANARY}",
    }
    with transaction.atomic():
        body = "&".join(
            f"{name}={CANARY}@example.com" for name in ("email", "login", "name", "password", *data)
        )
        answer = client.generic(
            method,
            path,
            body if method == "POST" else "",
            "application/x-www-form-urlencoded",
            headers=headers,
            QUERY_STRING=f"q={CANARY}&email={CANARY}@example.com",
        )
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    return answer


def test_no_request_leaves_a_word_of_itself(world: World, logs: _Written) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["admin"])
    for name, route in ROUTES.items():
        path = reverse(name, kwargs=route.kwargs(world))
        for method in ("GET", "POST"):
            if name not in {"account_logout", "account_sessions_removal"}:
                _dirty(client, method, path)

    said = logs.getvalue()
    assert CANARY not in said
    assert world.people["admin"].email not in said
    assert "GET /courses/" in said


def test_nor_does_one_that_is_refused_or_breaks(
    world: World, logs: _Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        try:
            with connection.cursor() as cursor:
                cursor.execute("insert into accounts_user (email) values (%s)", [f"{CANARY}@example.com"])
        except IntegrityError as error:
            raise ValueError(CANARY) from error

    client = Client(raise_request_exception=False)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(world.people["admin"])
    _dirty(client, "GET", f"/{CANARY}/")
    _dirty(client, "GET", f"/courses/{CANARY}/")
    _dirty(strict, "POST", "/panel/users/new/")
    client.get(f"/?q={CANARY}", headers={"Host": f"{CANARY}."})
    client.post("/api/auth/token", f'{{"email": "{CANARY}', "application/json")
    client.cookies["messages"] = CANARY
    monkeypatch.setattr("momentum.search.views.find", broken)
    answer = _dirty(client, "GET", "/courses/")

    assert answer.status_code == 500
    said = logs.getvalue()
    assert CANARY not in said
    # What broke and where is said all the same.
    first = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    exceptions = [line["exception"] for line in first if "exception" in line]
    assert any(
        "ValueError" in one and "test_logs.py" in one and "IntegrityError" in one for one in exceptions
    )


def test_nor_does_work_that_fails(learner: User, logs: _Written, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, messages: Any) -> int:
        raise ValueError([message.to for message in messages])

    message = Email.objects.create(
        cause="x", kind="x", user=learner, address=f"{CANARY}@example.com", language="en", subject=CANARY
    )
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    assert not deliver(str(message.id))

    assert CANARY not in logs.getvalue()
    assert f"The mail {message.id} can't be sent" in logs.getvalue()
    assert "ValueError" in logs.getvalue()


def test_nor_does_what_nobody_caught(logs: _Written, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_what_ends_threads()

    thread = threading.Thread(target=lambda: int(CANARY))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(CANARY), None)

    assert CANARY not in logs.getvalue()
    assert logs.getvalue().count("Nobody caught this; a thread ends") == 2
    assert logs.getvalue().count("Nobody caught this; the process ends") == 2


def test_libraries_that_write_addresses_and_queries_are_shortened(logs: _Written) -> None:
    logging.getLogger("elsewhere").warning(
        "GET https://x.example/a?email=%s for %s", CANARY, "nora@example.com"
    )
    logging.getLogger("elsewhere").warning(
        "Refused: %s", ValueError(CANARY), extra={"who": "nora@example.com"}
    )

    said = logs.getvalue()
    assert CANARY not in said
    assert "nora" not in said
    assert "GET https://x.example/a?… for …@…" in said
    assert "Refused: ValueError" in said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("5f0c2b9e44a1d7836b1e0f9d2c7a8e64", True),  # pragma: allowlist secret
        ("5F0C2B9E-44A1-4D78-B6B1-E0F9D2C7A8E6", True),
        ("00f067aa0ba902b7", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("deadbeef", False),
        ("nora.newcomer", False),
        ("nora@example.com", False),
        ("4242424242424242", False),
        ("004915123456789012", False),
        ("5f0c2b9e-44a1-nora-b6b1-e0f9d2c7a8e6", False),
        ("5f0c2b9e44a1d7836b1e0f9d2c7a8e64\n", False),
        ("", False),
    ],
)
def test_the_id_that_a_client_gives_a_request_is_kept_where_it_looks_random(given: str, kept: bool) -> None:  # noqa: FBT001
    answered = identify(given)

    assert (answered == given) is kept
    assert identify(answered) == answered
