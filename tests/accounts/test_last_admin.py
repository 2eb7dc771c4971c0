"""Somebody always runs the place, also when two administrators act at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions.admin import change_role, suspend_user
from momentum.accounts.models import User
from momentum.core.errors import ConflictError, DomainError
from momentum.privacy.actions import deletion
from momentum.privacy.models import Deletion
from tests.factories import make_user


def _at_once(*doings: Callable[[], object]) -> list[str]:
    """Do all of it at the same moment; return how each ended."""
    gate, ends = threading.Barrier(len(doings)), ["" for _ in doings]

    def run(place: int, doing: Callable[[], object]) -> None:
        try:
            gate.wait()
            doing()
            ends[place] = "done"
        except DomainError as error:
            ends[place] = error.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def _demote(actor: User, user: User) -> Callable[[], Any]:
    return lambda: change_role(actor=actor, user=user, role="free")


def _suspend(actor: User, user: User) -> Callable[[], Any]:
    return lambda: suspend_user(actor=actor, user=user)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("doing", [_demote, _suspend])
def test_two_who_shut_each_other_out_come_one_after_the_other(doing: Any) -> None:
    for _again in range(10):
        one, two = make_user(role="admin"), make_user(role="admin")

        ends = _at_once(doing(one, two), doing(two, one))

        assert sorted(ends) == ["done", "forbidden"]
        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")


@pytest.mark.django_db(transaction=True)
def test_of_three_who_step_down_together_one_stays() -> None:
    for _again in range(10):
        three = [make_user(role="admin") for _ in range(3)]

        ends = _at_once(*(_demote(admin, admin) for admin in three))

        assert sorted(ends) == ["done", "done", "last_admin"]
        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")


def _delete(_actor: User, user: User) -> Callable[[], Any]:
    wish = Deletion.objects.create(user=user, due_at=timezone.now())

    def go() -> None:
        if not deletion.begin_deletion(deletion_id=wish.id):
            raise ConflictError(code="last_admin")

    return go


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", [_demote, _suspend, _delete])
def test_of_two_one_stays_when_the_other_is_deleted_meanwhile(other: Any) -> None:
    for _again in range(10):
        one, two = make_user(role="admin"), make_user(role="admin")

        ends = _at_once(_delete(one, one), other(one, two))

        assert ends.count("done") == 1
        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_leave_one_administrator() -> None:
    for _again in range(5):
        one, two = make_user(role="admin"), make_user(role="admin")
        first, second = Client(), Client()
        first.force_login(one)
        second.force_login(two)

        _at_once(
            lambda first=first, two=two: first.post(f"/panel/users/{two.id}/role/", {"role": "free"}),
            lambda second=second, one=one: second.post(
                f"/panel/users/{one.id}/status/", {"state": "suspended"}
            ),
        )

        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")
