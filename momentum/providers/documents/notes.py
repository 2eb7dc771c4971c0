"""Says to a person what of a document was left out or may be wrong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from momentum.providers.documents import Note


def sentence(note: Note) -> str:
    """Return one plain sentence, in the language that is active."""
    count, pages = len(note.pages), listed(note.pages, note.labels)
    sentences = {
        "no_text": ngettext(
            "Page %(pages)s has no text that can be read. If it is a scan, it was left out.",
            "Pages %(pages)s have no text that can be read. If they are scans, they were left out.",
            count,
        ),
        "meaningless": ngettext(
            "The letters on page %(pages)s can't be read, because the file doesn't say what they mean. The page was"
            " left out; run the file through text recognition (OCR) to include it.",
            "The letters on pages %(pages)s can't be read, because the file doesn't say what they mean. The pages"
            " were left out; run the file through text recognition (OCR) to include them.",
            count,
        ),
        "damaged": ngettext(
            "Page %(pages)s could not be read, because the file is damaged there.",
            "Pages %(pages)s could not be read, because the file is damaged there.",
            count,
        ),
        "cut_off": ngettext(
            "The document is very long, so its last page, %(pages)s, was left out.",
            "The document is very long, so its last pages, %(pages)s, were left out.",
            count,
        ),
        "recognised": ngettext(
            "Page %(pages)s is a picture and was read by text recognition (OCR). Compare what was taken from it.",
            "Pages %(pages)s are pictures and were read by text recognition (OCR). Compare what was taken from them.",
            count,
        ),
    }
    return sentences[note.code] % {"pages": pages}


def listed(numbers: list[int], labels: list[str]) -> str:
    """Name pages by their labels, as in "3, 5 to 7 and 9"."""
    runs: list[list[str]] = []
    for (before, number), label in zip(pairwise([-1, *numbers]), labels, strict=True):
        if number == before + 1 and runs:
            runs[-1].append(label)
        else:
            runs.append([label])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(_("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]})
        else:
            parts += run
    if len(parts) == 1:
        return parts[0]
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(parts[:-1]), "last": parts[-1]}
