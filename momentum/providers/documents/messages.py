"""What a person is told about a file that can't be used, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.providers.documents import DocumentCode, DocumentError
from momentum.providers.documents.recognition import SCRIPTS

if TYPE_CHECKING:
    from momentum.providers.documents.formats import Foreign
    from momentum.providers.documents.limits import Limits
    from momentum.providers.documents.refusal import RefusedError


def denial(refused: RefusedError, name: str, limits: Limits) -> DocumentError:
    """Return what to raise for a file that people call `name`, in the language that is active."""
    name = name or _("The file")
    if refused.code == "unsupported":
        return DocumentError(refused.code, _foreign(cast("Foreign", refused.detail), name))
    return DocumentError(refused.code, _sentence(refused, limits) % {"name": name})


def _sentence(refused: RefusedError, limits: Limits) -> str:
    if refused.detail == "crashed":
        return _(
            "%(name)s could not be read: it is damaged, or unpacks to more than can be read here. Export it again, or "
            "split it."
        )
    if refused.detail == "limits":
        return _(
            "%(name)s takes more to read than is allowed here: {memory} MB of memory, {seconds} seconds of a "
            "processor. Split it, or save it with simpler pictures."
        ).format(memory=limits.memory // 2**20, seconds=limits.seconds)
    if refused.code == "scanned":
        return _("%(name)s holds only pictures of pages.") + " " + _recognition(refused.detail)
    sentences: dict[DocumentCode, str] = {
        "empty": _("%(name)s has no text in it. Choose a file with text."),
        "encrypted": _(
            "%(name)s is protected with a password or a copy lock. Save a copy without it and add that."
        ),
        "broken": _("%(name)s is damaged and can’t be read. Download or export it again."),
        "unreadable": _(
            "The letters of %(name)s can’t be read, because the file doesn’t say what they mean. Run it through text "
            "recognition (OCR) first."
        ),
        "too_large": _(
            "%(name)s is too large; the limit is {limit} MB. Split it, or save it with smaller pictures."
        ),
        "too_many_pages": ngettext(
            "%(name)s has {count} page, and the limit is {limit}. Split it into smaller files.",
            "%(name)s has {count} pages, and the limit is {limit}. Split it into smaller files.",
            int(refused.detail) if refused.code == "too_many_pages" else 2,
        ),
        "too_heavy": _(
            "%(name)s unpacks to more than can be read here. Split it, or save it with fewer pictures."
        ),
    }
    limit = limits.pages if refused.code == "too_many_pages" else limits.bytes // 2**20
    return sentences[refused.code].format(limit=limit, count=refused.detail)


def _recognition(found: str) -> str:
    if found == "nothing":
        return _(
            "Text recognition (OCR) found nothing that it can read on them; it reads {scripts}. Scan them anew, "
            "straight and sharp, or add a file with text."
        ).format(scripts=SCRIPTS)
    return _(
        "Run it through text recognition (OCR) first, or let whoever runs this platform switch that on: install "
        "momentum[ocr], and leave MOMENTUM_OCR on."
    )


def _foreign(foreign: Foreign, name: str) -> str:
    sentences: dict[Foreign, str] = {
        "word97": _("%(name)s is in the Word format of before 2007. Open it, save it as DOCX and add that."),
        "powerpoint97": _(
            "%(name)s is in the PowerPoint format of before 2007. Open it, save it as PPTX and add that."
        ),
        "spreadsheet": _("%(name)s is a spreadsheet. Save what matters in it as DOCX or PDF and add that."),
        "rtf": _("%(name)s is in RTF. Open it in a word processor, save it as DOCX and add that."),
        "opendocument": _(
            "%(name)s is in an OpenDocument format. Save it as DOCX, PPTX or PDF and add that."
        ),
        "apple": _(
            "%(name)s is in a format of Pages or Keynote. Export it as DOCX, PPTX or PDF and add that."
        ),
        "kindle": _("%(name)s is a book for Kindle. Choose its EPUB or PDF edition."),
        "picture": _("%(name)s is a picture. Put it into a PDF, or type its text, and add that."),
        "recording": _("%(name)s is a recording. Add its transcript as VTT, SRT or text."),
        "archive": _("%(name)s is an archive of files. Unpack it and add the documents that are in it."),
        "program": _("%(name)s is a program. Choose a document."),
        "web_archive": _("%(name)s is a web archive of Safari. Save the page as HTML or PDF and add that."),
        "data": _("%(name)s is in XML. Export it as HTML, DOCX or PDF and add that."),
        "unknown": _(
            "%(name)s is in a format that isn’t read here. Choose a PDF, DOCX, PPTX, EPUB, HTML, Markdown, text, VTT "
            "or SRT file."
        ),
    }
    return sentences[foreign] % {"name": name}
