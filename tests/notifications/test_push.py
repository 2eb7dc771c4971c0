"""Push messages: which devices somebody has, what is sent there, and what becomes of devices that take none."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import admin as administration
from momentum.accounts.actions import devices as signed_in
from momentum.accounts.actions.tokens import grant_tokens, revoke_tokens
from momentum.accounts.models import Grant, Session
from momentum.notifications.actions import deliver as delivering
from momentum.notifications.actions import preferences, push, push_subscriptions
from momentum.notifications.actions import tidy as tidying
from momentum.notifications.actions.notify import notify
from momentum.notifications.actions.push_keys import push_key
from momentum.notifications.models import (
    Channel,
    Choice,
    Delivery,
    Device,
    Notification,
    PushKey,
    PushSubscription,
)
from momentum.providers.push import Outcome, State
from momentum.providers.push.sns import SnsError
from momentum.providers.push.vapid import VapidKey
from momentum.providers.push.web import WebPush
from tests.factories import PASSWORD, make_user
from tests.notifications.kinds import at, declaring, kind
from tests.providers.push.service import CHROME, FIREFOX, Browser, PushService, running


@pytest.fixture(scope="module")
def _service() -> Iterator[PushService]:
    with running() as service:
        yield service


@pytest.fixture
def service(_service: PushService, monkeypatch: pytest.MonkeyPatch) -> PushService:
    _service.received.clear()
    _service.answers.clear()
    usual = WebPush.__init__

    def here(self: WebPush, **options: Any) -> None:
        usual(self, **options, session=_service.session())

    monkeypatch.setattr(WebPush, "__init__", here)
    return _service


def _subscribe(user: Any, browser: Browser, **more: str) -> PushSubscription:
    return push_subscriptions.subscribe(
        user=user, endpoint=browser.endpoint, p256dh=browser.p256dh, auth=browser.auth, **more
    )


def _send(user: Any, title: str = "Lesson 4") -> Outcome:
    return push.send_push(
        user, title=title, body="Six minutes.", path="/today/", tag="daily", notification_id="0199",
        seconds_to_live=600,
    )  # fmt: skip


def _post(client: Client, path: str, **said: Any) -> Any:
    return client.post(f"/api/push/{path}", json.dumps(said), content_type="application/json")


def _turn_on(client: Client, browser: Browser, **more: str) -> Any:
    said = {key: value for key, value in browser.as_json().items() if key != "expirationTime"}
    return _post(client, "subscriptions", **said, **more)


def _owners() -> dict[str, str]:
    held = PushSubscription.objects.select_related("user")
    return {one.endpoint.rpartition("/")[2]: one.user.email for one in held}


# --- browsers -------------------------------------------------------------------------------------


def test_everybody_gets_what_is_theirs_in_all_their_browsers(
    service: PushService, learner: Any, other_learner: Any
) -> None:
    laptop, telephone, stranger = Browser(name="laptop"), Browser(CHROME, "phone"), Browser(name="stranger")
    for browser in (laptop, telephone):
        _subscribe(learner, browser)
    _subscribe(other_learner, stranger)

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
        _subscribe(learner, Browser(name=name))

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
    _subscribe(learner, Browser())

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
        _subscribe(learner, Browser(name=name))

    assert _send(learner) == Outcome(State.LATER, 60, "status 429")
    PushSubscription.objects.update(rests_until=None)
    assert _send(learner) == Outcome(State.REFUSED, reason="status 400")


def test_a_signature_that_is_refused_loses_nobody_and_is_said_aloud(
    service: PushService, learner: Any, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser()
    service.will("one", 403)
    _subscribe(learner, browser)

    assert _send(learner) == Outcome(State.MISCONFIGURED, reason="status 403")

    assert (PushSubscription.objects.get().failures, _owners()) == (0, {"one": learner.email})
    assert "doesn't take our VAPID signature" in caplog.text
    assert "wpush" not in caplog.text
    assert _send(learner).state == State.SENT


def test_keys_are_not_lying_about_and_are_opened_by_an_earlier_secret_key(
    service: PushService, learner: Any, settings: Any
) -> None:
    browser = Browser()
    held = _subscribe(learner, browser)
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

    answer = _post(
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

    assert _turn_on(as_learner, browser).status_code == 204
    assert _turn_on(as_learner, browser).status_code == 204
    assert (_owners(), as_learner.get("/api/push/").json()["known"]) == ({"shared": learner.email}, [known])
    as_learner.post("/account/logout/")
    assert (_owners(), _send(learner).state) == ({}, State.GONE)
    # The next one in this browser; the first comes back and turns it on again, without having signed the other out.
    other = Client()
    other.force_login(other_learner)
    _turn_on(other, browser)
    assert _owners() == {"shared": other_learner.email}
    as_learner.force_login(learner)
    _turn_on(as_learner, browser)
    assert _owners() == {"shared": learner.email}
    assert other.get("/api/push/").json()["known"] == []
    # Whoever lost it takes nothing away from who has it, whether they turn it off or sign out.
    assert _post(other, "subscriptions/removal", endpoint=browser.endpoint).status_code == 204
    other.post("/account/logout/")
    assert _owners() == {"shared": learner.email}
    _post(as_learner, "subscriptions/removal", endpoint=browser.endpoint)
    assert _owners() == {}


def test_another_address_of_the_same_browser_takes_the_place_of_the_first(
    as_learner: Client, learner: Any, other_learner: Any
) -> None:
    _turn_on(as_learner, Browser(name="before"))
    _subscribe(other_learner, Browser(name="others"))

    _turn_on(as_learner, Browser(name="after"), replaces=f"{FIREFOX}/before")
    _turn_on(as_learner, Browser(name="after"), replaces=f"{FIREFOX}/others")

    assert _owners() == {"after": learner.email, "others": other_learner.email}


def test_of_many_browsers_the_one_that_was_reached_longest_ago_makes_room(learner: Any) -> None:
    for number in range(10):
        held = _subscribe(learner, Browser(name=str(number)))
        reached = timezone.now() - timedelta(days=30 if number == 3 else 1)
        PushSubscription.objects.filter(pk=held.pk).update(last_ok_at=reached)

    _subscribe(learner, Browser(name="new"))

    assert len(_owners()) == 10
    assert "3" not in _owners()
    assert "new" in _owners()


def test_wherever_somebody_is_signed_out_they_are_notified_no_longer(
    as_learner: Client, learner: Any, admin: Any
) -> None:
    def elsewhere(name: str) -> Client:
        client = Client()
        client.force_login(learner)
        _turn_on(client, Browser(name=name))
        return client

    _turn_on(as_learner, Browser(name="here"))
    lost = elsewhere("lost")
    session = Session.objects.exclude(data=Session.objects.earliest("created_at").data).latest("created_at")
    assert as_learner.post(f"/account/sessions/{session.id}/removal/").status_code == 302
    assert lost.get("/today/").status_code == 302
    assert set(_owners()) == {"here"}

    elsewhere("one")
    elsewhere("two")
    as_learner.post("/account/sessions/removal/", {"but": "this"})
    assert set(_owners()) == {"here"}

    elsewhere("thief")
    changed = {"oldpassword": PASSWORD, "password1": "Something-else-9", "password2": "Something-else-9"}
    assert as_learner.post("/account/password/change/", changed).status_code == 302
    assert set(_owners()) == {"here"}

    administration.suspend_user(actor=admin, user=learner)
    assert _owners() == {}


def test_what_changes_something_needs_the_token_that_only_this_site_can_read(learner: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    browser = Browser()

    assert _turn_on(strict, browser).status_code == 403
    assert _owners() == {}
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

    assert _post(as_other_learner, "ack", notification_id=str(told.id)).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None
    assert _post(as_learner, "ack", notification_id=str(told.id)).status_code == 204
    assert _post(as_learner, "ack", notification_id=str(told.id)).status_code == 204
    told.refresh_from_db()
    assert told.read_at is not None
    assert _post(as_learner, "ack", notification_id="no-id").status_code == 422


def test_what_takes_nothing_for_two_months_is_forgotten(learner: Any) -> None:
    long_ago = timezone.now() - timedelta(days=61)
    for name, last_ok_at, failures in (
        ("dead", long_ago, 3),
        ("quiet", long_ago, 0),
        ("late", timezone.now(), 3),
    ):
        held = _subscribe(learner, Browser(name=name))
        PushSubscription.objects.filter(pk=held.pk).update(last_ok_at=last_ok_at, failures=failures)
    for token, enabled in (("on", True), ("off", False)):
        Device.objects.create(
            user=learner, platform="apple", token=token, endpoint_arn="arn", enabled=enabled
        )
    Device.objects.update(updated_at=long_ago)

    tidying.forget()

    assert set(_owners()) == {"quiet", "late"}
    assert [one.token for one in Device.objects.all()] == ["on"]


# --- telephones -----------------------------------------------------------------------------------


class Telephones:
    """Amazon SNS in a few lines: tests/providers/push/test_sns.py has the real client."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.sent: list[str] = []
        self.outcomes: dict[str, Outcome] = {}
        self.error: SnsError | None = None

    def register(self, *, platform: str, token: str, arn: str = "") -> str:
        if self.error:
            raise self.error
        self.asked.append((token, arn))
        return arn or f"arn:{token}"

    def send(self, *, platform: str, arn: str, message: Any) -> Outcome:
        self.sent.append(arn)
        return self.outcomes.get(arn, Outcome(State.SENT))


