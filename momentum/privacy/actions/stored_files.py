"""Stored files that nothing names any more.

A file is stored before the row that names it is committed, and removed after the row is. A process that is killed
between the two leaves the file behind, for nobody to find; and it may be about somebody.

What a file is named by is asked of the whole database and not of a list of columns, so that a new one can't be
forgotten: each row of each table is read as text. That takes a while, once a night, and locks nothing.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from momentum.accounts.actions import avatars
from momentum.accounts.models import User
from momentum.ui.covers import uploaded

# Where this is the only one to put anything; what lies elsewhere is left alone.
FOLDERS = ("avatars", "covers", "exports", "pictures", "references", "videos")
DAY = 24 * 3600.0
_NAMED = rf"(?:{'|'.join(FOLDERS)})/[-\w.%]+"


def forget_unnamed(*, older: float = DAY) -> int:
    """Remove the stored files, and halves of mails, that nothing names; return how many there were.

    Args:
        older: in seconds; what was touched since then may be about to be named.
    """
    unnamed = {path: name for path, name in _stored() if _is_old(path, older)}
    if unnamed:
        named = names()
        unnamed = {path: name for path, name in unnamed.items() if name not in named}
    halves = {path: path.name for path in _halves_of_mails() if _is_old(path, older)}
    swept = 0
    for path in {**unnamed, **halves}:
        # A picture that is wanted again meanwhile was touched.
        if _is_old(path, older):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def names() -> set[str]:
    """Return every name of a stored file that any row holds, in a column of its own or within a text."""
    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
        with connection.cursor() as cursor:
            cursor.execute(
                f"select distinct named.parts[1] from {table} as whole_row,"  # noqa: S608 - a name of our own tables
                " regexp_matches(whole_row::text, %s, 'g') as named (parts)",
                [f"({_NAMED})"],
            )
            found.update(unquote(name) for (name,) in cursor.fetchall())
    found.update(size for name in list(found) for size in uploaded.sizes(name).values())
    for avatar in User.objects.exclude(avatar="").values_list("avatar", flat=True).iterator():
        found.update(avatars.path_of(avatar, size) for size in avatars.SIZES)
    return found


def _stored() -> Iterator[tuple[Path, str]]:
    place = Path(default_storage.path(""))
    for folder in FOLDERS:
        for path in (place / folder).glob("*"):
            if path.is_file() and not path.is_symlink():
                yield path, f"{folder}/{path.name}"


def _halves_of_mails() -> Iterator[Path]:
    yield from Path(settings.MAIL_DIRECTORY).glob("*.part")


def _is_old(path: Path, seconds: float) -> bool:
    try:
        return path.lstat().st_mtime < time.time() - seconds
    except FileNotFoundError:
        return False
