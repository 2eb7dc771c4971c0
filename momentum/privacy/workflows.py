"""Giving people their data, and forgetting them. Imports `dbos`: for the worker alone."""

import uuid
from datetime import datetime

from django.db import transaction

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, task, workflow
from momentum.notifications.actions.notify import notify
from momentum.privacy import notifications
from momentum.privacy.actions import deletion, requests, retention, stored_files
from momentum.privacy.actions.export import write_export
from momentum.privacy.models import Deletion, Export


@workflow
def export_data(export_id: str) -> None:
    """Write everything about somebody into a ZIP, and tell them that it is there."""
    try:
        write(export_id)
    except Exception:
        give_up(export_id)
        raise


@step(attempts=3, first_wait=10)
def write(export_id: str) -> None:
    export = Export.objects.select_related("user").filter(pk=uuid.UUID(export_id)).first()
    if export is None:
        return
    write_export(user=export.user, name=export.file)
    with transaction.atomic():
        export.finish()
        about = {"name": export.user.display_name, "until": export.expires_at}
        notify(notifications.EXPORT_READY, user=export.user, about=about, cause=export.id)


@step(attempts=3, first_wait=10)
def give_up(export_id: str) -> None:
    """What went wrong is in the log; the page says that it did."""
    for export in Export.objects.waiting().filter(pk=uuid.UUID(export_id)):
        export.fail()


@workflow
def delete_account(deletion_id: str) -> None:
    """After the days to think: shut the account, say goodbye, remove the files, remove the rows.

    What the steps hand on is kept by the queue, so it is an id and never an address.
    """
    user_id = begin(deletion_id)
    if user_id:
        say_goodbye(user_id, deletion_id)
        remove_files(user_id)
        remove_rows(user_id)


@step(attempts=6, first_wait=20)
def begin(deletion_id: str) -> str:
    begun = deletion.begin_deletion(deletion_id=uuid.UUID(deletion_id))
    return str(Deletion.objects.values_list("user", flat=True).get(pk=deletion_id)) if begun else ""


@step(attempts=6, first_wait=20)
def say_goodbye(user_id: str, deletion_id: str) -> None:
    deletion.say_goodbye(user_id=uuid.UUID(user_id), deletion_id=uuid.UUID(deletion_id))


@step(attempts=6, first_wait=20)
def remove_files(user_id: str) -> None:
    deletion.remove_files(user_id=uuid.UUID(user_id))


@step(attempts=6, first_wait=20)
def remove_rows(user_id: str) -> None:
    deletion.remove_rows(user_id=uuid.UUID(user_id))


@task(attempts=3)
def hourly(at: datetime, context: object) -> None:
    """Forget what must not lie about."""
    requests.forget_exports()


@workflow
def nightly(at: datetime, context: object) -> None:
    """Forget what is past its time."""
    forget_limits()
    forget_payloads()
    forget_abandoned()
    forget_unnamed()


@step(attempts=3)
def forget_limits() -> None:
    retention.forget_limits()


@step(attempts=3)
def forget_payloads() -> None:
    retention.forget_payloads()


@step(attempts=3)
def forget_abandoned() -> None:
    retention.forget_abandoned()


@step(attempts=3)
def forget_unnamed() -> None:
    stored_files.forget_unnamed()


SCHEDULES = [Schedule(hourly, "35 * * * *"), Schedule(nightly, "50 3 * * *")]
