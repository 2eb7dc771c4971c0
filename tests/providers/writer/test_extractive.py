import re
from collections.abc import Iterator

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.writer import (
    CourseRequest,
    LessonBrief,
    LessonDraft,
    Outline,
    Sentence,
    WriterError,
    Written,
    get_writer,
    most_days,
    proposed_days,
)
from tests.providers import pdfs
from tests.providers.prose import CHAPTERS

pytestmark = pytest.mark.thorough

WRITER = get_writer("extractive")
MAKERS = {
    "handbook": pdfs.handbook,
    "essay": pdfs.essay,
    "two columns": pdfs.two_columns,
    "manual": lambda: pdfs.manual(16),
}


def write(documents: list[Document], days: int = 7) -> tuple[Outline, list[LessonBrief], list[LessonDraft]]:
    request = CourseRequest(days=days)
    outline = WRITER.outline(request, documents).value
    briefs = WRITER.briefs(request, outline, documents).value
    return outline, briefs, [WRITER.lesson(request, brief, documents).value for brief in briefs]


def body(lesson: LessonDraft) -> list[Sentence]:
    return [s for section in lesson.sections for s in section.sentences]


def quoted(lesson: LessonDraft) -> Iterator[Sentence]:
    yield from (s for s in [*body(lesson), *lesson.key_points] if s.support != "linking")


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module", params=list(MAKERS))
def course(request: pytest.FixtureRequest) -> tuple[Document, Outline, list[LessonDraft]]:
    document = read_pdf(MAKERS[request.param](), name="source.pdf").document
    outline, _, lessons = write([document])
    return document, outline, lessons


@pytest.fixture(scope="module")
def handbook() -> Document:
    return read_pdf(pdfs.handbook(), name="handbook.pdf").document


# What is true of every course


