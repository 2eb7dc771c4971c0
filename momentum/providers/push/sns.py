"""Messages to telephones by Amazon SNS: one platform application for Apple's devices, one for Google's.

SNS says that it took a message, not that it arrived. What it finds out later it keeps on the endpoint, which is then no
longer enabled; the next message to it is refused, and so we learn of it.
"""

import json
import logging
import re
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from momentum.providers.push import MOST_OF_TITLE, Outcome, PushMessage, State
from momentum.providers.push.configured import APPLICATION

logger = logging.getLogger(__name__)

# Apple's devices take 4 KB in all.
_MOST_OF_BODY = 800
_EXISTING = re.compile(r"Endpoint (arn:\S+) already exists")
# What names our rights or our application, and no device.
_OURS = {
    *("AuthorizationError", "AuthorizationErrorException", "InvalidClientTokenId", "SignatureDoesNotMatch"),
    *("PlatformApplicationDisabled", "PlatformApplicationDisabledException", "UnrecognizedClientException"),
    *("AccessDenied", "AccessDeniedException", "ExpiredToken", "InvalidSecurity", "IncompleteSignature"),
    *(
        "KMSAccessDenied",
        "KMSDisabled",
        "KMSInvalidState",
        "KMSNotFound",
        "KMSOptInRequired",
        "OptInRequired",
    ),
}
_GONE = {"EndpointDisabled", "EndpointDisabledException", "NotFound", "NotFoundException"}
_REFUSED = {"InvalidParameter", "InvalidParameterException", "InvalidParameterValue", "ParameterValueInvalid"}


class SnsError(Exception):
    """SNS couldn't be asked, or said no, where no message was sent.

    Args:
        code: its own word for it; never what it wrote, which names devices.
        ours: whether it is our rights or our configuration.
    """

    def __init__(self, code: str, *, ours: bool = False) -> None:
        super().__init__(code)
        self.code, self.ours = code, ours

    @property
    def refused(self) -> bool:
        """Whether what was asked for can't be, however often it is."""
        return self.code in _REFUSED


