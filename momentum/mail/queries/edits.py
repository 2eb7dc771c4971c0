"""What administrators changed about kinds of mail, as it is in force.

Each process remembers it for less than a second: a hundred thousand mails ask no more than a few do.
"""

from collections.abc import Mapping
from typing import NamedTuple

from momentum.core.recent import Recent
from momentum.mail.domain.edited_text import EditedText
from momentum.mail.domain.kinds import EmailKind
from momentum.mail.models import EmailText, SwitchedOffKind


class Edits(NamedTuple):
    """All that was changed: the kinds that are switched off, and what was edited, by kind and language."""

    off: frozenset[str]
    texts: Mapping[tuple[str, str], EditedText]


def is_on(kind: EmailKind) -> bool:
    """Say whether a kind of mail is sent at all. One that can't be switched off always is."""
    return not kind.can_be_switched_off or kind.name not in edits().off


def edited_text(kind: EmailKind, language: str) -> EditedText:
    """Return what administrators have a kind say in a language; what they say in another doesn't count there."""
    return edits().texts.get((kind.name, language), EditedText())


def stored() -> Edits:
    """Return what the database holds this moment, for the pages on which it is changed."""
    off = frozenset(SwitchedOffKind.objects.values_list("kind", flat=True))
    newest = EmailText.objects.newest()
    texts = {
        (text.kind, text.language): EditedText(text.subject, text.introduction)
        for text in newest
        if not text.is_ours
    }
    return Edits(off, texts)


edits = Recent(stored)
