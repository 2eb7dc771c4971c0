"""What administrators do to accounts, whatever door they come by: what is refused, and the same twice."""

import uuid
from typing import Any

import pytest

from momentum.accounts.actions import admin as administration
from momentum.accounts.actions.accounts import ensure_user
from momentum.accounts.models import User
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.events.models import Event
from tests.factories import make_user
from tests.mailing import mailbox

pytestmark = pytest.mark.django_db


def _events() -> list[tuple[str, dict[str, Any]]]:
    return [(event.name, event.data) for event in Event.objects.order_by("id")]


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"email": "nora at home"}, {"email": ["Enter a valid email address."]}),
        ({"name": f" {'N' * 121} "}, {"name": ["Use at most 120 characters."]}),
        ({"role": "emperor"}, {"role": ["Choose a role from the list."]}),
        (
            {"email": "", "role": ""},
            {"email": ["Enter a valid email address."], "role": ["Choose a role from the list."]},
        ),
    ],
)
def test_an_invitation_names_everything_that_will_not_do_and_makes_nobody(
    admin: User, fields: dict[str, str], sentences: dict[str, list[str]]
) -> None:
    with pytest.raises(InvalidError) as refused:
        administration.invite_user(actor=admin, **{"email": "nora@example.com", "name": "Nora", **fields})

    assert refused.value.data["fields"] == sentences
    assert User.objects.get() == admin
    assert (_events(), list(mailbox)) == ([], [])


def test_a_name_as_long_as_may_be_is_invited_without_the_space_around_it(admin: User) -> None:
    nora = administration.invite_user(actor=admin, email=" Nora@example.com ", name=f" {'N' * 120} ")

    assert (nora.email, nora.name) == ("nora@example.com", "N" * 120)


def test_who_has_not_chosen_a_password_is_invited_again_and_nobody_else_is(
    admin: User, learner: User
) -> None:
    nora = administration.invite_user(actor=admin, email="nora@example.com")

    administration.invite_again(actor=admin, user=nora)

    assert [letter.to for letter in mailbox] == [["nora@example.com"]] * 2
    assert _events() == [("user.invited", {"role": "free"}), ("user.invited", {"again": True})]
    with pytest.raises(ConflictError) as refused:
        administration.invite_again(actor=admin, user=learner)
    assert (refused.value.code, len(mailbox)) == ("not_invited", 2)


def test_who_was_invited_and_suspended_gets_no_other_link(admin: User) -> None:
    nora = administration.invite_user(actor=admin, email="nora@example.com")
    nora = administration.suspend_user(actor=admin, user=nora)
    before = _events()

    with pytest.raises(ConflictError, match="no longer needs an invitation"):
        administration.invite_again(actor=admin, user=nora)

    assert (_events(), len(mailbox)) == (before, 1)


def test_an_account_without_a_password_whose_address_is_verified_was_not_invited(admin: User) -> None:
    signed_in_elsewhere = ensure_user(email="nora@example.com", verified=True)

    assert not administration.is_invited(signed_in_elsewhere)


def test_the_same_again_changes_nothing_and_is_not_told_of(admin: User, learner: User) -> None:
    administration.change_role(actor=admin, user=learner, role="premium")
    administration.change_role(actor=admin, user=learner, role="premium")
    administration.suspend_user(actor=admin, user=learner)
    administration.suspend_user(actor=admin, user=learner)
    administration.reactivate_user(actor=admin, user=learner)
    administration.reactivate_user(actor=admin, user=learner)

    learner.refresh_from_db()
    assert (learner.role, learner.is_active) == ("premium", True)
    assert _events() == [
        ("user.role_changed", {"before": "free", "role": "premium"}),
        ("user.suspended", {}),
        ("user.reactivated", {}),
    ]


def test_an_administrator_does_not_suspend_themselves_where_others_are(admin: User) -> None:
    make_user(role="admin")

    with pytest.raises(ConflictError) as refused:
        administration.suspend_user(actor=admin, user=admin)

    assert refused.value.code == "own_account"
    admin.refresh_from_db()
    assert (admin.is_active, _events()) == (True, [])


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        (administration.change_role, {"role": "premium"}),
        (administration.suspend_user, {}),
        (administration.reactivate_user, {}),
    ],
)
def test_an_account_that_was_deleted_meanwhile_is_not_found(
    admin: User, act: Any, fields: dict[str, str]
) -> None:
    gone = User(pk=uuid.uuid4(), email="gone@example.com")

    with pytest.raises(NotFoundError, match="Account not found"):
        act(actor=admin, user=gone, **fields)

    assert (User.objects.get(), _events()) == (admin, [])


def test_the_last_administrator_is_kept_whoever_asks(admin: User, learner: User) -> None:
    administration.refuse_last_admin(learner)
    with pytest.raises(ConflictError) as refused:
        administration.refuse_last_admin(admin)

    assert refused.value.code == "last_admin"
    make_user(role="admin")
    administration.refuse_last_admin(admin)