@pytest.fixture
def telephones(monkeypatch: pytest.MonkeyPatch) -> Telephones:
    made = Telephones()
    for module in (push, push_subscriptions):
        monkeypatch.setattr(module, "telephones", lambda: made)
    return made


def _app(user: Any) -> tuple[Client, dict[str, str], dict[str, Any]]:
    pair = grant_tokens(user=user)
    return Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {pair['access_token']}"}, pair


def _register(app: Any, token: str, path: str = "", **more: str) -> Any:
    client, headers, _pair = app
    said = {"token": token, **({} if path else {"platform": "google"}), **more}
    return client.post(
        f"/api/push/devices{path}", json.dumps(said), content_type="application/json", headers=headers
    )


def _text(user: Any) -> Outcome:
    return push.send_to_telephones(
        user, title="Lesson 4", body="", path="/", tag="daily", notification_id="1", seconds_to_live=60
    )


def test_a_telephone_is_registered_by_its_app_and_keeps_its_endpoint_when_its_token_changes(
    telephones: Telephones, learner: Any
) -> None:
    app = _app(learner)

    assert _register(app, "token-1").status_code == 204
    assert _register(app, "token-1").status_code == 204
    assert _register(app, "token-2").status_code == 204

    device = Device.objects.get()
    assert (device.token, device.endpoint_arn, device.user) == ("token-2", "arn:token-1", learner)
    assert telephones.asked == [("token-1", ""), ("token-1", "arn:token-1"), ("token-2", "arn:token-1")]
    assert _text(learner) == Outcome(State.SENT)


