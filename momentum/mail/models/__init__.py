"""The tables of mail: the outbox, which is also the log, and what administrators said about kinds of mail."""

from momentum.mail.models.email import ATTEMPTS, Email, EmailQuerySet, Keeps, State
from momentum.mail.models.text import EmailText, SwitchedOffKind

__all__ = ["ATTEMPTS", "Email", "EmailQuerySet", "EmailText", "Keeps", "State", "SwitchedOffKind"]
