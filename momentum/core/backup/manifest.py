"""What a backup says of itself: what made it, which tables it holds, and what each of its files adds up to."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Self

from momentum.core.backup.encryption import Sealed
from momentum.core.database.errors import PostgresError
from momentum.core.database.version_check import Migration, newer

FORMAT = 2  # 1 had no manifest


@dataclass
class Manifest:
    """The last thing in a backup, which proves that everything before it is there and whole.

    Args:
        migrations: what had been applied to the database: app and name.
        key: the secret key, sealed by a passphrase, if it travels along.
        key_mark: by which a key is known without being given away.
        files: SHA-256 of each file, by its name in the archive.
    """

    migrations: list[Migration]
    key: Sealed | None = None
    key_mark: str = ""
    made_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def dumps(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def loads(cls, text: bytes) -> Self:
        """Read one.

        Raises:
            PostgresError: where a newer Momentum wrote it.
            ValueError: where it is none.
        """
        said = json.loads(text)
        if not isinstance(said, dict) or not isinstance(said.get("format"), int):
            raise ValueError("no manifest")  # noqa: TRY004 - whatever is wrong with it, it is none
        if said["format"] > FORMAT:
            raise PostgresError(
                "This backup was made by a newer Momentum. Restore it with that version or a later one."
            )
        try:
            said["migrations"] = [(str(app), str(name)) for app, name in said["migrations"]]
            said["key"] = Sealed(**said["key"]) if said["key"] else None
            return cls(**said)
        except (KeyError, TypeError) as error:
            raise ValueError("no manifest") from error

    def refuse_newer(self, known: Iterable[Migration]) -> None:
        """Say no to a database that this code doesn't know.

        Raises:
            PostgresError: naming what it doesn't know.
        """
        if unknown := sorted(set(self.migrations) - set(known)):
            raise PostgresError(newer(unknown, "This backup was made by"))


def mark(key: str) -> str:
    """Return what a key is known by; nobody can make the key from it."""
    return hashlib.sha256(b"momentum.backup.mark:" + key.encode()).hexdigest()[:16]
