"""By which way mail leaves, as the environment says."""

import re
from pathlib import Path

from momentum.core import environment as env

FILES, SMTP, SES = "files", "smtp", "ses"
MAIL_AS_FILES = "momentum.mail.adapters.file_backend.EmailBackend"
_TOPIC = re.compile(r"arn:aws(-[a-z-]+)?:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?")


def way() -> str:
    """Return by which of the three ways mail leaves."""
    host = env.text("MOMENTUM_SMTP_HOST")
    found = env.choice("MOMENTUM_MAIL", SMTP if host else FILES, among=(FILES, SMTP, SES))
    if found == SMTP and not host:
        raise env.BadSettingError(
            "MOMENTUM_SMTP_HOST", "", "the name of a mail server, such as smtp.example.org"
        )
    return found


def mailer(found: str, *, folder: Path) -> dict[str, object]:
    """Return the mailer as Django wants it. `folder`: where mail is kept that goes nowhere."""
    if found == SES:
        options: dict[str, object] = {
            "configuration_set_name": env.text("MOMENTUM_SES_CONFIGURATION_SET") or None
        }
        return {"BACKEND": "momentum.providers.mail.ses.EmailBackend", "OPTIONS": options}
    if found == FILES:
        return {"BACKEND": MAIL_AS_FILES, "OPTIONS": {"file_path": str(folder)}}
    options = {
        "host": env.text("MOMENTUM_SMTP_HOST"),
        "port": env.number("MOMENTUM_SMTP_PORT", 587, low=1, high=65535),
        "username": env.text("MOMENTUM_SMTP_USER"),
        "password": env.secret("MOMENTUM_SMTP_PASSWORD"),
        "use_tls": env.flag("MOMENTUM_SMTP_TLS", default=True),
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def region() -> str:
    """Return the region of Amazon SES."""
    return env.text("MOMENTUM_SES_REGION", env.text("AWS_REGION", "us-east-1"))


def topics() -> list[str]:
    """Return the topics of Amazon SNS whose word about mails is taken."""
    found = env.names("MOMENTUM_SES_TOPICS")
    for topic in found:
        if not _TOPIC.fullmatch(topic):
            raise env.BadSettingError(
                "MOMENTUM_SES_TOPICS",
                topic,
                "ARNs of SNS topics, such as arn:aws:sns:eu-west-1:123456789012:mail",
            )
    return found
