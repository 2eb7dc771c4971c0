"""Amazon SES v2, by anymail: sending, and how the account stands. Credentials are whatever AWS's own chain finds."""

from functools import cache
from typing import TYPE_CHECKING, Any, override

import boto3
from anymail.backends import amazon_ses
from anymail.exceptions import AnymailAPIError
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from momentum.providers.mail import Account, AccountError, Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERDICTS = {
    "TooManyRequestsException": Verdict.TOO_FAST,
    "ThrottlingException": Verdict.TOO_FAST,
    # The most of a day, or of what the account may have.
    "LimitExceededException": Verdict.PAUSED,
    "SendingPausedException": Verdict.PAUSED,
    "AccountSuspendedException": Verdict.PAUSED,
    "MessageRejected": Verdict.FINAL,
    "BadRequestException": Verdict.FINAL,
}


class EmailBackend(amazon_ses.EmailBackend):  # type: ignore[misc]  # anymail has no types
    """anymail's, with one client a process: making one takes a tenth of a second."""

    @override
    def open(self) -> bool:
        if self.client:
            return False
        self.client: Any = client("sesv2", settings.SES_REGION, settings.SES_ENDPOINT)
        return True

    @override
    def close(self) -> None:
        self.client = None


@cache
def client(service: str, region: str, endpoint: str = "") -> Any:  # noqa: ANN401 - boto3 has no types
    """Return a client, which several threads may use. It makes no second attempt by itself: the outbox does."""
    config = Config(retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=5, read_timeout=10)
    session = boto3.session.Session(region_name=region)
    return session.client(service, endpoint_url=endpoint or None, config=config)


def refusal_of(error: Exception) -> Refusal | None:
    """Say what an error in sending means; what isn't about this mail may be mended, and is tried again."""
    if not isinstance(error, AnymailAPIError):
        return None
    cause = error.__cause__
    if isinstance(cause, ClientError):
        said: Mapping[str, str] = cause.response.get("Error", {})
        code = said.get("Code", "")
        if "Daily message quota exceeded" in said.get("Message", ""):
            return Refusal("Daily quota", Verdict.PAUSED)
        return Refusal(code or "ClientError", _VERDICTS.get(code, Verdict.LATER))
    return Refusal(type(cause or error).__name__, Verdict.LATER)


def account() -> Account:
    """Ask for quotas, and whether anything is sent at all."""
    said = _ask("get_account")
    quota = said.get("SendQuota", {})
    return Account(
        per_second=float(quota.get("MaxSendRate", 0)),
        per_day=float(quota.get("Max24HourSend", 0)),
        sent_today=float(quota.get("SentLast24Hours", 0)),
        sandbox=not said.get("ProductionAccessEnabled", False),
        sending=bool(said.get("SendingEnabled", False)),
        status=str(said.get("EnforcementStatus", "")),
    )


def sender_problem(address: str) -> str:
    """Ask whether the address or its domain is verified."""
    domain = address.rpartition("@")[2]
    for identity in (address, domain):
        found = _ask("get_email_identity", missing=("NotFoundException",), EmailIdentity=identity)
        if found.get("VerifiedForSendingStatus"):
            return ""
    return f"Neither {address} nor {domain} is verified in Amazon SES in {settings.SES_REGION}."


def confirm_topic(topic: str, token: str) -> None:
    """Tell SNS that messages of a topic are wanted here, and that only its owner may end that.

    By SNS itself, in the region of the topic: no address in a message is ever followed.

    Raises:
        AccountError: where SNS doesn't take it.
    """
    sns = client("sns", topic.split(":")[3], settings.SNS_ENDPOINT)
    try:
        sns.confirm_subscription(TopicArn=topic, Token=token, AuthenticateOnUnsubscribe="true")
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "ClientError")
        raise AccountError(f"Amazon SNS answered {code}.") from error
    except BotoCoreError as error:
        raise AccountError(f"Amazon SNS can’t be asked: {type(error).__name__}.") from error


def _ask(call: str, *, missing: tuple[str, ...] = (), **about: str) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = getattr(client("sesv2", settings.SES_REGION, settings.SES_ENDPOINT), call)(
            **about
        )
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "ClientError")
        if code in missing:
            return {}
        raise AccountError(f"Amazon SES answered {code} to {call}.") from error
    except BotoCoreError as error:
        raise AccountError(f"Amazon SES can’t be asked: {type(error).__name__}.") from error
    return answer
