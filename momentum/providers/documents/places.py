"""What people look up in a document: a page, a slide, a chapter; and how that is said."""

from __future__ import annotations

from typing import Final, Literal, get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# What `Document.pages` are: sheets of paper; slides; chapters of a book; headed sections; parts of a text without
# headings, by their numbers or by the numbers of the lines they begin with; minutes of a recording.
type Unit = Literal["page", "slide", "chapter", "section", "part", "line", "minute"]
UNITS: Final[tuple[str, ...]] = get_args(Unit.__value__)


def place(unit: str, label: str) -> str:
    """Say where something stands, such as "slide 4", in the language that is active; nothing without a label."""
    if not label:
        return ""
    sentences = {
        "page": _("page %(label)s"),
        "slide": _("slide %(label)s"),
        "chapter": _("chapter %(label)s"),
        "section": _("section %(label)s"),
        "part": _("part %(label)s"),
        "line": _("line %(label)s"),
        "minute": _("minute %(label)s"),
    }
    return sentences.get(unit, sentences["page"]) % {"label": label}


def counted(unit: str, count: int) -> str:
    """Say how many there are, such as "12 slides", in the language that is active."""
    sentences = {
        "page": ngettext("%(count)d page", "%(count)d pages", count),
        "slide": ngettext("%(count)d slide", "%(count)d slides", count),
        "chapter": ngettext("%(count)d chapter", "%(count)d chapters", count),
        "section": ngettext("%(count)d section", "%(count)d sections", count),
        "part": ngettext("%(count)d part", "%(count)d parts", count),
        "line": ngettext("%(count)d part", "%(count)d parts", count),
        "minute": ngettext("%(count)d part", "%(count)d parts", count),
    }
    return sentences.get(unit, sentences["page"]) % {"count": count}
