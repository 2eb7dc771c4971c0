"""Amazon SNS, against moto: endpoints and their tokens, what devices are sent, and what is said where that fails."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from momentum.core.environment import BadSettingError
from momentum.providers.push import Outcome, PushMessage, State, sns
from momentum.providers.push.configured import contact, sns_applications, vapid_key
from momentum.providers.push.sns import Sns, SnsError
from momentum.providers.push.vapid import VapidKey

MESSAGE = PushMessage(
    title="Lesson 4", body="Six minutes — “now”?", path="/today/", tag="daily",
    notification_id="0199", seconds_to_live=600,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _amazon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (("ACCESS_KEY_ID", "testing"), ("SECRET_ACCESS_KEY", "testing")):
        monkeypatch.setenv(f"AWS_{name}", value)
    sns._client_in.cache_clear()
    with mock_aws():
        yield
    sns._client_in.cache_clear()


@pytest.fixture
def amazon() -> Any:
    return boto3.client("sns", region_name="eu-central-1")


@pytest.fixture
def telephones(amazon: Any) -> Sns:
    made = {
        "apple": amazon.create_platform_application(Name="ios", Platform="APNS", Attributes={}),
        "google": amazon.create_platform_application(Name="android", Platform="GCM", Attributes={}),
    }
    return Sns({platform: answer["PlatformApplicationArn"] for platform, answer in made.items()})


def _attributes(amazon: Any, arn: str) -> dict[str, str]:
    return dict(amazon.get_endpoint_attributes(EndpointArn=arn)["Attributes"])


def test_a_device_has_one_endpoint_however_often_it_registers(telephones: Sns, amazon: Any) -> None:
    arn = telephones.register(platform="google", token="token-1")

    assert telephones.register(platform="google", token="token-1") == arn
    assert telephones.register(platform="google", token="token-1", arn=arn) == arn
    assert _attributes(amazon, arn) == {"Enabled": "true", "Token": "token-1"}


def test_a_token_that_changed_is_told_to_the_endpoint_there_is(telephones: Sns, amazon: Any) -> None:
    arn = telephones.register(platform="apple", token="token-1")

    assert telephones.register(platform="apple", token="token-2", arn=arn) == arn

    assert _attributes(amazon, arn) == {"Enabled": "true", "Token": "token-2"}


def test_an_endpoint_that_was_switched_off_is_enabled_by_registering(telephones: Sns, amazon: Any) -> None:
    arn = telephones.register(platform="google", token="token-1")
    amazon.set_endpoint_attributes(EndpointArn=arn, Attributes={"Enabled": "false"})

    # With the ARN it had, and where that was forgotten: then SNS names the one that exists.
    assert telephones.register(platform="google", token="token-1", arn=arn) == arn
    assert _attributes(amazon, arn)["Enabled"] == "true"
    amazon.set_endpoint_attributes(EndpointArn=arn, Attributes={"Enabled": "false"})
    assert telephones.register(platform="google", token="token-1") == arn
    assert _attributes(amazon, arn)["Enabled"] == "true"


def test_an_endpoint_that_somebody_deleted_is_made_again(telephones: Sns, amazon: Any) -> None:
    arn = telephones.register(platform="google", token="token-1")
    telephones.remove(platform="google", arn=arn)
    telephones.remove(platform="google", arn=arn)

    again = telephones.register(platform="google", token="token-1", arn=arn)

    assert _attributes(amazon, again)["Token"] == "token-1"


def test_a_message_is_sent_and_a_device_that_is_off_is_gone(telephones: Sns, amazon: Any) -> None:
    arn = telephones.register(platform="apple", token="token-1")
    assert telephones.send(platform="apple", arn=arn, message=MESSAGE) == Outcome(State.SENT)

    amazon.set_endpoint_attributes(EndpointArn=arn, Attributes={"Enabled": "false"})
    disabled = telephones.send(platform="apple", arn=arn, message=MESSAGE)
    telephones.remove(platform="apple", arn=arn)
    deleted = telephones.send(platform="apple", arn=arn, message=MESSAGE)

    assert (disabled.state, deleted.state) == (State.GONE, State.GONE)
    assert disabled.reason.startswith("EndpointDisabled")
    assert telephones.send(platform="apple", arn=arn, message=MESSAGE).reason.startswith("NotFound")


def test_each_platform_is_told_in_its_own_words(telephones: Sns) -> None:
    asked = []
    client = sns._client_in("eu-central-1")
    client.meta.events.register("provide-client-params.sns.Publish", lambda params, **_: asked.append(params))

    for platform in ("apple", "google"):
        arn = telephones.register(platform=platform, token=f"token-{platform}")
        telephones.send(platform=platform, arn=arn, message=MESSAGE)

    apple, google = ({**json.loads(one["Message"]), "about": one["MessageAttributes"]} for one in asked)
    assert {one["MessageStructure"] for one in asked} == {"json"}
    assert json.loads(apple["APNS"]) == {
        "aps": {
            "alert": {"title": "Lesson 4", "body": "Six minutes — “now”?"},
            "sound": "default",
            "thread-id": "daily",
        },
        "url": "/today/",
        "notification_id": "0199",
    }
    assert apple["about"] == {
        "AWS.SNS.MOBILE.APNS.TTL": {"DataType": "Number", "StringValue": "600"},
        "AWS.SNS.MOBILE.APNS.PUSH_TYPE": {"DataType": "String", "StringValue": "alert"},
    }
    said = json.loads(google["GCM"])["fcmV1Message"]["message"]
    assert said["notification"] == {"title": "Lesson 4", "body": "Six minutes — “now”?"}
    assert said["data"] == {"url": "/today/", "notification_id": "0199"}
    assert (said["android"]["ttl"], said["android"]["collapse_key"]) == ("600s", "daily")
    assert google["default"] == apple["default"] == "Lesson 4"


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        ("EndpointDisabled", 400, State.GONE),
        ("NotFound", 404, State.GONE),
        ("PlatformApplicationDisabled", 400, State.MISCONFIGURED),
        ("AuthorizationError", 403, State.MISCONFIGURED),
        ("InvalidClientTokenId", 403, State.MISCONFIGURED),
        ("KMSAccessDenied", 400, State.MISCONFIGURED),
        ("InvalidParameter", 400, State.REFUSED),
        ("InternalError", 500, State.LATER),
        ("Throttling", 400, State.LATER),
    ],
)
def test_what_sns_answers_says_what_to_do(telephones: Sns, code: str, status: int, state: State) -> None:
    with Stubber(sns._client_in("eu-central-1")) as stubbed:
        for _attempt in range(3):
            stubbed.add_client_error("publish", code, "arn:secret token-1", http_status_code=status)

        outcome = telephones.send(platform="apple", arn="arn:aws:sns:x", message=MESSAGE)

    assert outcome == Outcome(state, reason=code)


def test_a_platform_without_an_application_is_a_matter_of_configuration() -> None:
    assert Sns({}).send(platform="apple", arn="arn", message=MESSAGE).state == State.MISCONFIGURED
    with pytest.raises(SnsError) as raised:
        Sns({}).register(platform="apple", token="token")
    assert raised.value.ours


def test_the_check_asks_after_every_application(telephones: Sns, amazon: Any) -> None:
    assert telephones.check() == "apple (APNS) and google (GCM)"

    amazon.set_platform_application_attributes(
        PlatformApplicationArn=telephones.applications["google"], Attributes={"Enabled": "false"}
    )
    with pytest.raises(SnsError, match="PlatformApplicationDisabled"):
        telephones.check()
    amazon.delete_platform_application(PlatformApplicationArn=telephones.applications["google"])
    with pytest.raises(SnsError, match="NotFound"):
        telephones.check()


def test_what_the_environment_says_is_read_strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    apple = "arn:aws:sns:eu-central-1:123456789012:app/APNS_SANDBOX/momentum"
    key = VapidKey.new().private
    monkeypatch.setenv("MOMENTUM_SNS_APPLE_ARN", apple)
    monkeypatch.setenv("MOMENTUM_VAPID_PRIVATE_KEY", f"{key}=")
    monkeypatch.setenv("MOMENTUM_PUSH_CONTACT", "https://example.org")

    assert sns_applications() == {"apple": apple}
    assert vapid_key() == key
    assert contact() == "https://example.org"
    for name, value, read in (
        ("MOMENTUM_SNS_GOOGLE_ARN", apple, sns_applications),
        ("MOMENTUM_SNS_APPLE_ARN", "ios", sns_applications),
        ("MOMENTUM_VAPID_PRIVATE_KEY", "secret-thing", vapid_key),
        ("MOMENTUM_PUSH_CONTACT", "me@example.org", contact),
    ):
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            with pytest.raises(BadSettingError, match=name) as raised:
                read()
            assert "secret-thing" not in str(raised.value)
