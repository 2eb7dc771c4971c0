"""What a course is worth is counted: a good one and a bad one from the same pages, and those of our own documents."""

from pathlib import Path

import pytest

from bench.writing import corpus, results
from bench.writing.corpus import SMALL, Source
from bench.writing.course import Course, write
from bench.writing.measures import Measured, measure
from bench.writing.report import table
from bench.writing.results import Result
from momentum.providers.documents import Document, OutlineEntry, Page
from momentum.providers.writer import (
    ActionItem,
    LessonBlock,
    LessonDraft,
    Outline,
    OutlineLesson,
    Passage,
    Question,
    Section,
    Sentence,
)

RISING = "A dough rises in two hours at 24 degrees [3]."
SALT = "Salt slows the yeast down (see section 4)."
STEAM = "Steam keeps the crust soft for ten minutes."
OVEN = "The oven is heated to 240 degrees for half an hour."
DOCUMENT = Document(
    title="Bread",
    name="Bread",
    pages=[
        Page(number=1, label="1", text=f"Dough\n\n{RISING} {SALT}"),
        Page(number=2, label="2", text=f"Baking\n\n{STEAM}\n\n{OVEN}"),
    ],
    outline=[OutlineEntry(level=0, title="Dough", page=1), OutlineEntry(level=0, title="Baking", page=2)],
    words=40,
)


def question(*choices: str, why: str) -> Question:
    return Question(kind="single", prompt="How long?", choices=list(choices), answer=[0], explanation=why)


def lesson(title: str, sentences: list[tuple[str, int]], **fields: object) -> LessonDraft:
    passages = [
        Passage(number=at, document="Bread", page=page, text=text)
        for at, (text, page) in enumerate(sentences, 1)
    ]
    said = [Sentence(text=text, passage=at, support="supported") for at, (text, _) in enumerate(sentences, 1)]
    block = LessonBlock(kind="paragraph", sentences=said)
    return LessonDraft.model_validate(
        {"title": title, "sections": [Section(heading=title, blocks=[block])], "passages": passages, **fields}
    )


def measured(*lessons: LessonDraft) -> Measured:
    days = [OutlineLesson(day=day, title=one.title) for day, one in enumerate(lessons, 1)]
    return measure(Course(DOCUMENT, Outline(title="Bread", lessons=days), list(lessons), 1.0, 2.0, 90.0))


def test_a_course_that_says_what_the_document_says_gets_all_there_is() -> None:
    good = lesson(
        "How a dough rises",
        [("A dough rises in two hours at 24 degrees.", 1), ("Salt slows the yeast down.", 1), (STEAM, 2), (OVEN, 2)],
        key_points=[Sentence(text=OVEN, passage=4, support="supported")],
        questions=[question("Two hours", "Ten minutes", why="“A dough rises in two hours at 24 degrees.”")],
        action_items=[ActionItem(text="Heat the oven to 240 degrees.")],
    )  # fmt: skip

    found = measured(good)

    shares = (found.found, found.pages, found.key_points, found.one_answer, found.answerable, found.titles)
    assert shares == (1, 1, 1, 1, 1, 1)
    assert (found.kept, found.headings, found.doable) == (pytest.approx(1, abs=0.2), None, 1)
    assert (found.dangling, found.repeated, found.seconds) == (0, 0, 3)


def test_a_sentence_may_have_lost_an_aside_and_nothing_else() -> None:
    page = Page(
        number=1, label="1", text="Rebuild it as described in Section 6.1 so that it can be sent to all."
    )
    document = Document(title="Bread", name="Bread", pages=[page], words=14)

    def share(text: str) -> float | None:
        days = [OutlineLesson(day=1, title="Sending")]
        written = lesson("Sending", [(text, 1)])
        return measure(Course(document, Outline(title="Bread", lessons=days), [written], 1.0, 2.0, 9.0)).found

    assert share("Rebuild it so that it can be sent to all.") == 1
    assert share("Rebuild it so that it can be lent to all.") == 0


def test_each_fault_of_a_course_is_counted() -> None:
    faulty = lesson(
        "Part 2",
        [("A dough rises in five hours at 24 degrees.", 1), (RISING, 2), (OVEN, 2), (OVEN, 2), (SALT, 1)],
        key_points=[Sentence(text=STEAM, passage=1, support="supported")],
        questions=[question("Two hours", "24 degrees", why="“A dough rises in two hours at 24 degrees.”")],
        action_items=[ActionItem(text="Read page 2.")],
    )

    found = measured(faulty)

    assert (found.found, found.pages) == (0.8, 0.75)
    assert (found.key_points, found.one_answer, found.titles, found.doable) == (0, 0, 0, 0)
    assert (found.dangling, found.repeated) == (1, 1)


@pytest.mark.thorough
@pytest.mark.parametrize("source", SMALL, ids=lambda source: source.name)
def test_the_built_in_writer_makes_courses_of_our_own_documents(
    source: Source, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("MOMENTUM_BENCH_HOME", str(tmp_path_factory.mktemp("bench")))

    found = measure(write(source, corpus.files([source])[source], writer="extractive"))

    assert found.found is not None
    assert found.found >= 0.98
    assert found.pages == 1
    assert found.kept is not None
    assert found.kept >= 0.95
    assert found.key_points in {1, None}  # bullets alone are no key points
    assert found.headings is None or found.headings > 0.9
    assert found.one_answer == 1
    assert found.answerable is not None
    assert found.answerable > 0.85
    assert (found.dangling, found.repeated, found.titles) == (0, 0, 1)


def test_what_was_measured_is_kept_with_its_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MOMENTUM_BENCH_HOME", str(tmp_path))
    figures = measured(lesson("Dough", [(RISING, 1)]))
    bread, aid, _ = SMALL

    results.put(bread, Result("abc123", figures, "### bread, day 1"))
    results.put(aid, Result("def456", "holds only pictures"))
    kept = results.get(SMALL)

    assert kept == {
        bread: Result("abc123", figures, "### bread, day 1"),
        aid: Result("def456", "holds only pictures"),
    }
    first, second = table(kept).splitlines()[2:]
    assert first.endswith("| abc123 |")
    assert "holds only pictures" in second
    assert first.count("|") == second.count("|")
