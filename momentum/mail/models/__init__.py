"""The tables of mail: the outbox, which is also the log; what became of what left; and what administrators said."""

from momentum.mail.models.email import ATTEMPTS, Email, EmailQuerySet, Keeps, Result, State
from momentum.mail.models.event import EmailEvent, EventType
from momentum.mail.models.suppression import Suppression
from momentum.mail.models.text import EmailText, SwitchedOffKind

__all__ = [
    "ATTEMPTS",
    "Email",
    "EmailEvent",
    "EmailQuerySet",
    "EmailText",
    "EventType",
    "Keeps",
    "Result",
    "State",
    "Suppression",
    "SwitchedOffKind",
]
