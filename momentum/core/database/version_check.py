"""Refuse to work on a database that a newer version of this code has brought up to date."""

from momentum.core.database.errors import PostgresError

type Migration = tuple[str, str]


def known() -> set[Migration]:
    """Return the migrations that this code has, of its own apps and of its libraries."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return set(loader.disk_migrations) | replaced


def refuse_newer_database() -> None:
    """Raise where the database has had migrations that this code doesn't know.

    Raises:
        PostgresError: naming them.
        OperationalError: where the database doesn't answer.
    """
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if unknown := sorted(set(MigrationRecorder(connection).applied_migrations()) - known()):
        raise PostgresError(newer(unknown, "The database was brought up to date by"))


def newer(unknown: list[Migration], what: str) -> str:
    """Return the sentence about tables that this code doesn't know."""
    names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
    more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
    return (
        f"{what} a newer Momentum: this version doesn't know {names}{more}. Install that version or a later one, or "
        "restore a backup that this version made."
    )
