"""Who is alive: each worker holds a session lock on its own name for as long as it lives.

The database lets go of the lock the moment the worker's connection ends, whatever ended it.
"""

from django.db import connection

NAMESPACE = (
    0x4D4F  # the first key of our advisory locks on workers; the second is a hash of the worker's name
)

_RUNNING = """
select count(distinct objid) from pg_locks
where locktype = 'advisory' and classid = %s and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())
"""


def workers_running() -> int:
    """Return how many workers are alive on Django's database, now."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, [NAMESPACE])
        return int(cursor.fetchone()[0])
