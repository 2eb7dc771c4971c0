"""What happens to accounts by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.accounts import addresses, browsers
from momentum.accounts.sessions import SessionStore
from momentum.core.durable import Schedule
from momentum.core.durable.steps import step, workflow


@workflow
def tidy_sessions(at: datetime, context: object) -> None:
    """Forget the sessions that have expired; nobody can use them any more."""
    forget_expired()


@step()
def forget_expired() -> None:
    SessionStore.clear_expired()
    browsers.forget_unused()
    addresses.forget_old()


SCHEDULES = [Schedule(tidy_sessions, "17 * * * *")]
