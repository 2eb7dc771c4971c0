"""What happens to accounts by itself. Imports `dbos`: for the worker alone."""

import uuid
from datetime import datetime

from momentum.accounts import addresses, browsers, invitations, letters
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


@workflow
def tell_of_new_browser(browser_id: str) -> None:
    """Tell somebody that their account was entered from a browser it wasn't entered from before."""
    send_new_browser(browser_id)


@step(attempts=6, first_wait=20)
def send_new_browser(browser_id: str) -> None:
    letters.new_browser(browser_id)


@workflow
def send_invitation(user_id: str) -> None:
    """Send somebody the link to choose a password with; an administrator made their account."""
    mail_invitation(user_id)


@step(attempts=6, first_wait=20)
def mail_invitation(user_id: str) -> None:
    invitations.send_invitation(uuid.UUID(user_id))


SCHEDULES = [Schedule(tidy_sessions, "17 * * * *")]