class Sns:
    """Sends to telephones.

    Args:
        applications: by platform, the ARN of its platform application.
    """

    def __init__(self, applications: dict[str, str]) -> None:
        self.applications = applications

    def register(self, *, platform: str, token: str, arn: str = "") -> str:
        """Return the ARN of the endpoint for a device's token, made or enabled again where it has to be.

        Args:
            platform: "apple" or "google".
            token: what the device has from Apple or Google; it changes now and then.
            arn: the endpoint this device had, if it had one.

        Raises:
            SnsError: where there is no application for this platform, or SNS says no.
        """
        try:
            return self._updated(platform, token, arn) if arn else self._made(platform, token)
        except (ClientError, BotoCoreError) as error:
            raise _as_error(error) from error

    def remove(self, *, platform: str, arn: str) -> None:
        """Delete an endpoint; one that isn't there is no mistake.

        Raises:
            SnsError: where SNS says no.
        """
        try:
            self._client(platform).delete_endpoint(EndpointArn=arn)
        except (ClientError, BotoCoreError) as error:
            if _code(error) not in _GONE:
                raise _as_error(error) from error

    def send(self, *, platform: str, arn: str, message: PushMessage) -> Outcome:
        """Send one message to one device."""
        if platform not in self.applications:
            return Outcome(State.MISCONFIGURED, reason="no application")
        try:
            self._client(platform).publish(
                TargetArn=arn,
                MessageStructure="json",
                Message=_message(self._kind(platform), message),
                MessageAttributes=_attributes(self._kind(platform), message),
            )
        except (ClientError, BotoCoreError) as error:
            return _outcome(error)
        return Outcome(State.SENT)

    def check(self) -> str:
        """Ask after each platform application, and say which there are.

        Raises:
            SnsError: where one isn't there, isn't enabled, or may not be asked after.
        """
        for platform, arn in self.applications.items():
            try:
                found = self._client(platform).get_platform_application_attributes(PlatformApplicationArn=arn)
            except (ClientError, BotoCoreError) as error:
                raise _as_error(error) from error
            if found["Attributes"].get("Enabled", "true") != "true":
                raise SnsError("PlatformApplicationDisabled", ours=True)
        return " and ".join(f"{platform} ({self._kind(platform)})" for platform in self.applications)

    def _made(self, platform: str, token: str) -> str:
        client = self._client(platform)
        application = self.applications[platform]
        try:
            made = client.create_platform_endpoint(PlatformApplicationArn=application, Token=token)
        except ClientError as error:
            # The same token with other attributes, such as one that isn't enabled: the text names the endpoint.
            existing = _EXISTING.search(error.response["Error"].get("Message", ""))
            if existing is None:
                raise
            arn = existing[1]
        else:
            arn = made["EndpointArn"]
        return self._enabled(platform, token, arn)

    def _updated(self, platform: str, token: str, arn: str) -> str:
        try:
            return self._enabled(platform, token, arn)
        except ClientError as error:
            if _code(error) not in _GONE:
                raise
            return self._made(platform, token)

    def _enabled(self, platform: str, token: str, arn: str) -> str:
        client = self._client(platform)
        held = client.get_endpoint_attributes(EndpointArn=arn)["Attributes"]
        if held.get("Token") != token or held.get("Enabled") != "true":
            client.set_endpoint_attributes(EndpointArn=arn, Attributes={"Token": token, "Enabled": "true"})
        return arn

    def _kind(self, platform: str) -> str:
        return self._named(platform, "kind")

    def _client(self, platform: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes while it runs
        if platform not in self.applications:
            raise SnsError("no application", ours=True)
        return _client_in(self._named(platform, "region"))

    def _named(self, platform: str, part: str) -> str:
        found = APPLICATION.fullmatch(self.applications[platform])
        return found[part] if found else ""


@cache
def _client_in(region: str) -> Any:  # noqa: ANN401 - the same
    patience = Config(connect_timeout=5, read_timeout=10, retries={"mode": "standard", "max_attempts": 2})
    return boto3.client("sns", region_name=region, config=patience)


def _message(kind: str, message: PushMessage) -> str:
    about = {"url": message.path, "notification_id": message.notification_id}
    shown = {"title": message.title[:MOST_OF_TITLE], "body": message.body[:_MOST_OF_BODY]}
    if kind == "GCM":
        said: dict[str, Any] = {
            "fcmV1Message": {
                "message": {
                    "notification": shown,
                    "data": about,
                    "android": {
                        "collapse_key": message.tag,
                        "ttl": f"{message.seconds_to_live}s",
                        "notification": {"tag": message.tag},
                    },
                }
            }
        }
    else:
        said = {"aps": {"alert": shown, "sound": "default", "thread-id": message.tag}, **about}
    return json.dumps(
        {"default": message.title, kind: json.dumps(said, ensure_ascii=False)}, ensure_ascii=False
    )


def _attributes(kind: str, message: PushMessage) -> dict[str, dict[str, str]]:
    said = {f"AWS.SNS.MOBILE.{kind}.TTL": ("Number", str(max(0, message.seconds_to_live)))}
    if kind != "GCM":
        said["AWS.SNS.MOBILE.APNS.PUSH_TYPE"] = ("String", "alert")
    return {name: {"DataType": of, "StringValue": value} for name, (of, value) in said.items()}


def _outcome(error: Exception) -> Outcome:
    code = _code(error)
    if code in _GONE:
        return Outcome(State.GONE, reason=code)
    if _is_ours(error):
        logger.error("SNS refuses us (%s): see `momentum doctor`", code)
        return Outcome(State.MISCONFIGURED, reason=code)
    return Outcome(State.REFUSED if code in _REFUSED else State.LATER, reason=code)


def _as_error(error: Exception) -> SnsError:
    return SnsError(_code(error), ours=_is_ours(error))


def _is_ours(error: Exception) -> bool:
    return _code(error) in _OURS or isinstance(error, NoCredentialsError | PartialCredentialsError)


def _code(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "")) or "unknown"
    return type(error).__name__
