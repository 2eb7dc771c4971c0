"""Pages that are pictures, read by text recognition; the recogniser itself is an extra that tests do without."""

import pytest
from django.conf import settings

from momentum.providers.documents import DocumentError, Note, pdf
from momentum.providers.documents.blocks import Box
from momentum.providers.documents.document import read_document
from momentum.providers.documents.notes import sentence
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.documents.recognition import (
    RecognisedLine,
    RecognitionLimits,
    as_json,
    recognised_lines,
)
from tests.providers import pdfs


def line(
    text: str, top: float, *, high: float = 0.02, left: float = 0.1, right: float = 0.9
) -> RecognisedLine:
    return RecognisedLine(text=text, box=Box(left=left, top=top, right=right, bottom=top + high), score=0.98)


LINES = [
    line("Keeping bees", 0.08, high=0.034, right=0.4),
    line("A hive does best where the morning sun reaches its entrance ear-", 0.15),
    line("ly in the day, and where the ground is dry all the winter.", 0.1755, high=0.022, right=0.7),
    line("1. Open the hive with 12.5 kg of care.", 0.22, right=0.6),
    line("2. Close it.", 0.245, high=0.019, right=0.3),
]


def test_recognised_lines_become_blocks_that_say_so() -> None:
    document = read_document(
        pdfs.scanned(), name="scan.pdf", max_pages=9, seconds=1e6, recognised={1: LINES}
    ).document

    assert [(block.kind, block.mark, block.text) for block in document.blocks] == [
        ("heading", "", "Keeping bees"),
        (
            "paragraph",
            "",
            f"{LINES[1].text[:-1]}{LINES[2].text}",
        ),
        ("step", "1.", "Open the hive with 12.5 kg of care."),
        ("step", "2.", "Close it."),
    ]
    assert all(block.recognised for block in document.blocks)
    box = document.blocks[0].box
    assert box is not None
    assert (round(box.left, 2), round(box.top, 1), round(box.right, 2)) == (0.1, 0.1, 0.4)
    assert document.notes[-1] == Note(code="recognised", pages=[1], labels=["1"])
    assert sentence(document.notes[-1]) == (
        "Page 1 is a picture and was read by text recognition (OCR). Compare what was taken from it."
    )


def test_lines_survive_the_way_to_the_process_that_reads_the_file() -> None:
    assert recognised_lines(as_json({3: LINES})) == {3: LINES}


def test_only_pages_without_text_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def recognise(file: object, pages: list[int], limits: object) -> dict[int, list[RecognisedLine]]:
        asked.append(pages)
        return {2: LINES}

    monkeypatch.setattr(pdf, "limits_here", RecognitionLimits)
    monkeypatch.setattr(pdf, "recognise", recognise)

    document = read_pdf(pdfs.partly_scanned(), name="a.pdf").document

    assert asked == [[2, 3]]
    assert next(block.text for block in document.blocks if block.recognised) == "Keeping bees"
    assert {block.page for block in document.blocks if block.recognised} == {2}
    assert [(note.code, note.pages) for note in document.notes] == [("no_text", [3]), ("recognised", [2])]


def test_a_scan_is_refused_with_how_to_switch_recognition_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OCR", False)

    with pytest.raises(DocumentError) as refused:
        read_pdf(pdfs.scanned(), name="scan.pdf")

    assert refused.value.code == "scanned"
    assert "install momentum[ocr], and leave MOMENTUM_OCR on" in refused.value.message


def test_a_scan_on_which_nothing_is_found_is_refused_with_the_scripts_that_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "limits_here", RecognitionLimits)
    monkeypatch.setattr(pdf, "recognise", lambda file, pages, limits: {})

    with pytest.raises(DocumentError) as refused:
        read_pdf(pdfs.scanned(), name="scan.pdf")

    assert refused.value.code == "scanned"
    assert "it reads Latin letters, Chinese and Japanese" in refused.value.message
