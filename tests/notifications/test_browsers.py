"""Which browsers somebody is notified in: whose they are, and until when."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import admin as administration
from momentum.accounts.models import Session
from momentum.notifications.actions import tidy as tidying
from momentum.notifications.actions.push_keys import push_key
from momentum.notifications.models import (
    Device,
    Notification,
    PushSubscription,
)
from tests.factories import PASSWORD
from tests.notifications.browsers import owners, post, subscribe, turn_on
from tests.providers.push.service import FIREFOX, Browser, PushService


@pytest.mark.parametrize(
    ("endpoint", "keys"),
    [
        ("https://10.0.0.1/x", {}),
        ("https://example.org/push", {}),
        ("http://fcm.googleapis.com/x", {}),
        (f"{FIREFOX}/one", {"p256dh": "B" + "A" * 86}),
        (f"{FIREFOX}/one", {"auth": "AAAA"}),
    ],
)
def test_what_is_no_subscription_is_refused(as_learner: Client, endpoint: str, keys: dict[str, str]) -> None:
    browser = Browser()

    answer = post(
        as_learner,
        "subscriptions",
        endpoint=endpoint,
        keys={"p256dh": browser.p256dh, "auth": browser.auth, **keys},
    )

    assert answer.status_code == 422
    assert PushSubscription.objects.count() == 0


def test_a_browser_belongs_to_whoever_turned_it_on_last_and_to_nobody_after_they_sign_out(
    service: PushService, as_learner: Client, learner: Any, other_learner: Any
) -> None:
    browser = Browser(name="shared")
    known = hashlib.sha256(browser.endpoint.encode()).hexdigest()

    assert turn_on(as_learner, browser).status_code == 204
    assert turn_on(as_learner, browser).status_code == 204
    assert (owners(), as_learner.get("/api/push/").json()["known"]) == ({"shared": learner.email}, [known])
    as_learner.post("/account/logout/")
    assert owners() == {}
    # The next one in this browser; the first comes back and turns it on again, without having signed the other out.
    other = Client()
    other.force_login(other_learner)
    turn_on(other, browser)
    assert owners() == {"shared": other_learner.email}
    as_learner.force_login(learner)
    turn_on(as_learner, browser)
    assert owners() == {"shared": learner.email}
    assert other.get("/api/push/").json()["known"] == []
    # Whoever lost it takes nothing away from who has it, whether they turn it off or sign out.
    assert post(other, "subscriptions/removal", endpoint=browser.endpoint).status_code == 204
    other.post("/account/logout/")
    assert owners() == {"shared": learner.email}
    post(as_learner, "subscriptions/removal", endpoint=browser.endpoint)
    assert owners() == {}


def test_another_address_of_the_same_browser_takes_the_place_of_the_first(
    as_learner: Client, learner: Any, other_learner: Any
) -> None:
    turn_on(as_learner, Browser(name="before"))
    subscribe(other_learner, Browser(name="others"))

    turn_on(as_learner, Browser(name="after"), replaces=f"{FIREFOX}/before")
    turn_on(as_learner, Browser(name="after"), replaces=f"{FIREFOX}/others")

    assert owners() == {"after": learner.email, "others": other_learner.email}


def test_of_many_browsers_the_one_that_was_reached_longest_ago_makes_room(learner: Any) -> None:
    for number in range(10):
        held = subscribe(learner, Browser(name=str(number)))
        reached = timezone.now() - timedelta(days=30 if number == 3 else 1)
        PushSubscription.objects.filter(pk=held.pk).update(last_ok_at=reached)

    subscribe(learner, Browser(name="new"))

    assert len(owners()) == 10
    assert "3" not in owners()
    assert "new" in owners()


def test_wherever_somebody_is_signed_out_they_are_notified_no_longer(
    as_learner: Client, learner: Any, admin: Any
) -> None:
    def elsewhere(name: str) -> Client:
        client = Client()
        client.force_login(learner)
        turn_on(client, Browser(name=name))
        return client

    turn_on(as_learner, Browser(name="here"))
    lost = elsewhere("lost")
    session = Session.objects.exclude(data=Session.objects.earliest("created_at").data).latest("created_at")
    assert as_learner.post(f"/account/sessions/{session.id}/removal/").status_code == 302
    assert lost.get("/today/").status_code == 302
    assert set(owners()) == {"here"}

    elsewhere("one")
    elsewhere("two")
    as_learner.post("/account/sessions/removal/", {"but": "this"})
    assert set(owners()) == {"here"}

    elsewhere("thief")
    changed = {"oldpassword": PASSWORD, "password1": "Something-else-9", "password2": "Something-else-9"}
    assert as_learner.post("/account/password/change/", changed).status_code == 302
    assert set(owners()) == {"here"}

    administration.suspend_user(actor=admin, user=learner)
    assert owners() == {}


def test_what_changes_something_needs_the_token_that_only_this_site_can_read(learner: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    browser = Browser()

    assert turn_on(strict, browser).status_code == 403
    assert owners() == {}
    said = strict.get("/api/push/").json()
    answer = strict.post(
        "/api/push/subscriptions", json.dumps(browser.as_json()), content_type="application/json",
        headers={"X-CSRFToken": said["csrf_token"]},
    )  # fmt: skip

    assert answer.status_code == 204
    assert said["public_key"] == push_key().public


def test_opening_a_notification_marks_ones_own_as_read(
    as_learner: Client, as_other_learner: Client, learner: Any
) -> None:
    told = Notification.objects.create(user=learner, kind="test", cause="1", title="Lesson 4")

    assert post(as_other_learner, "ack", notification_id=str(told.id)).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None
    assert post(as_learner, "ack", notification_id=str(told.id)).status_code == 204
    assert post(as_learner, "ack", notification_id=str(told.id)).status_code == 204
    told.refresh_from_db()
    assert told.read_at is not None
    assert post(as_learner, "ack", notification_id="no-id").status_code == 422


def test_what_takes_nothing_for_two_months_is_forgotten(learner: Any) -> None:
    long_ago = timezone.now() - timedelta(days=61)
    for name, last_ok_at, failures in (
        ("dead", long_ago, 3),
        ("quiet", long_ago, 0),
        ("late", timezone.now(), 3),
    ):
        held = subscribe(learner, Browser(name=name))
        PushSubscription.objects.filter(pk=held.pk).update(last_ok_at=last_ok_at, failures=failures)
    for token, enabled in (("on", True), ("off", False)):
        Device.objects.create(
            user=learner, platform="apple", token=token, endpoint_arn="arn", enabled=enabled
        )
    Device.objects.update(updated_at=long_ago)

    tidying.forget()

    assert set(owners()) == {"quiet", "late"}
    assert [one.token for one in Device.objects.all()] == ["on"]
