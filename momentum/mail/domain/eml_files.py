"""Mail kept on disk, one message a file: reading it and removing it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class EmlFile:
    """One message on disk; `name` finds it again."""

    name: str
    subject: str
    sender: str
    to: str
    at: datetime | None
    text: str
    html: str


def newest_eml_files(folder: Path, *, limit: int = 100) -> list[EmlFile]:
    """Return the latest messages, newest first."""
    # The names are UUIDv7: later ones sort later.
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    found = (find_eml_file(folder, name) for name in names[:limit])
    return [file for file in found if file is not None]


def find_eml_file(folder: Path, name: str) -> EmlFile | None:
    """Return one message, or None where there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (folder / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(content, policy=policy.default)
    date = message["Date"]
    at = date.datetime if date else None
    return EmlFile(
        name=name,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        # "-0000", as Django writes it, reads as a time without a zone.
        at=at.replace(tzinfo=UTC) if at and at.tzinfo is None else at,
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def remove_eml_files(folder: Path, names: Iterable[str]) -> None:
    """Remove messages from the disk; those that aren't there are gone already."""
    for name in names:
        (folder / f"{name}.eml").unlink(missing_ok=True)


def _body(message: ParsedMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
