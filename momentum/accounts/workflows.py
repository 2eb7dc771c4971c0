"""What happens to accounts by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.accounts.actions import devices, email_addresses
from momentum.accounts.models.session_store import SessionStore
from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, workflow


@workflow
def tidy_sessions(at: datetime, context: object) -> None:
    """Forget the sessions that have expired; nobody can use them any more."""
    forget_expired()


@step()
def forget_expired() -> None:
    SessionStore.clear_expired()
    devices.forget_unused()
    email_addresses.forget_old()


SCHEDULES = [Schedule(tidy_sessions, "17 * * * *")]
