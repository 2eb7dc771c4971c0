"""What the installation does for itself at night. Imports `dbos`: for the worker alone."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from momentum.core.backup import nightly
from momentum.core.backup.leftovers import sweep_folders, sweep_probes, sweep_uploads
from momentum.core.database.configuration import direct_address
from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, task, workflow
from momentum.core.durable.pruning import forget_history


@workflow
def tidy(at: datetime, context: object) -> None:
    """Every night: forget work that ended long ago, and remove what killed processes left behind."""
    forget()
    sweep()


@task(attempts=3, first_wait=60)
def copy(at: datetime, context: object) -> None:
    """At the chosen hour: copy the database and the uploads, and keep the newest few copies."""
    nightly.make(direct_address(), at=at, keep=settings.BACKUPS_KEPT)


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


SCHEDULES = [Schedule(tidy, "30 4 * * *")]
if settings.BACKUP_HOUR is not None:
    SCHEDULES.append(Schedule(copy, f"5 {settings.BACKUP_HOUR} * * *"))
