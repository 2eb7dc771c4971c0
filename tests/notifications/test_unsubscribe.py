"""Ending emails by the address in one of them: at once, by POST alone, and nothing else (RFC 8058)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from momentum.notifications.actions import preferences
from momentum.notifications.models import Preferences
from momentum.notifications.queries.links import unsubscribe_url
from momentum.notifications.queries.subscriptions import is_subscribed
from tests.factories import make_user
from tests.notifications.kinds import declaring, kind
from tests.pages import main, words

NEWS = kind()
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    with declaring(NEWS, kind("test.other")):
        yield


def address(user: Any, name: str = "test.news") -> str:
    return "/" + unsubscribe_url(user.pk, name).split("/", 3)[3]


def test_a_mail_program_ends_it_with_one_post_without_cookies(learner: Any) -> None:
    other = make_user()
    client = Client(enforce_csrf_checks=True)

    for _again in range(2):
        answer = client.post(address(learner), ONE_CLICK)
        assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})

    assert not is_subscribed(learner.pk, NEWS)
    assert is_subscribed(learner.pk)
    assert is_subscribed(other.pk, NEWS)


def test_looking_ends_nothing_and_a_person_is_asked_and_may_come_back(learner: Any, client: Any) -> None:
    page = client.get(address(learner))
    assert "Stop these emails?" in page.content.decode()
    assert client.head(address(learner)).status_code == 200
    assert not Preferences.objects.exists()

    page = client.post(address(learner), follow=True)
    assert "You’re unsubscribed" in page.content.decode()
    client.post(address(learner), {"again": "1"})
    assert is_subscribed(learner.pk, NEWS)

    client.post(address(learner), {"kind": "*"})
    assert not is_subscribed(learner.pk)


def test_the_others_can_be_ended_there_too_and_come_back_and_nothing_essential_can(
    learner: Any, client: Any
) -> None:
    def other() -> str:
        listed = main(client.get(address(learner))).select_one("[aria-labelledby=others]")
        form = listed.select_one("input[value='test.other']").parent
        return words(form)

    assert other() == "Unsubscribe"

    client.post(address(learner), {"kind": "test.other"})
    assert other() == "Subscribe"
    assert is_subscribed(learner.pk, NEWS)
    client.post(address(learner), {"kind": "test.other", "again": "1"})
    assert other() == "Unsubscribe"
    for name in ("payments.receipt", "accounts.new_browser", "test.nothing"):
        assert client.post(address(learner), {"kind": name}).status_code == 422


def test_of_an_account_that_is_gone_nothing_is_found(learner: Any, client: Any) -> None:
    gone = address(learner)
    learner.delete()

    assert client.get(gone).status_code == 404
    assert client.post(gone, ONE_CLICK).status_code == 404


@pytest.mark.parametrize("spoilt", ["x", "{token}x", "{other}"])
def test_an_address_that_is_not_ours_is_not_found(learner: Any, client: Any, spoilt: str) -> None:
    token = address(learner).split("/")[2]
    made = spoilt.format(token=token, other=address(learner, "accounts.new_browser").split("/")[2])

    assert client.get(f"/unsubscribe/{made}/").status_code == 404
    assert client.post(f"/unsubscribe/{made}/", ONE_CLICK).status_code == 404
    assert not Preferences.objects.exists()


def test_what_is_about_security_or_money_cannot_be_switched_off(learner: Any) -> None:
    from momentum.core.errors import InvalidError

    for name in ("accounts.new_browser", "payments.receipt", "test.nothing"):
        with pytest.raises(InvalidError):
            preferences.unsubscribe(user_id=learner.pk, kind=name)


def test_a_reminder_in_the_quiet_hours_is_refused(learner: Any) -> None:
    from datetime import time

    from momentum.core.errors import InvalidError

    with pytest.raises(InvalidError) as caught:
        preferences.choose(user=learner, hours={"reminder_at": time(23)})

    assert "reminder_at" in caught.value.data["fields"]
    assert not Preferences.objects.filter(reminder_at=time(23)).exists()
