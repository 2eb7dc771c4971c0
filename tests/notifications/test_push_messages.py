"""Push messages to browsers: what is sent there, and what becomes of a browser that takes none."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from momentum.notifications.actions import deliver as delivering
from momentum.notifications.actions import preferences, push
from momentum.notifications.actions.notify import notify
from momentum.notifications.actions.push_keys import push_key
from momentum.notifications.models import (
    Channel,
    Choice,
    Delivery,
    Notification,
    PushKey,
    PushSubscription,
)
from momentum.providers.push import Outcome, State
from momentum.providers.push.vapid import VapidKey
from tests.factories import make_user
from tests.notifications.browsers import owners, subscribe
from tests.notifications.kinds import at, declaring, kind
from tests.providers.push.service import CHROME, Browser, PushService


def _send(user: Any, title: str = "Lesson 4") -> Outcome:
    return push.send_push(
        user, title=title, body="Six minutes.", path="/today/", tag="daily", notification_id="0199",
        seconds_to_live=600,
    )  # fmt: skip


def test_everybody_gets_what_is_theirs_in_all_their_browsers(
    service: PushService, learner: Any, other_learner: Any
) -> None:
    laptop, telephone, stranger = Browser(name="laptop"), Browser(CHROME, "phone"), Browser(name="stranger")
    for browser in (laptop, telephone):
        subscribe(learner, browser)
    subscribe(other_learner, stranger)

    assert _send(learner) == Outcome(State.SENT)

    assert sorted(came.path for came in service.received) == ["/fcm/send/phone", "/wpush/v2/laptop"]
    assert {browser.read(came.body)["title"] for browser, came in zip(
        (telephone, laptop), sorted(service.received, key=lambda came: came.path), strict=True
    )} == {"Lesson 4"}  # fmt: skip
    assert {came.proven()["key"] for came in service.received} == {push_key().public}
    assert PushSubscription.objects.filter(user=learner, last_ok_at__isnull=False).count() == 2
    assert _send(make_user()) == Outcome(State.GONE, reason="no device")


def test_a_browser_that_is_gone_is_forgotten_and_one_that_is_away_rests(
    service: PushService, learner: Any
) -> None:
    for name, status in (("gone", 410), ("unknown", 404), ("busy", 429), ("broken", 500), ("fine", 201)):
        service.will(name, status, **({"Retry_After": "3600"} if status == 429 else {}))
        subscribe(learner, Browser(name=name))

    assert _send(learner).state == State.SENT

    held = {one.endpoint.rpartition("/")[2]: one for one in PushSubscription.objects.all()}
    assert set(held) == {"busy", "broken", "fine"}
    assert (held["busy"].failures, held["broken"].failures, held["fine"].failures) == (1, 1, 0)
    assert held["busy"].resting(timezone.now()) > timedelta(minutes=59)
    assert timedelta(seconds=50) < held["broken"].resting(timezone.now()) < timedelta(minutes=2)
    # Who rests isn't asked; who answers again begins anew.
    service.received.clear()
    _send(learner)
    assert [came.path for came in service.received] == ["/wpush/v2/fine"]
    PushSubscription.objects.update(rests_until=timezone.now())
    _send(learner)
    assert set(PushSubscription.objects.values_list("failures", "rests_until")) == {(0, None)}


def test_a_service_that_stays_away_is_asked_ever_more_rarely(service: PushService, learner: Any) -> None:
    service.will("one", 503, times=20)
    subscribe(learner, Browser())

    rests = []
    for _attempt in range(20):
        rests.append(_send(learner).seconds)
        PushSubscription.objects.update(rests_until=timezone.now())

    assert all(60 * 2**n <= rests[n] <= 76 * 2**n for n in range(10))
    assert 24 * 3600 <= max(rests) <= 30 * 3600
    assert PushSubscription.objects.get().failures == 20


def test_where_nobody_took_it_the_outcome_says_when_to_try_again_or_that_there_is_no_point(
    service: PushService, learner: Any
) -> None:
    for name, answers in (("a", [(429, "120"), (400, "")]), ("b", [(429, "60"), (400, "")])):
        for status, after in answers:
            service.will(name, status, **({"Retry_After": after} if after else {}))
        subscribe(learner, Browser(name=name))

    assert _send(learner) == Outcome(State.LATER, 60, "status 429")
    PushSubscription.objects.update(rests_until=None)
    assert _send(learner) == Outcome(State.REFUSED, reason="status 400")


def test_a_signature_that_is_refused_loses_nobody_and_is_said_aloud(
    service: PushService, learner: Any, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser()
    service.will("one", 403)
    subscribe(learner, browser)

    assert _send(learner) == Outcome(State.MISCONFIGURED, reason="status 403")

    assert (PushSubscription.objects.get().failures, owners()) == (0, {"one": learner.email})
    assert "doesn't take our VAPID signature" in caplog.text
    assert "wpush" not in caplog.text
    assert _send(learner).state == State.SENT


def test_keys_are_not_lying_about_and_are_opened_by_an_earlier_secret_key(
    service: PushService, learner: Any, settings: Any
) -> None:
    browser = Browser()
    held = subscribe(learner, browser)
    public = push_key().public
    assert browser.p256dh not in held.sealed_keys
    assert push_key().private not in PushKey.objects.get().sealed_private

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    assert (_send(learner).state, push_key().public) == (State.SENT, public)
    settings.SECRET_KEY_FALLBACKS = []
    assert _send(learner) == Outcome(State.MISCONFIGURED, reason="push_key_unreadable")
    # With a key from outside, what was sealed is still lost; nothing is deleted for that.
    settings.VAPID_PRIVATE_KEY = VapidKey.new().private
    assert _send(learner) == Outcome(State.REFUSED, reason="keys sealed")
    assert PushSubscription.objects.count() == 1


def test_the_key_pair_is_made_once_however_many_ask_at_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = push_key().public
    nothing = PushKey.objects.none()

    # Somebody who looked before it was there.
    with monkeypatch.context() as looking:
        looking.setattr(type(PushKey.objects), "first", lambda manager: nothing.first())
        assert push_key().public == first

    assert PushKey.objects.count() == 1


def test_what_somebody_is_told_goes_to_their_browsers_if_they_still_want_it(
    service: PushService, learner: Any, other_learner: Any
) -> None:
    both = kind("test.both", channels={Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.ON})
    browser = Browser()
    subscribe(learner, browser)
    service.will("one", 429, Retry_After="600")

    with declaring(both):
        for person in (learner, other_learner):
            with at("2026-03-10 12:00"), transaction.atomic():
                notify(both, user=person, about={"word": "tides"}, cause="first")
        assert _delivered("2026-03-10 12:00") == {
            (learner.pk, "email", "sent", ""),
            (learner.pk, "browser", "waiting", ""),
            (other_learner.pk, "email", "sent", ""),
        }
        PushSubscription.objects.update(rests_until=None)
        assert (learner.pk, "browser", "waiting", "") in _delivered("2026-03-10 12:09")
        assert (learner.pk, "browser", "sent", "") in _delivered("2026-03-10 12:11")
        told = Notification.objects.get(user=learner)
        assert browser.read(service.received[-1].body) == {
            "title": "About tides", "body": "A sentence about tides.", "url": told.path, "tag": "test.both",
            "notification_id": str(told.id),
        }  # fmt: skip

        with at("2026-03-10 13:00"), transaction.atomic():
            notify(both, user=learner, about={"word": "tides"}, cause="second")
        preferences.choose(user=learner, choices={"test.both": {Channel.BROWSER: Choice.OFF}})
        assert (learner.pk, "browser", "skipped", "opted_out") in _delivered("2026-03-10 13:00")

    assert len(service.received) == 2


def _delivered(moment: str) -> set[Any]:
    with at(moment):
        delivering.deliver_due(until=datetime.fromisoformat(f"{moment}+00:00") + timedelta(minutes=1))
    return set(Delivery.objects.values_list("user", "channel", "state", "reason"))
