"""A mail server of our own that mail goes to as it does outside, by SMTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.processes import free_port


@dataclass
class MailServer:
    """What it got, in the order it came. While `away` it takes nothing, for now."""

    port: int
    got: list[EmailMessage] = field(default_factory=list)
    away: bool = False
    on_mail: Callable[[EmailMessage], None] = lambda _mail: None

    @property
    def mailers(self) -> dict[str, Any]:
        """Return the setting that sends mail here."""
        options = {"host": "127.0.0.1", "port": self.port, "use_tls": False, "timeout": 20}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.away:
            return "451 try again later"
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        assert envelope.rcpt_tos == [str(mail["To"])]
        self.on_mail(mail)
        self.got.append(mail)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run one on this machine until the block ends."""
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
