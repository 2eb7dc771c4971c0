"""What is kept of work that is over: enough to look into what went wrong, and not for ever."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

KEPT = timedelta(days=30)
_AT_ONCE = 1000

# A child stays for as long as its parent may still ask for its result.
_OVER = """
select workflow_uuid from dbos.workflow_status over
where status in ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') and updated_at < %s
    and not exists (
        select from dbos.workflow_status parent where parent.workflow_uuid = over.parent_workflow_id
            and parent.status not in ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
    )
limit %s
"""


def forget_history(*, kept: timedelta = KEPT) -> int:
    """Forget the workflows that ended longer ago than that, with their steps; return how many there were.

    After that an id may be used again, so whatever must happen once for ever is remembered by its app.
    """
    before = int((timezone.now() - kept).timestamp() * 1000)
    forgotten = 0
    while ids := _over(before):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("workflow_input", "workflow_output", "workflow_status"):
                cursor.execute(f"delete from dbos.{table} where workflow_uuid = any(%s)", [ids])  # noqa: S608 - ours
        forgotten += len(ids)
    return forgotten


def _over(before: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [before, _AT_ONCE])
        return [row[0] for row in cursor.fetchall()]