def test_a_telephone_belongs_to_whoever_registered_last_and_is_taken_away_by_them_alone(
    telephones: Telephones, learner: Any, other_learner: Any
) -> None:
    app, other = _app(learner), _app(other_learner)
    _register(app, "token-1")
    _register(other, "token-1")
    assert Device.objects.get().user == other_learner

    assert _register(app, "token-1", "/removal").status_code == 204
    assert Device.objects.count() == 1
    assert (_text(learner).state, _text(other_learner).state) == (State.GONE, State.SENT)
    _register(other, "token-1", "/removal")

    assert Device.objects.count() == 0


def test_a_telephone_that_is_off_is_left_alone_until_it_registers_again(
    telephones: Telephones, learner: Any
) -> None:
    app = _app(learner)
    _register(app, "token-1")
    telephones.outcomes["arn:token-1"] = Outcome(State.GONE, reason="EndpointDisabled")

    assert _text(learner).state == State.GONE
    assert _text(learner).state == State.GONE
    assert telephones.sent == ["arn:token-1"]
    telephones.outcomes.clear()
    _register(app, "token-1")

    assert _text(learner) == Outcome(State.SENT)


def test_whatever_signs_an_app_out_ends_its_telephone(
    telephones: Telephones, learner: Any, admin: Any
) -> None:
    for number, sign_out in enumerate((
        lambda pair: revoke_tokens(token=pair["refresh_token"]),
        lambda pair: signed_in.withdraw(user=learner, grant_id=Grant.objects.get(user=learner).id),
        lambda pair: signed_in.sign_out_everywhere(user=learner),
        lambda pair: administration.suspend_user(actor=admin, user=learner),
    )):  # fmt: skip
        app = _app(learner)
        _register(app, f"token-{number}")
        assert Device.objects.filter(user=learner).count() == 1

        sign_out(app[2])

        assert Device.objects.filter(user=learner).count() == 0
        assert _register(app, "too-late").status_code == 401


def test_what_sns_says_no_to_is_said_to_the_app(telephones: Telephones, learner: Any) -> None:
    app = _app(learner)
    assert _register(app, "token-1", platform="blackberry").status_code == 422
    assert _register(app, "with spaces in it").status_code == 422

    for error, status, code in (
        (SnsError("no application", ours=True), 422, "platform_off"),
        (SnsError("InvalidParameter"), 422, "token_refused"),
        (SnsError("AuthorizationError", ours=True), 503, "unavailable"),
        (SnsError("EndpointConnectionError"), 503, "unavailable"),
    ):
        telephones.error = error
        answer = _register(app, "token-1")
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    assert Device.objects.count() == 0
    # A session alone is no way to register a telephone.
    assert _register((Client(), {}, {}), "token-1").status_code == 401


# --- as a channel ---------------------------------------------------------------------------------


def test_what_somebody_is_told_goes_to_their_browsers_if_they_still_want_it(
    service: PushService, learner: Any, other_learner: Any
) -> None:
    both = kind("test.both", channels={Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.ON})
    browser = Browser()
    _subscribe(learner, browser)
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
