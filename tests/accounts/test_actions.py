"""Making accounts from the command line and the demo."""

from typing import Any

import pytest

from momentum.accounts.actions.accounts import create_admin, ensure_user, make_password
from momentum.accounts.models import User
from momentum.core.errors import ConflictError, InvalidError
from momentum.events.models import Event


def test_an_administrator_is_made_with_a_verified_address_and_can_sign_in(
    db: None, client: Any, sign_in: Any
) -> None:
    user, password = create_admin(email="Boss@Example.com")

    assert (user.email, user.role, user.is_admin) == ("boss@example.com", "admin", True)
    assert user.emailaddress_set.get().verified
    assert sign_in(client, user.email, password).headers["Location"] == "/account/landing/"
    assert [event.name for event in Event.objects.all()] == ["user.admin_created"]


def test_a_given_password_is_used(db: None) -> None:
    user, password = create_admin(email="boss@example.com", password="Own-choice-12")

    assert password == "Own-choice-12"
    assert user.check_password("Own-choice-12")


@pytest.mark.parametrize("email", ["lea@example.com", "LEA@example.com", " lea@example.com "])
def test_an_address_with_an_account_is_refused_and_left_alone(learner: Any, email: Any) -> None:
    with pytest.raises(ConflictError, match="already exists") as caught:
        create_admin(email=email)

    assert caught.value.code == "email_taken"
    assert list(User.objects.values_list("role", flat=True)) == ["free"]


@pytest.mark.parametrize(("email", "password"), [("boss", None), ("", None), ("boss@example.com", "weak")])
def test_what_cannot_be_used_is_refused(db: None, email: Any, password: Any) -> None:
    with pytest.raises(InvalidError):
        create_admin(email=email, password=password)

    assert User.objects.count() == 0


def test_made_up_passwords_keep_the_rules_and_differ(db: None) -> None:
    passwords = {make_password() for _ in range(50)}

    assert len(passwords) == 50
    for password in passwords:
        create_admin(email=f"{hash(password)}@example.com", password=password)


def test_a_password_that_misses_a_kind_of_character_is_drawn_again(monkeypatch: Any) -> None:
    drawn = iter("a" * 20 + "aB" * 10 + "1" + "aB" * 9 + "a")
    monkeypatch.setattr("secrets.choice", lambda alphabet: next(drawn))

    assert make_password() == "1aBaB-aBaBa-BaBaB-aBaBa"


def test_ensuring_a_user_makes_it_once(db: None, client: Any, sign_in: Any) -> None:
    first = ensure_user(email="demo@example.com", name="Demo", role="premium", password="Demo-password-1")
    again = ensure_user(email="DEMO@example.com", name="Other", role="admin", password="Other-password-2")

    assert first == again
    assert (again.name, again.role) == ("Demo", "premium")
    assert sign_in(client, "demo@example.com", "Demo-password-1").headers["Location"] == "/account/landing/"


def test_a_user_without_a_password_cannot_sign_in(db: None, client: Any, sign_in: Any) -> None:
    user = ensure_user(email="demo@example.com")

    assert not user.has_usable_password()
    assert sign_in(client, user.email, "").status_code == 200


def test_a_user_may_be_left_unverified(db: None) -> None:
    user = ensure_user(email="demo@example.com", verified=False)

    assert not user.emailaddress_set.get().verified
