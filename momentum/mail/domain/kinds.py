"""Which emails there are: each app declares its own in `letters.py`, and this collects them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise

from momentum.core.declarations import declared
from momentum.core.errors import NotFoundError
from momentum.mail.models import Keeps


@dataclass(frozen=True)
class EmailContent:
    """What one mail says, in its recipient's language; its two parts, formatted and plain, are made from this alone.

    Args:
        subject: also the heading.
        greeting: such as "Hello Lea,"; left out where the sentences say the name.
        titles: what in all that is somebody's title, each with its language; the formatted part says it there.
        paragraphs: plain sentences. Nothing in them is markup, whatever it looks like.
        facts: rows of a label and a value.
        button: the one thing to do: its label, and its full address.
        fine: sentences in small print, at the end.
        preheader: what mailboxes show beside the subject; the first paragraph where it is omitted.
    """

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    button: tuple[str, str] | None = None
    fine: list[str] = field(default_factory=list)
    preheader: str = ""
    greeting: str = ""
    titles: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class EmailKind:
    """One kind of mail.

    Args:
        name: such as "payments.receipt"; it is written into the log, so it stays.
        title: what the panel calls it.
        when: what causes it, in a sentence for the panel.
        write: makes the content from what `enqueue` was told, by name.
        sample: something to write about that exists nowhere, for the panel.
        keeps: what the log keeps of it once it is sent. Whatever has a link that lets somebody in keeps no body.
    """

    name: str
    title: str | Promise
    when: str | Promise
    write: Callable[..., EmailContent]
    sample: Callable[[], dict[str, Any]]
    keeps: Keeps = Keeps.ALL


@cache
def kinds() -> dict[str, EmailKind]:
    """Return every kind of mail by its name: what `LETTERS` in the apps' `letters.py` list."""
    found: dict[str, EmailKind] = {}
    for module in declared("letters").values():
        for kind in module.LETTERS:
            if found.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"Two mails are called {kind.name!r}.")
    return found


def kind_named(name: str) -> EmailKind:
    """Return one kind.

    Raises:
        NotFoundError: where there is none of that name.
    """
    try:
        return kinds()[name]
    except KeyError:
        raise NotFoundError from None
