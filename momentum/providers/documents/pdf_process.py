"""Reads one PDF from standard input in a process of its own, and prints the Document as JSON.

pdfium is native code that is fed strangers' files: a file that makes it loop, crash or fill the memory
must take down nothing but this process. Run by `momentum.providers.documents.pdf`, never by hand.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from typing import NoReturn

import pypdfium2
import pypdfium2.raw as pdfium

from momentum.providers.documents import Document, Note, NoteCode, OutlineEntry, Page
from momentum.providers.documents.furniture import body_size, strip_furniture
from momentum.providers.documents.headings import headings, tidy
from momentum.providers.documents.joining import Joiner, vocabulary
from momentum.providers.documents.lines import Line
from momentum.providers.documents.pages import read_sheet
from momentum.providers.documents.paragraphs import blocks_of, is_footnote
from momentum.providers.documents.titles import name_of, title_of
from momentum.providers.documents.visibility import Patience
from momentum.providers.language import detect_among
from momentum.providers.language.writing import count_words

PAGE_CHARACTERS = 60_000
ALL_CHARACTERS = 12_000_000
OUTLINE_ENTRIES = 5_000
FEWEST_WORDS = 0.75  # a page, on average: fewer beside pictures are marks on scans
DENIED = 3  # exit code when standard output holds a code instead of a document


def main(name: str, max_pages: int, memory: int, seconds: int) -> None:
    """Read standard input, write the document to standard output."""
    with contextlib.suppress(ValueError, OSError):  # macOS does not bound address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        }
        _deny("encrypted" if locked else "broken")
    if count == 0:
        _deny("broken")
    if count > max_pages:
        _deny("too_many_pages", str(count))
    sys.stdout.write(_document(pdf, name, seconds).model_dump_json())
    pdf.close()


def _deny(code: str, detail: str = "") -> NoReturn:
    sys.stdout.write(json.dumps({"code": code, "detail": detail}))
    sys.stdout.flush()
    sys.exit(DENIED)


def _document(pdf: pypdfium2.PdfDocument, name: str, seconds: int) -> Document:
    notes: list[Note] = []
    labels = _labels(pdf)
    printed = _printed(pdf, labels, notes, 0.7 * seconds)
    pages = strip_furniture(printed)
    detected = detect_among(["\n".join(line.text for line in lines) for lines in pages])
    joiner = Joiner(vocabulary(pages), detected.language)
    blocks = [block for at, lines in enumerate(pages, 1) for block in blocks_of(at, lines, joiner)]
    body = body_size(pages)
    blocks = [block for block in blocks if not is_footnote(block, body)]
    outline, shown = headings(blocks, _own_outline(pdf), body)
    texts: list[list[str]] = [[] for _ in pages]
    for block in blocks:
        texts[block.page - 1].append(block.text)
    count = sum(count_words(block.text) for block in blocks)
    told = {page for note in notes for page in note.pages}
    if count == 0 and any(note.code == "meaningless" for note in notes):
        _deny("unreadable")
    if count == 0 or (count < FEWEST_WORDS * len(pages) and _has_pictures(pdf)):
        _deny("scanned" if _has_pictures(pdf) else "empty")
    bare = [at for at, text in enumerate(texts, 1) if not text and at not in told]
    notes += [_note("no_text", bare, labels)] if bare else []
    opening = " ".join(" ".join(text) for text in texts[:3])
    title = title_of(_metadata_title(pdf), shown, opening, name)
    return Document(
        title=title,
        name=name_of(title, name),
        language=detected.language,
        confidence=detected.confidence,
        pages=[
            Page(number=at, label=label, text="\n\n".join(text))
            for at, (label, text) in enumerate(zip(labels, texts, strict=True), 1)
        ],
        outline=outline,
        words=count,
        notes=notes,
    )


def _printed(
    pdf: pypdfium2.PdfDocument, labels: list[str], notes: list[Note], seconds: float
) -> list[list[Line]]:
    printed: list[list[Line]] = []
    left, patience = ALL_CHARACTERS, Patience()
    damaged: list[int] = []
    cut_off: list[int] = []
    meaningless: list[int] = []
    for at in range(len(pdf)):
        lines: list[Line] = []
        if left > 0 and time.process_time() < seconds:
            try:
                page = pdf[at]
                sheet = read_sheet(page, min(PAGE_CHARACTERS, left), patience)
                lines = sheet.lines
                if sheet.meaningless:
                    meaningless.append(at + 1)
                page.close()
            except pypdfium2.PdfiumError:
                damaged.append(at + 1)
        else:
            cut_off.append(at + 1)
        left -= sum(len(line.text) for line in lines)
        printed.append(lines)
    notes += [_note("cut_off", cut_off, labels)] if cut_off else []
    notes += [_note("meaningless", meaningless, labels)] if meaningless else []
    notes += [_note("damaged", damaged, labels)] if damaged else []
    return printed


def _own_outline(pdf: pypdfium2.PdfDocument) -> list[OutlineEntry]:
    entries: list[OutlineEntry] = []
    try:
        for bookmark in pdf.get_toc(max_depth=8):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = tidy(bookmark.get_title() or "")
            if index is not None and 0 <= index < len(pdf) and title:
                entries.append(OutlineEntry(level=max(bookmark.level, 0), title=title, page=index + 1))
            if len(entries) >= OUTLINE_ENTRIES:
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


def _note(code: NoteCode, pages: list[int], labels: list[str]) -> Note:
    return Note(code=code, pages=pages, labels=[labels[page - 1] for page in pages])


def _labels(pdf: pypdfium2.PdfDocument) -> list[str]:
    """What is printed on each page according to the file, or else its number."""
    return [tidy(pdf.get_page_label(at) or "") or str(at + 1) for at in range(len(pdf))]


def _metadata_title(pdf: pypdfium2.PdfDocument) -> str:
    try:
        return tidy(pdf.get_metadata_value("Title"))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
