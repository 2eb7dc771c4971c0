"""Copies that are made by themselves every night, of which the newest few are kept."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from momentum.core import environment
from momentum.core.backup.archive import backup
from momentum.core.database.address import Address

_NAME = "momentum-{:%Y-%m-%d-%H%M}.tar"


def folder() -> Path:
    """Return where they are kept: MOMENTUM_BACKUP_FOLDER, better on another disk than the database."""
    return environment.path("MOMENTUM_BACKUP_FOLDER", settings.MOMENTUM_HOME / "backups")


def kept() -> list[Path]:
    """Return the copies, the newest first."""
    return sorted(folder().glob("momentum-*.tar"), reverse=True)


def make(address: Address, *, at: datetime, keep: int) -> Path:
    """Make one for this moment (a second time: in its place), then remove all but the newest so many."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder() / _NAME.format(at)
    backup(
        address,
        file,
        media=Path(settings.MEDIA_ROOT),
        secret_key=settings.SECRET_KEY,
        passphrase=environment.secret("MOMENTUM_BACKUP_PASSPHRASE"),
    )
    for old in kept()[keep:]:
        old.unlink(missing_ok=True)
    return file
