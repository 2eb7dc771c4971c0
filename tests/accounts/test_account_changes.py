"""Accounts are changed twice, by somebody else meanwhile, or in a way that is none of ours."""

from typing import Any

import pytest

from momentum.accounts.actions import accounts, email_addresses, sign_in_links, tokens
from momentum.accounts.actions.credentials import note_change
from momentum.accounts.models import Browser, Grant, User
from momentum.core.errors import InvalidError, NotFoundError
from momentum.events.models import Event
from momentum.mail.models import Email
from tests.mailing import mailbox

pytestmark = pytest.mark.django_db


def test_what_is_not_named_stays_as_it_is(learner: User) -> None:
    accounts.edit_profile(user=learner, fields={"bio": "Reads the tides."})

    learner.refresh_from_db()
    assert (learner.name, learner.bio) == ("Lea Learner", "Reads the tides.")


@pytest.mark.parametrize(
    ("fields", "wrong"), [({"name": "x" * 1000}, "name"), ({"language": "tlh"}, "language")]
)
def test_what_will_not_do_is_named_and_nothing_is_changed(learner: User, fields: Any, wrong: str) -> None:
    with pytest.raises(InvalidError) as refused:
        accounts.edit_profile(user=learner, fields=fields)

    assert list(refused.value.data["fields"]) == [wrong]
    learner.refresh_from_db()
    assert (learner.name, learner.language) == ("Lea Learner", "en")


def test_a_profile_that_nobody_sees_can_be_withdrawn_again(learner: User) -> None:
    accounts.withdraw_profile(user=learner)

    assert not Event.objects.filter(name="user.profile_withdrawn").exists()


def test_a_notice_of_something_else_is_no_change_of_how_one_signs_in(learner: User) -> None:
    before = Event.objects.count()

    note_change(notice="account/email/unknown_account", user=learner)

    assert Event.objects.count() == before


def test_nobody_is_written_to_where_nobody_has_the_address(learner: User) -> None:
    sign_in_links.send_link(email="nobody@example.com", key_hash="a" * 64)

    assert not Email.objects.exists()


def test_a_browser_that_is_known_already_is_sent_to_the_page_for_signing_in(
    learner: User, settings: Any
) -> None:
    settings.BASE_URL = "https://learn.example"
    Browser.objects.create(user=learner, key_hash="a" * 64)

    sign_in_links.send_link(email="LEA@example.com ", key_hash="a" * 64)
    sign_in_links.send_link(email="lea@example.com", key_hash="b" * 64)

    known, unknown = mailbox
    assert "https://learn.example/account/login/" in known.body.split()
    assert "https://learn.example/account/login/" not in unknown.body.split()


def test_of_two_links_that_come_at_once_one_proves_the_browser(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_links, "person_of", lambda **_asked: learner)
    sign_in_links.prove_browser(key="a", key_hash="a" * 64, user_agent="Firefox")

    with pytest.raises(NotFoundError):
        sign_in_links.prove_browser(key="a", key_hash="a" * 64, user_agent="Firefox")

    assert Browser.objects.filter(user=learner).count() == 1
    assert Event.objects.filter(name="user.browser_proven").count() == 1


def test_a_token_that_is_no_longer_good_has_nothing_to_end(learner: User) -> None:
    tokens.grant_tokens(user=learner)

    tokens.revoke_tokens(token="no.such.token")

    assert Grant.objects.count() == 1


def test_an_address_that_was_changed_meanwhile_is_not_changed_again(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        pk = "00000000-0000-0000-0000-000000000000"

    monkeypatch.setattr(email_addresses, "asked_with", lambda _key: (Gone, "new"))

    with pytest.raises(NotFoundError):
        email_addresses.confirm(key="a")

    learner.refresh_from_db()
    assert learner.email == "lea@example.com"
