"""Nobody learns who has an account: whoever is asked about, the answer is the same and so is the work done for it.

Work is counted, not timed: passwords that are hashed, which takes by far the longest, and statements to the database.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import PASSWORD
from tests.accounts.program import post
from tests.factories import make_user
from tests.pages import words

_CHANGES_ALWAYS = re.compile(r"csrf[^>]*>|nonce=\"[^\"]*\"|\d{4}-\d\d-\d\d[T ][\d:.]+", re.IGNORECASE)
_TABLE = re.compile(r"""(?:from|into|update) "([a-z_]+)\"""", re.IGNORECASE)


class Work:
    """What was done for an answer."""

    def __init__(self) -> None:
        self.hashes = 0
        self.tables: list[str] = []


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Return a block that counts what is done in it."""
    real, now = MD5PasswordHasher.encode, [Work()]

    def encode(self: Any, password: str, salt: str) -> str:
        now[0].hashes += 1
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)

    @contextmanager
    def block() -> Iterator[Work]:
        cache.clear()
        now[0] = Work()
        with CaptureQueriesContext(connection) as captured:
            yield now[0]
        # Limits are counted in the cache, whose table is tidied now and then.
        asked = [table for query in captured.captured_queries for table in _TABLE.findall(query["sql"])]
        now[0].tables = sorted(table for table in asked if table != "core_cache")

    return block


def _people(learner: Any) -> list[str]:
    elsewhere = make_user()
    elsewhere.set_unusable_password()
    elsewhere.save()
    return [
        learner.email,
        make_user(is_active=False).email,
        make_user(verified=False).email,
        elsewhere.email,
        "nobody@example.com",
    ]


def _seen(answer: Any, email: str) -> tuple[int, str, str]:
    text = _CHANGES_ALWAYS.sub("", answer.text.replace(email, "whom"))
    return answer.status_code, answer.headers.get("Location", ""), text


def _is_alike(work: set[tuple[int, int]]) -> None:
    """One password is hashed, whoever it is; an address that isn't found in one table is looked up in another."""
    assert {hashes for hashes, _looks in work} == {1}
    looks = [count for _hashes, count in work]
    assert max(looks) - min(looks) <= 1


def test_a_wrong_password_for_a_token(learner: Any, counted: Any) -> None:
    seen, work = set(), set()
    for email in _people(learner):
        with counted() as done:
            answer = post(Client(), "token", email=email, password="Wrong-guess-1")
        seen.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
        work.add((done.hashes, len(done.tables)))

    assert len(seen) == 1
    _is_alike(work)


def test_a_wrong_password_on_the_page(learner: Any, counted: Any, sign_in: Any) -> None:
    seen, work = set(), set()
    for email in _people(learner):
        with counted() as done:
            answer = sign_in(Client(), email, "Wrong-guess-1")
        seen.add(_seen(answer, email))
        work.add((done.hashes, len(done.tables)))

    assert len(seen) == 1
    _is_alike(work)


def test_recovery(learner: Any, counted: Any, sent: Any) -> None:
    seen, hashes = set(), set()
    people = _people(learner)
    for email in people:
        with counted() as done:
            answer = Client().post("/account/password/reset/", {"email": email})
        seen.add(_seen(answer, email))
        hashes.add(done.hashes)

    assert len(seen) == 1
    assert hashes == {0}
    # Each is sent one, so that sending takes as long; what it says only its reader learns.
    assert [message.to for message in sent] == [[email] for email in people]


def test_signing_up(learner: Any, counted: Any, sign_up: Any) -> None:
    seen, hashes = set(), set()
    for email in (*_people(learner)[:4], "free@example.com"):
        with counted() as done:
            answer = sign_up(Client(), email=email)
        seen.add(_seen(answer, email))
        hashes.add(done.hashes)

    assert len(seen) == 1
    assert hashes == {1}


def test_another_address(as_learner: Any, learner: Any, counted: Any, sent: Any) -> None:
    as_learner.post("/account/reauthenticate/", {"password": PASSWORD})
    seen, hashes = set(), set()
    for email in _people(learner)[1:]:
        with counted() as done:
            answer = as_learner.post("/account/email/", {"email": email})
            page = as_learner.get("/account/email/")
        seen.add((_seen(answer, email), words(page).replace(email, "whom")))
        hashes.add(done.hashes)

    assert len(seen) == 1, seen
    assert hashes == {0}
    # One to each side, whoever has the other.
    assert len(sent) == 2 * 4


def test_a_recovery_link_of_whoever_it_says_it_is_for(learner: Any, counted: Any) -> None:
    from allauth.account.utils import user_pk_to_url_str

    whom = [user_pk_to_url_str(learner), user_pk_to_url_str(make_user(is_active=False)), "zzzz", "yyyyy"]
    seen = set()
    for uid in whom:
        answer = Client().get(f"/account/password/reset/key/{uid}-made-up/")
        seen.add(_seen(answer, uid))

    assert len(seen) == 1


def test_only_administrators_may_ask_whom_to_invite(
    as_learner: Any, learner: Any, other_learner: Any
) -> None:
    answers = {
        _seen(as_learner.post("/panel/users/new/", {"email": email, "role": "free"}), email)[0]
        for email in (other_learner.email, "nobody@example.com")
    }

    assert answers == {403}
