"""What changed in a lesson since somebody read it, in words. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(changes: Sequence[Mapping[str, Any]]) -> str:
    """Return a few words on changes as `catalog.LessonUpdate` has them, such as "2 passages changed, 1 removed"."""
    counts = Counter(str(change["state"]) for change in changes)
    said = []
    if count := counts["changed"]:
        said.append(ngettext("%(num)d passage changed", "%(num)d passages changed", count) % {"num": count})
    if count := counts["added"]:
        said.append(ngettext("%(num)d added", "%(num)d added", count) % {"num": count})
    if count := counts["removed"]:
        said.append(ngettext("%(num)d removed", "%(num)d removed", count) % {"num": count})
    if counts["checks"]:
        said.append(_("self-checks or action items renewed"))
    return ", ".join(said)
