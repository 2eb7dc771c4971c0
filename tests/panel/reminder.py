"""A kind of mail that only tests have, and its page."""

from typing import Any

from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose

KINDS = "/panel/mail/kinds/"
PAGE = f"{KINDS}test.reminder/"


def _write(*, user: Any, lesson: str = "Tides", **others: str) -> EmailContent:
    values = {"name": user.display_name, "lesson": lesson, **others}
    return EmailContent(
        f"Today: {lesson}", [f"{user.display_name}, it takes nine minutes.", "Ours."], values=values
    )


REMINDER = EmailKind(
    "test.reminder",
    "Reminder",
    "It is time.",
    _write,
    lambda: {"user": make_user_like(), "streak": "12"},
    purpose=Purpose.OPTIONAL,
)


def make_user_like() -> Any:
    from momentum.accounts.models import User

    return User(email="nora@example.com", name="Nora Newcomer")
