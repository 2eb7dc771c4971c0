"""Who is alive: each worker holds a session lock on its own name for as long as it lives.

The database lets go of the lock the moment the worker's connection ends, whatever ended it. A worker that hangs keeps
its lock; but one that works asks something on that connection every second, and the database notes when.
"""

from django.db import connection

NAMESPACE = (
    0x4D4F  # the first key of our advisory locks on workers; the second is a hash of the worker's name
)

HANGS_SECONDS = 15

# What a role may not see of another's connection is null: it is taken to be well.
_RUNNING = """
select count(distinct locks.objid) from pg_locks locks join pg_stat_activity activity using (pid)
where locktype = 'advisory' and classid = %s and objsubid = 2 and granted
    and locks.database = (select oid from pg_database where datname = current_database())
    and coalesce(clock_timestamp() - state_change < make_interval(secs => %s), true)
"""


def workers_running() -> int:
    """Return how many workers are alive and at work on Django's database, now."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, [NAMESPACE, HANGS_SECONDS])
        return int(cursor.fetchone()[0])
