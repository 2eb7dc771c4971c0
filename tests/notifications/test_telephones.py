"""Which telephones somebody is notified on: whose they are, and until when."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.test import Client
from django.utils import timezone
from moto import mock_aws

from momentum.accounts.actions import admin as administration
from momentum.accounts.actions import devices as signed_in
from momentum.accounts.actions.tokens import grant_tokens, refresh_tokens, revoke_tokens
from momentum.accounts.models import Grant
from momentum.core.errors import SignInRequiredError
from momentum.notifications.actions import mobile_devices, push
from momentum.notifications.actions import tidy as tidying
from momentum.notifications.models import Device
from momentum.privacy.actions.deletion import remove_rows
from momentum.providers.push import Outcome, State, sns
from momentum.providers.push.sns import SnsError
from tests.payments.till import enqueued


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
    for module in (push, mobile_devices):
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


# --- Amazon's own endpoints -----------------------------------------------------------------------


@pytest.fixture
def amazon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    sns._client_in.cache_clear()
    with mock_aws():
        client = boto3.client("sns", region_name="eu-central-1")
        made = client.create_platform_application(Name="android", Platform="GCM", Attributes={})
        settings.SNS_APPLICATIONS = {"google": made["PlatformApplicationArn"]}
        yield client
    sns._client_in.cache_clear()


def _endpoints(amazon: Any, settings: Any) -> set[str]:
    asked = {"PlatformApplicationArn": settings.SNS_APPLICATIONS["google"]}
    return {
        one["Attributes"]["Token"]
        for one in amazon.list_endpoints_by_platform_application(**asked)["Endpoints"]
    }


def _many(user: Any) -> None:
    for number in range(mobile_devices.MOST_OF_ONE):
        assert _register(_app(user), f"other-{number}").status_code == 204


def _used_twice(pair: dict[str, Any]) -> None:
    refresh_tokens(token=pair["refresh_token"])
    with pytest.raises(SignInRequiredError):
        refresh_tokens(token=pair["refresh_token"])


def _past(model: Any, field: str) -> None:
    model.objects.update(**{field: timezone.now() - timedelta(days=61)})


@pytest.mark.parametrize(
    "go",
    [
        lambda user, pair: remove_rows(user_id=user.pk),
        lambda user, pair: revoke_tokens(token=pair["refresh_token"]),
        lambda user, pair: _used_twice(pair),
        lambda user, pair: (_past(Grant, "expires_at"), signed_in.forget_unused()),
        lambda user, pair: (Device.objects.update(enabled=False), _past(Device, "updated_at"), tidying.forget()),
        lambda user, pair: _many(user),
    ],
    ids=["deleted", "signed out", "stolen", "expired", "dead", "surplus"],
)  # fmt: skip
def test_whatever_forgets_a_telephone_has_amazon_forget_it(
    amazon: Any, settings: Any, learner: Any, go: Callable[[Any, dict[str, Any]], object]
) -> None:
    app = _app(learner)
    assert _register(app, "token-1").status_code == 204
    device = Device.objects.get()
    assert _endpoints(amazon, settings) == {"token-1"}

    go(learner, app[2])

    assert not Device.objects.filter(token="token-1").exists()
    assert f"notifications.remove_endpoint/{device.id}" in enqueued("notifications.remove_endpoint")
    mobile_devices.remove_endpoint(device.platform, device.endpoint_arn)
    assert "token-1" not in _endpoints(amazon, settings)
