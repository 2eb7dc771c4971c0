import json
from pathlib import Path

import pytest

from momentum.providers.documents import Document, DocumentError, Note
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.notes import sentence
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.documents.reading import read
from tests.providers import pdfs
from tests.providers.prose import CHAPTERS

pytestmark = pytest.mark.thorough


def refused(data: bytes | Path, **limits: int) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(data, name="notes.pdf", limits=Limits(**limits))
    return caught.value


def test_a_handbook_is_read_with_its_title_and_table_of_contents() -> None:
    document = read_pdf(pdfs.handbook(), name="handbook.pdf").document

    assert document.title == "A Handbook of Bees"
    assert [entry.title for entry in document.outline] == [
        f"{number}. {name}" for number, name in enumerate(CHAPTERS, 1)
    ]
    assert document.outline[0].page == 2
    assert document.notes == []
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))


def test_headings_are_found_by_their_looks_when_the_file_has_no_table_of_contents() -> None:
    with_outline = read_pdf(pdfs.handbook(), name="a.pdf").document
    without = read_pdf(pdfs.handbook(outline=False), name="a.pdf").document

    assert [(e.title, e.page) for e in without.outline] == [(e.title, e.page) for e in with_outline.outline]


def test_running_headers_footers_and_page_numbers_are_taken_off() -> None:
    document = read_pdf(pdfs.handbook(), name="a.pdf").document

    text = "\n".join(page.text for page in document.pages[1:])
    assert "Page 2" not in text
    assert "A Handbook of Bees" not in text
    assert text.startswith("1. Choosing a Place\n\nA hive does best")


def test_every_paragraph_is_one_block_with_its_words_apart() -> None:
    document = read_pdf(pdfs.handbook(), name="a.pdf").document

    blocks = document.pages[1].text.split("\n\n")
    assert CHAPTERS["Choosing a Place"][0] in blocks
    assert CHAPTERS["Meeting the Colony"][1] in blocks


def test_words_stand_apart_where_white_was_printed_and_nowhere_else() -> None:
    document = read_pdf(pdfs.kerned(), name="a.pdf").document

    assert document.pages[0].text == "Bash has indexed and associative arrays, given by name."


def test_who_wrote_it_is_no_heading_and_neither_is_a_line_of_its_contents() -> None:
    document = read_pdf(pdfs.covered(), name="a.pdf").document

    assert document.title == "The Hive Manual"
    assert [entry.title for entry in document.outline] == list(CHAPTERS)


def test_lists_and_steps_keep_their_marks() -> None:
    document = read_pdf(pdfs.handbook(), name="a.pdf").document

    blocks = "\n\n".join(page.text for page in document.pages).split("\n\n")
    assert "• a smoker with dry fuel and matches" in blocks
    assert "2. Strain the honey through a fine cloth." in blocks


def test_a_word_broken_over_two_lines_is_joined_and_a_compound_keeps_its_hyphen() -> None:
    document = read_pdf(pdfs.hyphenated(), name="a.pdf").document

    assert "every inspection begins" in document.pages[0].text
    assert "as a well-known garden" in document.pages[0].text


def test_the_left_column_is_read_before_the_right_one() -> None:
    document = read_pdf(pdfs.two_columns(), name="a.pdf").document

    text = " ".join(" ".join(page.text.split()) for page in document.pages)
    places = [text.index(paragraphs[0][:50]) for paragraphs in CHAPTERS.values()]
    assert places == sorted(places)
    assert CHAPTERS["Choosing a Place"][1] in text


def test_a_document_survives_json() -> None:
    document = read_pdf(pdfs.handbook(), name="a.pdf").document

    assert Document.model_validate(json.loads(document.model_dump_json())) == document


def test_a_path_reads_like_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "essay.pdf"
    file.write_bytes(pdfs.essay())

    assert read_pdf(file, name="essay.pdf").document == read_pdf(pdfs.essay(), name="essay.pdf").document


def test_a_nameless_document_is_called_after_its_file() -> None:
    document = read_pdf(pdfs.essay(), name="keeping_bees.pdf").document

    assert (document.title, document.name) == ("", "Keeping bees")


def test_words_are_those_of_all_pages() -> None:
    document = read_pdf(pdfs.short(), name="a.pdf").document

    assert document.words == sum(len(text.split()) for text in CHAPTERS["Opening the Hive"])


def test_pages_that_are_only_pictures_are_named_in_a_note() -> None:
    document = read_pdf(pdfs.partly_scanned(), name="a.pdf").document

    assert document.pages[2].text == ""
    assert document.notes == [Note(code="no_text", pages=[2, 3], labels=["2", "3"])]
    assert sentence(document.notes[0]) == (
        "Pages 2 and 3 have no text that can be read. If they are scans, they were left out."
    )


def test_a_password_is_asked_to_be_taken_off() -> None:
    error = refused(pdfs.encrypted())

    assert error.code == "encrypted"
    assert error.message == (
        "notes.pdf is protected with a password or a copy lock. Save a copy without it and add that."
    )


def test_scanned_pages_only_are_refused_with_what_to_do() -> None:
    error = refused(pdfs.scanned())

    assert error.code == "scanned"
    assert "text recognition" in error.message


def test_nothing_at_all_and_empty_pages_are_refused_as_empty() -> None:
    assert refused(b"").code == "empty"
    assert refused(pdfs.empty_pages()).code == "empty"


@pytest.mark.parametrize("kept", [0.02, 0.1])
def test_a_file_cut_off_is_refused_as_broken(kept: float) -> None:
    whole = pdfs.handbook()

    assert refused(whole[: int(kept * len(whole))]).code in {"broken", "empty"}


def test_noise_behind_a_pdf_mark_is_refused_as_broken() -> None:
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 40).code == "broken"


def test_too_many_bytes_and_too_many_pages_are_refused_with_the_limit() -> None:
    data = pdfs.empty_pages(12)

    too_large = refused(data, bytes=1024)
    too_many = refused(data, pages=10)

    assert too_large.code == "too_large"
    assert (too_many.code, too_many.message) == (
        "too_many_pages",
        "notes.pdf has 12 pages, and the limit is 10. Split it into smaller files.",
    )


def test_a_page_that_unpacks_to_very_much_harms_only_its_own_process() -> None:
    assert refused(pdfs.bomb()).code == "broken"


def test_a_name_with_odd_characters_is_only_a_name() -> None:
    document = read_pdf(pdfs.short(), name="--help; $(rm -rf) \0 {x}.pdf").document

    assert document.words > 100
