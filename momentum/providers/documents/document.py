"""Reads a PDF from its first page to its last, and says what it is called and what was left out."""

from __future__ import annotations

import time
from base64 import b64encode
from typing import TYPE_CHECKING, Final

import pypdfium2
import pypdfium2.raw as pdfium

from momentum.providers.documents import (
    Document,
    Note,
    NoteCode,
    OutlineEntry,
    Page,
    Reading,
)
from momentum.providers.documents.blocks import page_text
from momentum.providers.documents.callouts import mark_boxed
from momentum.providers.documents.crops import cropped
from momentum.providers.documents.headings import headings, tidy
from momentum.providers.documents.joining import Joiner, vocabulary
from momentum.providers.documents.labels import file_labels, printed_labels
from momentum.providers.documents.pages import Sheet, read_sheet
from momentum.providers.documents.paragraphs import blocks_of, is_footnote
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.running_headers import body_size, strip_furniture
from momentum.providers.documents.scans import recognised_sheet
from momentum.providers.documents.structure import block_of, structured
from momentum.providers.documents.titles import name_of, title_of
from momentum.providers.documents.visibility import Patience
from momentum.providers.documents.words import frame_of
from momentum.providers.language import detect_among
from momentum.providers.language.writing import count_words

if TYPE_CHECKING:
    from momentum.providers.documents.blocks import Block
    from momentum.providers.documents.paragraphs import TextBlock
    from momentum.providers.documents.recognition import RecognisedLine

type Recognised = dict[int, list[RecognisedLine]]

_PAGE_CHARACTERS: Final = 60_000
_ALL_CHARACTERS: Final = 12_000_000
_OUTLINE_ENTRIES: Final = 5_000
_FEWEST_WORDS: Final = 0.75  # a page, on average: fewer beside pictures are marks on scans
_OPENING: Final = 3  # pages that say what the document is about
_PAGE_WORDS: Final = 40  # at least, of a page that is a picture but for its margins
_READING: Final = 0.7  # of the time goes into reading pages; the rest is for what is made of them
_CROPPING: Final = 0.9  # of the time may have gone when figures are still cut out


