"""What the installation itself stands on: Python, its home, the database, the queue, files and the secret key."""

import os
import shutil
import sys
import uuid
from contextlib import ExitStack

from momentum.cli.backup import PASSPHRASE
from momentum.cli.database import database
from momentum.cli.refusal import RefusedError
from momentum.core import environment
from momentum.core.database.address import VARIABLE
from momentum.core.durable import Late
from momentum.core.home import database_folder, home

OLDEST_PYTHON = (3, 12)
LOW_DISK_BYTES = 500_000_000


def python() -> str:
    """Say which Python runs."""
    if sys.version_info < OLDEST_PYTHON:
        raise RefusedError(
            f"This is Python {sys.version.split()[0]}; Momentum needs 3.12 or newer. Install a newer version."
        )
    return sys.version.split()[0]


def home_folder() -> str:
    """Say where the home is, whether it can be written to and how much room it has."""
    place = home()
    try:
        place.mkdir(parents=True, exist_ok=True)
        probe = place / f".doctor-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise RefusedError(
            f"{place} is not writable: {error.strerror}. Make it writable for the user that runs Momentum, "
            "or set MOMENTUM_HOME to another folder."
        ) from error
    free = shutil.disk_usage(place).free
    if free < LOW_DISK_BYTES:
        raise RefusedError(f"Only {free // 1_000_000} MB free for {place}. Free up disk space.")
    return f"{place}, {free // 1_000_000_000} GB free"


def reachable_database(opened: ExitStack) -> str:
    """Reach the database as web processes and as workers do; it stays open as long as `opened`."""
    own = not os.environ.get(VARIABLE)
    opened.enter_context(database())
    from django.db import connection

    from momentum.core.database.configuration import address, direct_address
    from momentum.core.database.connections import connect
    from momentum.core.database.process_kinds import Kind

    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version')")
        [version] = cursor.fetchone()
    # As the web processes reach it, and as workers do.
    connect(address(), Kind.WEB).close()
    connect(direct_address(), Kind.WORKER).close()
    return f"PostgreSQL {version}, {f'embedded, in {database_folder()}' if own else f'from {VARIABLE}'}"


def tables() -> str:
    """Say whether migrations wait."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from momentum.core.database.version_check import refuse_newer_database

    refuse_newer_database()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise RefusedError(f"{len(waiting)} migrations have not been applied. Run `momentum migrate`.")
    return "up to date"


def settings() -> str:
    """Say how many settings were changed here, and which stored values aren't used."""
    from momentum.site.domain.sections import Source
    from momentum.site.queries.current import current
    from momentum.site.queries.declared import sections

    found = [current(section) for section in sections().values()]
    wrong = [
        f"{section.name}.{field} must be {expected}; until then it is {getattr(section, field)}."
        for section in found
        for field, expected in section.unusable.items()
    ]
    if wrong:
        raise RefusedError(f"{' '.join(wrong)} Correct it with `momentum settings`.")
    sources = [source for section in found for source in section.sources.values()]
    changed, locked = sources.count(Source.DATABASE), sources.count(Source.ENVIRONMENT)
    return f"{changed} changed here, {locked} set by the environment"


def queue() -> str:
    """Say whether jobs wait too long, and how many workers run."""
    from momentum.core import durable

    if not durable.schema_is_current():
        raise RefusedError("The tables of the job queue are missing or out of date. Run `momentum migrate`.")
    if late := durable.late_queues():
        raise RefusedError(" ".join(map(_lateness, late)))
    workers = durable.workers_running()
    if not workers:
        return "up to date; no worker is running (start one with `momentum run` or `momentum worker`)"
    return f"up to date; {workers} worker{'s' if workers > 1 else ''} running"


def _lateness(late: "Late") -> str:
    return (
        f"In the queue {late.queue} {late.waiting:,} wait, the first for {late.seconds // 60} minutes. "
        "Start (more) workers, or look into the log of those that run."
    )


def static_files() -> str:
    """Say whether the static files are those of this version."""
    from momentum.core import static_files

    if not static_files.are_current():
        return "not collected from this version yet; `momentum web` does that when it starts"
    return "collected"


def uploads() -> str:
    """Store a small file, read it back and remove it."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    name = default_storage.save(f"doctor-{uuid.uuid4().hex}.txt", ContentFile(b"well"))
    try:
        with default_storage.open(name) as stored:
            if stored.read() != b"well":
                raise RefusedError(
                    "A stored file was read back with different content. Check the storage configured in STORAGES."
                )
    finally:
        default_storage.delete(name)
    return type(default_storage._wrapped).__name__  # type: ignore[attr-defined]  # noqa: SLF001 - the lazy object's own


def secret_key() -> str:
    """Say where the key is, whether it opens what was sealed, and whether backups have it."""
    from django.conf import settings

    from momentum.accounts.actions.mfa import unreadable

    if people := unreadable():
        raise RefusedError(
            f"It isn't the key that sealed the two-factor codes of {len(people)} people. Put the old one into "
            "MOMENTUM_OLD_SECRET_KEYS. Where it is lost, learners let themselves in by email after their password, and "
            "`momentum recover EMAIL` lets in an administrator."
        )
    place = "MOMENTUM_SECRET_KEY" if environment.secret("MOMENTUM_SECRET_KEY") else str(home() / "secret.key")
    if not environment.secret(PASSPHRASE):
        return f"from {place}; NOT in backups: keep a copy, or set {PASSPHRASE}"
    copies = "no scheduled copies" if settings.BACKUP_HOUR is None else "copied every night"
    return f"from {place}; in backups, sealed by the passphrase; {copies}"
