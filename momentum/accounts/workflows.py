"""What happens to accounts by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.accounts.actions import devices, email_addresses
from momentum.accounts.models.session_store import SessionStore
from momentum.core.durable import Schedule
from momentum.core.durable.decorators import task


@task()
def tidy_sessions(at: datetime, context: object) -> None:
    """Forget the sessions that have expired; nobody can use them any more."""
    SessionStore.clear_expired()
    devices.forget_unused()
    email_addresses.forget_old()


SCHEDULES = [Schedule(tidy_sessions, "17 * * * *")]
