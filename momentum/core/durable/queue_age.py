"""Whether the queues keep up: a queue whose first in line waits and waits has lost its workers, or has too few."""

from dataclasses import dataclass

from django.db import connection

LATE_SECONDS = 300

# When something became due: asked for, delayed until, or taken up again (which is a change, as coming due is).
_LATE = """
select queue_name, count(*), (extract(epoch from clock_timestamp()) - min(due) / 1000)::bigint
from (
    select queue_name, greatest(created_at, updated_at, coalesce(delay_until_epoch_ms, 0)) as due
    from dbos.workflow_status where status in ('ENQUEUED', 'DELAYED') and queue_name is not null
) waiting
where due < extract(epoch from clock_timestamp()) * 1000
group by queue_name
having extract(epoch from clock_timestamp()) - min(due) / 1000 >= %s
order by queue_name
"""


@dataclass(frozen=True)
class Late:
    """A queue that doesn't keep up: how many wait in it, and for how many seconds the first of them has."""

    queue: str
    waiting: int
    seconds: int


def late_queues(*, after: int = LATE_SECONDS) -> list[Late]:
    """Return the queues in which something has been due for longer than this many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [after])
        return [Late(*row) for row in cursor.fetchall()]
