"""Mail kept on disk, one message a file: how Momentum works with no mail server."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from momentum.core.ids import uuid7
from momentum.mail.domain.eml_files import _NAME


class EmailBackend(BaseEmailBackend):
    """Writes each message to `file_path` as an .eml file, which mail programs open too.

    Django's own file backend names files after an object's address in memory, so that two mails of
    one second may share a file.
    """

    def __init__(self, *, file_path: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(**kwargs)
        self.folder = Path(file_path)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        # Links that let somebody in lie here: for the owner alone.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            # Who may have to send a mail again, after a crash, gives it an id of its own: then it is the same file.
            known = message.extra_headers.get("X-Entity-Ref-ID", "")
            part = self.folder / f"{known if _NAME.fullmatch(known) else uuid7()}.part"
            part.write_bytes(message.message().as_bytes())
            part.rename(part.with_suffix(".eml"))
        return len(email_messages)