def test_there_are_exactly_as_many_lessons_as_days_and_their_titles_differ(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    _, outline, lessons = course

    assert [lesson.day for lesson in outline.lessons] == list(range(1, 8))
    assert len({lesson.title for lesson in lessons}) == 7
    assert all(3 < len(lesson.title) < 110 for lesson in lessons)


def test_every_quoted_sentence_stands_word_for_word_on_the_page_it_names(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    document, _, lessons = course

    pages = {page.number: flat(page.text) for page in document.pages}
    for lesson in lessons:
        passages = {passage.number: passage for passage in lesson.passages}
        for sentence in quoted(lesson):
            passage = passages[sentence.passage or 0]
            assert sentence.support == "supported"
            assert flat(sentence.text) in flat(passage.text)
            # A paragraph that the end of its page cuts goes on, on the next.
            assert flat(passage.text) in f"{pages[passage.page]} {pages.get(passage.page + 1, '')}"


def test_no_sentence_is_told_twice_in_the_whole_course(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    _, _, lessons = course

    told = [sentence.text for lesson in lessons for sentence in body(lesson)]
    assert len(told) == len(set(told))


def test_key_points_and_summaries_are_said_in_their_lesson(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    _, _, lessons = course

    for lesson in lessons:
        told = {sentence.text for sentence in body(lesson)}
        assert {lesson.summary, *(point.text for point in lesson.key_points)} <= told


def test_no_heading_dangles_and_paragraphs_begin_with_what_can_stand_first(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    _, _, lessons = course

    for lesson in lessons:
        for section in lesson.sections:
            sentences = list(section.sentences)
            assert sum(len(s.text.split()) for s in sentences if s.support != "linking") >= 25
            assert all(any(s.support != "linking" for s in block.sentences) for block in section.blocks)
            running = [block for block in section.blocks if block.kind == "paragraph"]
            for sentence in (one for block in running for one in block.sentences):
                assert sentence.text[0].isupper()
                assert sentence.text[-1] in ".!?:”"


def test_a_lesson_is_the_text_of_the_source_whole_and_in_its_order(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    document, _, lessons = course

    text = flat(" ".join(page.text for page in document.pages))
    for lesson in lessons:
        assert all(sentence.support == "supported" for sentence in body(lesson))
        places = [text.find(flat(sentence.text)) for sentence in body(lesson)]
        assert -1 not in places
        assert places == sorted(places)
        assert not any("Left out" in note for note in lesson.notes)


def test_every_lesson_has_something_to_do_and_questions_with_a_right_answer(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    document, _, lessons = course

    text = flat(" ".join(page.text for page in document.pages)).casefold()
    for lesson in lessons:
        assert lesson.key_points
        assert 1 <= len(lesson.action_items) <= 2
        assert 2 <= len(lesson.questions) <= 5
        for question in lesson.questions:
            assert question.page is not None
            assert question.explanation
            if question.kind == "single" and question.prompt.startswith("Which description"):
                assert all(flat(choice).casefold() in text for choice in question.choices)


def test_the_notes_of_passages_are_numbered_from_one_and_each_is_used(
    course: tuple[Document, Outline, list[LessonDraft]],
) -> None:
    _, _, lessons = course

    for lesson in lessons:
        numbers = [passage.number for passage in lesson.passages]
        assert numbers == list(range(1, len(numbers) + 1))
        closing = [sentence for section in lesson.closing for sentence in section.sentences]
        assert {sentence.passage for sentence in [*quoted(lesson), *closing]} == set(numbers)


def test_all_answers_survive_json(course: tuple[Document, Outline, list[LessonDraft]]) -> None:
    _, outline, lessons = course

    assert Outline.model_validate_json(outline.model_dump_json()) == outline
    for lesson in lessons:
        assert LessonDraft.model_validate_json(lesson.model_dump_json()) == lesson


# What is true of single ones


def test_the_same_input_gives_the_same_course(handbook: Document) -> None:
    again = Document.model_validate_json(handbook.model_dump_json())

    assert write([handbook]) == write([again])


def test_chapters_become_lessons_in_sentence_case(handbook: Document) -> None:
    outline, briefs, _ = write([handbook], days=8)

    assert [lesson.title for lesson in outline.lessons] == [name[0] + name[1:].lower() for name in CHAPTERS]
    assert briefs[1].points == ["Meeting the colony"]
    assert outline.title == "A Handbook of Bees"


def test_a_standard_is_called_by_its_cover_and_its_lessons_by_their_chapters() -> None:
    document = read_pdf(pdfs.standard(), name="std-3.pdf").document

    outline, _, _lessons = write([document], days=8)

    assert document.title == "The Hive Standard"
    assert [lesson.title for lesson in outline.lessons] == [name[0] + name[1:].lower() for name in CHAPTERS]


def test_running_headers_never_reach_a_lesson(handbook: Document) -> None:
    _, _, lessons = write([handbook])

    told = " ".join(sentence.text for lesson in lessons for sentence in quoted(lesson))
    assert "Page " not in told
    assert "Handbook" not in told


def test_numbered_steps_become_a_question_about_their_order(handbook: Document) -> None:
    _, _, lessons = write([handbook], days=8)

    question = next(q for lesson in lessons for q in lesson.questions if q.kind == "order")
    assert [question.choices[place] for place in question.answer] == [
        "Warm the tank to the heat of a summer day.",
        "Strain the honey through a fine cloth.",
        "Fill the jars slowly to the brim.",
        "Close the lids while the room is dry.",
    ]


def test_a_definition_becomes_a_question_with_other_definitions_as_wrong_answers(handbook: Document) -> None:
    _, _, lessons = write([handbook], days=8)

    question = next(q for q in lessons[1].questions if q.prompt.startswith("Which description"))
    assert question.prompt == "Which description fits “colony”?"
    assert question.choices[question.answer[0]] == (
        "A family of one queen, several hundred drones and many thousands of workers."
    )


def test_front_matter_contents_and_index_are_left_out() -> None:
    chapters = CHAPTERS["Choosing a Place"] + CHAPTERS["Meeting the Colony"]
    text = "\n\n".join(["Contents", "Hives are listed here for the reader to find.", "Hives", *chapters])
    text += "\n\nIndex\n\nAbbots of the order kept bees in the old days of the land."
    document = Document.model_validate(
        {
            "title": "Hives",
            "pages": [{"number": 1, "text": text}],
            "outline": [{"level": 0, "title": title, "page": 1} for title in ("Contents", "Hives", "Index")],
            "words": 200,
        }
    )

    _, _, lessons = write([document], days=1)

    told = " ".join(sentence.text for sentence in quoted(lessons[0]))
    assert "Abbots" not in told
    assert "listed here" not in told


def test_a_source_that_is_too_short_is_refused_with_how_many_days_it_carries() -> None:
    document = read_pdf(pdfs.short(), name="short.pdf").document

    with pytest.raises(WriterError) as caught:
        WRITER.outline(CourseRequest(days=7), [document])

    assert (caught.value.code, caught.value.permanent, caught.value.usage) == ("source_too_short", True, [])
    assert "carry 1 lesson at most" in caught.value.message
    assert len(write([document], days=1)[2]) == 1


def test_no_reference_at_all_is_refused() -> None:
    with pytest.raises(WriterError) as caught:
        WRITER.outline(CourseRequest(days=7), [])

    assert caught.value.code == "no_references"


def test_a_table_or_code_only_source_is_refused() -> None:
    document = Document(
        title="Numbers", pages=[Page(number=1, text="Name\tAge\nAda\t36\n\n    x = 1")], words=6
    )

    with pytest.raises(WriterError, match="too little running text"):
        WRITER.outline(CourseRequest(days=1), [document])


def test_two_references_are_both_used_and_named() -> None:
    bees = read_pdf(pdfs.handbook(), name="a.pdf").document
    house = read_pdf(pdfs.manual(6), name="b.pdf").document

    outline, _, lessons = write([bees, house])

    assert {span.document for lesson in outline.lessons for span in lesson.source} == {0, 1}
    named = {passage.document for lesson in lessons for passage in lesson.passages}
    assert named == {"A Handbook of Bees", "The House Manual"}


def test_a_course_is_in_the_language_of_its_source_and_says_so_when_another_was_asked_for() -> None:
    text = (
        "Der Imker öffnet die Beute an einem warmen Tag und sieht nach den Waben. Die Bienen sind ruhig, "
        "weil der Rauch sie mit Honig füllt. Ein Volk besteht aus einer Königin und vielen Arbeiterinnen. "
    )
    paragraphs = [text.replace("Imker", f"Imker Nummer {n}").replace("Volk", f"Volk {n}") for n in range(12)]
    document = Document(title="Bienen", pages=[Page(number=1, text="\n\n".join(paragraphs))], words=400)

    asked: Written[Outline] = WRITER.outline(CourseRequest(days=1, language="de-AT"), [document])
    other: Written[Outline] = WRITER.outline(CourseRequest(days=1, language="en"), [document])

    assert (asked.value.language, other.value.language) == ("de-AT", "de")
    said = (
        "The course is in German, as the references are, and not in English: this writer does not translate."
    )
    assert said in other.notes
    assert said not in asked.notes


def test_pages_that_could_not_be_read_are_told_with_the_outline() -> None:
    document = read_pdf(pdfs.partly_scanned(), name="a.pdf").document

    written = WRITER.outline(CourseRequest(days=5), [document])

    assert any("Pages 2 and 3 have no text" in note for note in written.notes)


def test_a_long_manual_becomes_full_lessons() -> None:
    document = read_pdf(pdfs.manual(60), name="manual.pdf").document

    _, _, lessons = write([document])

    sizes = [sum(len(sentence.text.split()) for sentence in body(lesson)) for lesson in lessons]
    assert all(350 <= size <= 900 for size in sizes)
    assert [lesson.minutes for lesson in lessons] == [max(3, -(-size // 200)) for size in sizes]


def test_a_source_of_one_day_less_than_was_asked_for_ends_with_a_day_that_looks_back() -> None:
    document = read_pdf(pdfs.manual(18), name="manual.pdf").document
    days = proposed_days([document]) + 1

    outline, _, lessons = write([document], days=days)

    assert days > 4
    assert outline.lessons[-1].title == lessons[-1].title == "Looking back"
    assert not any("Looking back" in text for text in [outline.summary, *outline.outcomes])
    assert [section.heading for section in lessons[-1].sections] == [one.title for one in lessons[:-1]]
    told = {sentence.text for lesson in lessons[:-1] for sentence in body(lesson)}
    assert {sentence.text for sentence in body(lessons[-1])} <= told


def test_as_many_days_are_proposed_as_have_a_good_length_and_the_most_is_what_is_not_refused() -> None:
    document = read_pdf(pdfs.manual(24), name="manual.pdf").document

    proposed, most = proposed_days([document]), most_days([document])

    assert all(400 <= lesson.words <= 990 for lesson in write([document], days=proposed)[2])
    assert WRITER.outline(CourseRequest(days=most), [document]).value.lessons[-1].day == most
    with pytest.raises(WriterError, match=f"carry {most} lessons at most"):
        WRITER.outline(CourseRequest(days=most + 1), [document])


def test_a_document_without_running_text_makes_no_day() -> None:
    document = Document.model_validate(
        {"title": "T", "words": 2, "pages": [{"number": 1, "text": "One two."}]}
    )

    assert (proposed_days([document]), most_days([document])) == (0, 0)
