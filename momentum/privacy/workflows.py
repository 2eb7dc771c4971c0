"""Giving people their data, and forgetting them. Imports `dbos`: for the worker alone."""

import logging
import uuid
from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.steps import step, workflow
from momentum.core.errors import UnavailableError
from momentum.privacy import actions, deleting, exporting, letters, retention
from momentum.privacy.models import Deletion, Export

logger = logging.getLogger(__name__)


@workflow
def export_data(export_id: str) -> None:
    """Write everything about somebody into a ZIP, and tell them that it is there."""
    try:
        there = write(export_id)
    except Exception:
        give_up(export_id)
        raise
    if there:
        tell_ready(export_id)


@step(attempts=3, first_wait=10)
def write(export_id: str) -> bool:
    export = Export.objects.select_related("user").filter(pk=uuid.UUID(export_id)).first()
    if export is None:
        return False
    exporting.write_export(user=export.user, name=export.file)
    export.finish()
    return True


@step(attempts=3, first_wait=10)
def give_up(export_id: str) -> None:
    """What went wrong is in the log; the page says that it did."""
    for export in Export.objects.waiting().filter(pk=uuid.UUID(export_id)):
        export.fail()


@step(attempts=6, first_wait=20)
def tell_ready(export_id: str) -> None:
    letters.export_ready(uuid.UUID(export_id))


@workflow
def confirm_deletion(user_id: str) -> None:
    """Send somebody without a password the link that confirms the deletion."""
    send_confirmation(user_id)


@step(attempts=6, first_wait=20)
def send_confirmation(user_id: str) -> None:
    letters.confirm_deletion(uuid.UUID(user_id))


@workflow
def announce_deletion(deletion_id: str) -> None:
    """Say when the account goes."""
    send_announcement(deletion_id)


@step(attempts=6, first_wait=20)
def send_announcement(deletion_id: str) -> None:
    letters.deletion_asked(uuid.UUID(deletion_id))


@workflow
def delete_account(deletion_id: str) -> None:
    """After the days to think: shut the account, say goodbye, remove the files, remove the rows.

    What the steps hand on is kept by the queue, so it is an id and never an address.
    """
    user_id = begin(deletion_id)
    if user_id:
        say_goodbye(user_id)
        remove_files(user_id)
        remove_rows(user_id)


@step(attempts=6, first_wait=20)
def begin(deletion_id: str) -> str:
    begun = deleting.begin_deletion(deletion_id=uuid.UUID(deletion_id))
    return str(Deletion.objects.values_list("user", flat=True).get(pk=deletion_id)) if begun else ""


@step()
def say_goodbye(user_id: str) -> None:
    try:
        letters.account_deleted(uuid.UUID(user_id))
    except UnavailableError:
        # They asked to be forgotten, not to be written to: no mail server is a reason to wait.
        logger.exception("The mail that says goodbye could not be sent")


@step(attempts=6, first_wait=20)
def remove_files(user_id: str) -> None:
    deleting.remove_files(user_id=uuid.UUID(user_id))


@step(attempts=6, first_wait=20)
def remove_rows(user_id: str) -> None:
    deleting.remove_rows(user_id=uuid.UUID(user_id))


@workflow
def nightly(at: datetime, context: object) -> None:
    """Forget what is past its time."""
    forget_exports()
    forget_limits()
    forget_payloads()
    forget_abandoned()


@step(attempts=3)
def forget_exports() -> None:
    actions.forget_exports()


@step(attempts=3)
def forget_limits() -> None:
    retention.forget_limits()


@step(attempts=3)
def forget_payloads() -> None:
    retention.forget_payloads()


@step(attempts=3)
def forget_abandoned() -> None:
    retention.forget_abandoned()


SCHEDULES = [Schedule(nightly, "50 3 * * *")]
