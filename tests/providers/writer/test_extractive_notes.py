import re

import pytest

from momentum.providers.documents import Document
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.writer import CourseRequest, LessonBrief, LessonDraft, SourceSpan, get_writer
from momentum.providers.writer.extractive.review_notes import read_note
from tests.providers import pdfs

pytestmark = pytest.mark.thorough

WRITER = get_writer("extractive")
REQUEST = CourseRequest(days=3)


@pytest.fixture(scope="module")
def document() -> Document:
    return read_pdf(pdfs.handbook(), name="handbook.pdf").document


@pytest.fixture(scope="module")
def brief(document: Document) -> LessonBrief:
    outline = WRITER.outline(REQUEST, [document]).value
    return WRITER.briefs(REQUEST, outline, [document]).value[1]


@pytest.fixture(scope="module")
def first(document: Document, brief: LessonBrief) -> LessonDraft:
    return WRITER.lesson(REQUEST, brief, [document]).value


def again(document: Document, brief: LessonBrief, first: LessonDraft, note: str) -> LessonDraft:
    return WRITER.lesson(REQUEST, brief, [document], note=note, previous=first).value


def told(lesson: LessonDraft) -> list[str]:
    return [s.text for section in lesson.sections for s in section.sentences if s.support != "linking"]


def words(lesson: LessonDraft) -> int:
    return sum(len(text.split()) for text in told(lesson))


def test_shorter_is_shorter(document: Document, brief: LessonBrief, first: LessonDraft) -> None:
    lesson = again(document, brief, first, "Shorter, please")

    assert words(lesson) < 0.75 * words(first)
    assert lesson.title == first.title


def test_a_note_gives_another_choice_every_time_the_same(document: Document) -> None:
    request = CourseRequest(days=1)
    outline = WRITER.outline(request, [document]).value
    [whole] = WRITER.briefs(request, outline, [document]).value
    first = WRITER.lesson(request, whole, [document]).value

    lesson = again(document, whole, first, "try something different")

    assert set(told(lesson)) != set(told(first))
    assert lesson == again(document, whole, first, "try something different")


def test_where_everything_is_told_there_is_no_other_choice_and_that_is_said(
    document: Document, brief: LessonBrief, first: LessonDraft
) -> None:
    lesson = again(document, brief, first, "try something different")

    assert told(lesson) == told(first)
    assert "All that these pages say is in the lesson, so there is no other text to choose." in lesson.notes


def test_a_day_that_is_too_long_leaves_out_whole_paragraphs_and_says_which(document: Document) -> None:
    request = CourseRequest(days=1)
    outline = WRITER.outline(request, [document]).value
    [whole] = WRITER.briefs(request, outline, [document]).value

    lesson = WRITER.lesson(request, whole, [document]).value

    assert 800 <= lesson.words <= 1000
    [note] = [note for note in lesson.notes if note.startswith("Left out")]
    assert re.search(r"\d+ paragraphs \(pages \d", note)
    paragraphs = {block.text for block in document.blocks}
    for block in (block for section in lesson.sections for block in section.blocks):
        assert len(block.sentences) > 1 or block.sentences[0].text in paragraphs


def test_what_cannot_be_followed_is_said(document: Document, brief: LessonBrief, first: LessonDraft) -> None:
    lesson = again(document, brief, first, "shorter, and make it rhyme")

    assert [note for note in lesson.notes if "rhyme" in note] == [
        "“make it rhyme” could not be followed: this writer only chooses from the reference and rewrites nothing."
    ]


def test_more_questions_are_asked_for(document: Document, brief: LessonBrief, first: LessonDraft) -> None:
    more = again(document, brief, first, "more questions")
    fewer = again(document, brief, first, "fewer questions")

    assert len(more.questions) > len(first.questions) > len(fewer.questions)


def test_a_focus_brings_its_subject_and_a_missing_one_is_said(
    document: Document, brief: LessonBrief, first: LessonDraft
) -> None:
    missing = again(document, brief, first, "focus on submarines")

    assert "The pages of this lesson say nothing about “submarines”." in missing.notes


def test_pages_that_a_person_chose_are_written_from(document: Document) -> None:
    brief = LessonBrief(
        day=1, title="Only page two", source=[SourceSpan(document=0, first_page=2, last_page=2)]
    )

    lesson = WRITER.lesson(REQUEST, brief, [document]).value

    assert {passage.page for passage in lesson.passages} == {2}


def test_a_note_is_understood_clause_by_clause() -> None:
    wish = read_note("shorter, more examples; focus on the queen and simpler", None)

    assert wish.length < 1
    assert wish.examples > 0
    assert wish.focus == ("the queen",)
    assert wish.simpler
    assert wish.unheard == ()


def test_no_note_wishes_nothing() -> None:
    assert read_note("", None) == read_note("   ", None)
    assert read_note("", None).length == 1.0
