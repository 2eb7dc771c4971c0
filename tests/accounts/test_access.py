"""The guards that views of every app use."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from momentum.accounts.permissions import admin_only, signed_in
from momentum.core.errors import ForbiddenError, SignInRequiredError
from tests.factories import make_user


@pytest.fixture
def ask(rf: RequestFactory) -> Any:
    opened: list[object] = []

    def get(guard: Any, user: Any) -> Any:
        @guard
        def view(request: Any, name: Any) -> Any:
            opened.append(user)
            return HttpResponse(name)

        request = rf.get("/")
        request.user = user
        return view(request, "in").content

    get.opened = opened
    return get


def test_a_visitor_must_sign_in(ask: Any) -> None:
    for guard in (signed_in, admin_only):
        with pytest.raises(SignInRequiredError):
            ask(guard, AnonymousUser())

    assert ask.opened == []


@pytest.mark.parametrize("role", ["free", "premium"])
def test_a_learner_enters_what_asks_for_an_account_only(ask: Any, db: None, role: Any) -> None:
    user = make_user(role=role)

    assert ask(signed_in, user) == b"in"
    with pytest.raises(ForbiddenError):
        ask(admin_only, user)

    assert ask.opened == [user]


def test_an_administrator_enters_both(ask: Any, admin: Any) -> None:
    assert ask(signed_in, admin) == ask(admin_only, admin) == b"in"


def test_a_suspended_administrator_is_none(ask: Any, admin: Any) -> None:
    admin.is_active = False

    with pytest.raises(ForbiddenError):
        ask(admin_only, admin)
