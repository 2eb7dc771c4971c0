"""What the environment says of messages to devices."""

import re

from momentum.core import environment as env
from momentum.providers.push.vapid import BadKeyError, VapidKey

APPLE, GOOGLE = "apple", "google"
PLATFORMS = (APPLE, GOOGLE)
# The region and the kind are read from it.
APPLICATION = re.compile(
    r"arn:aws[a-z-]*:sns:(?P<region>[a-z0-9-]+):\d{12}:app/(?P<kind>APNS|APNS_SANDBOX|GCM)/[\w.-]{1,256}"
)
_KINDS = {APPLE: ("APNS", "APNS_SANDBOX"), GOOGLE: ("GCM",)}


def vapid_key() -> str:
    """Return the private key of Web Push, or "" where the installation keeps one that it made itself.

    Raises:
        BadSettingError: where it is no such key.
    """
    given = env.secret("MOMENTUM_VAPID_PRIVATE_KEY").rstrip("=")
    if given:
        try:
            _read = VapidKey(given).key
        except BadKeyError as error:
            raise env.BadSettingError(
                "MOMENTUM_VAPID_PRIVATE_KEY", "(hidden)", "a private key of P-256: 32 bytes as base64url"
            ) from error
    return given


def contact() -> str:
    """Return whom a push service turns to, or "" for who mails come from.

    Raises:
        BadSettingError: where it is no address of the two kinds there are.
    """
    given = env.text("MOMENTUM_PUSH_CONTACT")
    if given and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://[\w.-]+", given):
        expected = "an address such as mailto:you@example.org or https://example.org"
        raise env.BadSettingError("MOMENTUM_PUSH_CONTACT", given, expected)
    return given


def sns_applications() -> dict[str, str]:
    """Return the platform applications of Amazon SNS that are configured, by platform.

    Raises:
        BadSettingError: where one is no such thing, or one for other devices.
    """
    found = {}
    for platform in PLATFORMS:
        name = f"MOMENTUM_SNS_{platform.upper()}_ARN"
        if not (arn := env.text(name)):
            continue
        said = APPLICATION.fullmatch(arn)
        if said is None or said["kind"] not in _KINDS[platform]:
            kind = _KINDS[platform][0]
            expected = f"a platform application of SNS, such as arn:aws:sns:eu-central-1:123456789012:app/{kind}/NAME"
            raise env.BadSettingError(name, arn, expected)
        found[platform] = arn
    return found
