"""Which emails there are: each app declares its own in `letters.py`, and this collects them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.core.declarations import declared
from momentum.core.errors import NotFoundError
from momentum.mail.domain.blocks import Block
from momentum.mail.models import Keeps


@dataclass(frozen=True)
class EmailContent:
    """What one mail says, in its recipient's language; its two parts, formatted and plain, are made from this alone.

    Args:
        subject: also the heading, where there is no other.
        greeting: such as "Hello Lea,"; left out where the sentences say the name.
        titles: what in all that is somebody's title, each with its language; the formatted part says it there.
        paragraphs: plain sentences, of which the first is the introduction. Nothing in them is markup, whatever it
            looks like.
        facts: rows of a label and a value.
        button: the one thing to do: its label, and its full address.
        fine: sentences in small print, at the end.
        preheader: what mailboxes show beside the subject; the first paragraph where it is omitted.
        heading: what stands above the mail, where that isn't the subject.
        kicker: a line above the heading, such as the course that a lesson belongs to.
        blocks: what stands between the sentences and the button.
        below: what stands under the button.
        spells_link: whether the button's address is also written out in the formatted part: for links that somebody
            waits for, and without which they can't go on.
        values: the words that an edited subject or introduction may use, by name, such as {"name": "Lea"}.
    """

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    button: tuple[str, str] | None = None
    fine: list[str] = field(default_factory=list)
    preheader: str = ""
    greeting: str = ""
    titles: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""
    kicker: str = ""
    blocks: Sequence[Block] = ()
    below: Sequence[Block] = ()
    spells_link: bool = False
    values: dict[str, str] = field(default_factory=dict)


class Purpose(models.TextChoices):
    """What a kind of mail is for; the labels of all but the optional ones say why they can't be switched off."""

    OPTIONAL = "optional", _("It can be switched off.")
    ACCESS = "access", _("It lets someone in, so it is always sent.")
    SECURITY = "security", _("It is about the security of an account, so it is always sent.")
    MONEY = "money", _("It is about money, so it is always sent.")
    SERVICE = "service", _("Someone asked for it or has to know it, so it is always sent.")


@dataclass(frozen=True)
class EmailKind:
    """One kind of mail.

    Args:
        name: such as "payments.receipt"; it is written into the log, so it stays.
        title: what the panel calls it.
        when: what causes it, in a sentence for the panel.
        write: makes the content from what `enqueue` was told, by name. What may be over by the time it is written, and
            then needn't be sent, raises NotFoundError.
        sample: something to write about that exists nowhere, for the panel.
        keeps: what the log keeps of it once it is sent. Whatever has a link that lets somebody in keeps no body.
        purpose: what it is for. An administrator may switch off what is optional, and nothing else.
    """

    name: str
    title: str | Promise
    when: str | Promise
    write: Callable[..., EmailContent]
    sample: Callable[[], dict[str, Any]]
    keeps: Keeps = Keeps.ALL
    purpose: Purpose = Purpose.SERVICE

    @property
    def can_be_switched_off(self) -> bool:
        """Whether an administrator may decide that it isn't sent any more."""
        return self.purpose is Purpose.OPTIONAL and self.keeps == Keeps.ALL


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
