"""What the installation does for itself at night. Imports `dbos`: for the worker alone."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from momentum.core.backup import nightly
from momentum.core.backup.leftovers import sweep_folders, sweep_probes, sweep_uploads
from momentum.core.database.configuration import direct_address
from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, workflow
from momentum.core.durable.pruning import forget_history


@workflow
def tidy(at: datetime, context: object) -> None:
    """Every night: forget work that ended long ago, and remove what killed processes left behind."""
    forget()
    sweep()


@workflow
def copy(at: datetime, context: object) -> None:
    """At the chosen hour: copy the database and the uploads, and keep the newest few copies."""
    make_copy(at.isoformat())


@step(attempts=3)
def forget() -> None:
    forget_history()


@step(attempts=3)
def sweep() -> None:
    sweep_uploads()
    for place in (Path(settings.MOMENTUM_HOME), Path(settings.MEDIA_ROOT)):
        sweep_probes(place)
    for place in {Path(settings.MOMENTUM_HOME), Path(settings.MEDIA_ROOT).parent, nightly.folder()}:
        sweep_folders(place, older=24 * 3600)


@step(attempts=3, first_wait=60)
def make_copy(at: str) -> None:
    nightly.make(direct_address(), at=datetime.fromisoformat(at), keep=settings.BACKUPS_KEPT)


SCHEDULES = [Schedule(tidy, "30 4 * * *")]
if settings.BACKUP_HOUR is not None:
    SCHEDULES.append(Schedule(copy, f"5 {settings.BACKUP_HOUR} * * *"))
