"""What an administrator has typed for a mail and not saved: kept in their session, so that frames can show it.

A frame is asked for by an address, which is no place for a text or for whose data it shows.
"""

import hashlib
from typing import NamedTuple

from django.http import HttpRequest

from momentum.mail.domain.edited_text import EditedText

_KEY = "mail_drafts"
_MOST = 8


class Draft(NamedTuple):
    """A text to preview. `person`: the id of the account that it is previewed for, or nothing."""

    kind: str
    language: str
    subject: str = ""
    introduction: str = ""
    person: str = ""

    @property
    def edited(self) -> EditedText:
        """What it says."""
        return EditedText(self.subject, self.introduction)


def keep(request: HttpRequest, draft: Draft) -> str:
    """Keep a draft with the latest few, and return the name that finds it."""
    name = hashlib.sha256("\0".join(draft).encode()).hexdigest()[:16]
    kept = dict(request.session.get(_KEY, {}))
    kept.pop(name, None)
    kept[name] = list(draft)
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])
    return name


def find(request: HttpRequest, name: str) -> Draft | None:
    """Return a draft that was kept in this session."""
    kept = request.session.get(_KEY, {}).get(name)
    return Draft(*kept) if kept else None


def has_shown(request: HttpRequest, kind: str, person: str) -> bool:
    """Say whether one of the latest drafts of this kind showed this person's data."""
    kept = [Draft(*one) for one in request.session.get(_KEY, {}).values()]
    return any((one.kind, one.person) == (kind, person) for one in kept)