def read_document(
    data: bytes, *, name: str, max_pages: int, seconds: float, recognised: Recognised | None = None
) -> Reading:
    """Read a PDF in this process. Files of strangers are not safe here: `pdf.read_pdf` is the door for them.

    Pages that it doesn't come to while this process has used less than `seconds` of a processor are left out.
    `recognised` are the lines of pages that are pictures, by the numbers of those.

    Raises:
        RefusedError: when the file can't be used.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        locked = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise RefusedError("encrypted" if getattr(error, "err_code", None) in locked else "broken") from error
    try:
        if count == 0:
            raise RefusedError("broken")
        if count > max_pages:
            raise RefusedError("too_many_pages", str(count))
        return _document(pdf, name, seconds, recognised or {})
    finally:
        pdf.close()


def _document(pdf: pypdfium2.PdfDocument, name: str, seconds: float, recognised: Recognised) -> Reading:
    sheets, missing = _printed(pdf, _READING * seconds, recognised)
    labels = printed_labels(file_labels(pdf), [sheet.lines for sheet in sheets])
    pages = strip_furniture([sheet.lines for sheet in sheets])
    detected = detect_among(["\n".join(line.text for line in lines) for lines in pages])
    joiner = Joiner(vocabulary(pages), detected.language)
    texts = [block for at, lines in enumerate(pages, 1) for block in blocks_of(at, lines, joiner)]
    body = body_size(pages)
    texts = [block for block in texts if not is_footnote(block, body)]
    mark_boxed(texts, {at: sheet.boxes for at, sheet in enumerate(sheets, 1)})
    _refuse_what_holds_nothing(pdf, texts, len(pages), meaningless="meaningless" in missing.values())
    found = headings(texts, _own_outline(pdf), body)
    opening = " ".join(block.text for block in texts if block.page <= _OPENING)
    title = title_of(_metadata_title(pdf), found.title, opening, name)
    count = sum(count_words(block.text) for block in texts)
    blocks = []
    for one in structured(texts, found, joiner):
        sheet = sheets[one.page - 1]
        blocks.append(block_of(one, sheet.frame, recognised=sheet.recognised))
    blocks, pictures = cropped(pdf, blocks, _CROPPING * seconds)
    by_page: list[list[Block]] = [[] for _ in pages]
    for block in blocks:
        by_page[block.page - 1].append(block)
    for at, held in enumerate(by_page, 1):
        if not held:
            missing.setdefault(at, "no_text")
        elif sheets[at - 1].recognised:
            missing.setdefault(at, "recognised")
    document = Document(
        title=title,
        name=name_of(title, name),
        language=detected.language,
        confidence=detected.confidence,
        pages=[
            Page(number=at, label=label, text=page_text(held))
            for at, (label, held) in enumerate(zip(labels, by_page, strict=True), 1)
        ],
        blocks=blocks,
        outline=found.outline,
        words=count,
        notes=_notes(missing, labels),
    )
    return Reading(document=document, pictures={name: b64encode(data) for name, data in pictures.items()})


def _refuse_what_holds_nothing(
    pdf: pypdfium2.PdfDocument, texts: list[TextBlock], pages: int, *, meaningless: bool
) -> None:
    count = sum(count_words(block.text) for block in texts)
    if count == 0 and meaningless:
        raise RefusedError("unreadable")
    if count == 0 or (count < _FEWEST_WORDS * pages and _has_pictures(pdf)):
        raise RefusedError("scanned", str(pages)) if _has_pictures(pdf) else RefusedError("empty")


def _printed(
    pdf: pypdfium2.PdfDocument, seconds: float, recognised: Recognised
) -> tuple[list[Sheet], dict[int, NoteCode]]:
    """Read page by page; say of which pages something is missing."""
    printed: list[Sheet] = []
    missing: dict[int, NoteCode] = {}
    left, patience = _ALL_CHARACTERS, Patience()
    for number in range(1, len(pdf) + 1):
        sheet = Sheet()
        if left <= 0 or time.process_time() > seconds:
            missing[number] = "cut_off"
        else:
            try:
                page = pdf[number - 1]
                sheet = read_sheet(page, min(_PAGE_CHARACTERS, left), patience)
                if number in recognised and _is_better(recognised[number], sheet):
                    sheet = recognised_sheet(recognised[number], frame_of(page))
                page.close()
            except pypdfium2.PdfiumError:
                missing[number] = "damaged"
            else:
                if sheet.meaningless:
                    missing[number] = "meaningless"
        left -= sum(len(line.text) for line in sheet.lines)
        printed.append(sheet)
    return printed, missing


def _is_better(lines: list[RecognisedLine], sheet: Sheet) -> bool:
    """Whether what was recognised is the text of the page, and not a few words in a figure on it."""
    if any(line.region is None for line in sheet.lines):
        return False
    return not sheet.lines or sum(count_words(line.text) for line in lines) >= _PAGE_WORDS


def _notes(missing: dict[int, NoteCode], labels: list[str]) -> list[Note]:
    notes = []
    for code in ("cut_off", "damaged", "meaningless", "no_text", "recognised"):
        pages = [page for page, why in sorted(missing.items()) if why == code]
        if pages:
            notes.append(Note(code=code, pages=pages, labels=[labels[page - 1] for page in pages]))
    return notes


def _own_outline(pdf: pypdfium2.PdfDocument) -> list[OutlineEntry]:
    entries: list[OutlineEntry] = []
    try:
        for bookmark in pdf.get_toc(max_depth=8):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = tidy(bookmark.get_title() or "")
            if index is not None and 0 <= index < len(pdf) and title:
                entries.append(OutlineEntry(level=max(bookmark.level, 0), title=title, page=index + 1))
            if len(entries) >= _OUTLINE_ENTRIES:
                break
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return []
    return entries


def _has_pictures(pdf: pypdfium2.PdfDocument) -> bool:
    for at in range(min(len(pdf), 5)):
        try:
            if any(True for _ in pdf[at].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
                return True
        except pypdfium2.PdfiumError:
            continue
    return False


def _metadata_title(pdf: pypdfium2.PdfDocument) -> str:
    try:
        return tidy(pdf.get_metadata_value("Title"))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""
