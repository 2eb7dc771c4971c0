"""Somebody always runs the place, also when two administrators act at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from momentum.accounts.administering import change_role, suspend_user
from momentum.accounts.models import User
from momentum.core.errors import DomainError
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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("doing", [_demote, _suspend])
def test_two_who_shut_each_other_out_come_one_after_the_other(doing: Any) -> None:
    for _again in range(10):
        one, two = make_user(role="admin"), make_user(role="admin")

        ends = _at_once(doing(one, two), doing(two, one))

        assert sorted(ends) == ["done", "forbidden"]
        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_three_who_step_down_together_one_stays() -> None:
    for _again in range(10):
        three = [make_user(role="admin") for _ in range(3)]

        ends = _at_once(*(_demote(admin, admin) for admin in three))

        assert sorted(ends) == ["done", "done", "last_admin"]
        assert User.objects.admins().count() == 1
        User.objects.admins().update(role="free")
