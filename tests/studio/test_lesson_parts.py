"""Parts of a lesson: one section or question written again, and a new version accepted in part."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from momentum.catalog.actions import edit_lesson
from momentum.catalog.models import Course, Lesson
from momentum.core.errors import ConflictError, InvalidError
from momentum.providers.writer import LessonBlock, LessonDraft, Passage, Question, Section, Sentence, Written
from momentum.studio import actions
from momentum.studio.domain import lesson_parts
from momentum.studio.models import Job, Proposal
from tests.pages import main, titles
from tests.studio.scribe.writer import Scribe, draft
from tests.studio.working import work, work_on

type Start = Callable[..., actions.Started]


@pytest.fixture
def job(start: Start) -> Job:
    return work(start().job)


@pytest.fixture
def lesson(job: Job) -> Lesson:
    assert isinstance(job.course, Course)
    return job.course.lessons.get(day=1)


def _another(day: int) -> LessonDraft:
    """Another version: other words throughout, and a passage of another page under the same number."""
    said = Sentence(text="Spring tides are high.", passage=1, support="supported")
    return draft(day).model_copy(
        update={
            "title": "Springs and neaps",
            "summary": "High and low.",
            "sections": [
                Section(heading="Why & how", blocks=[LessonBlock(kind="paragraph", sentences=[said])])
            ],
            "key_points": [said],
            "questions": [Question(kind="single", prompt="When?", choices=["Twice", "Never"], answer=[0])],
            "passages": [Passage(number=1, document="Tides", page=9, text="Spring tides are high.")],
        }
    )


@pytest.fixture
def rewriting(scribe: Scribe, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From here on the scribe writes the other version, and its wishes are kept here."""
    wishes: list[str] = []

    def write(request: Any, brief: Any, references: Any, *, note: str = "", previous: Any = None) -> Any:
        wishes.append(note)
        return Written(value=_another(brief.day))

    monkeypatch.setattr(scribe, "lesson", write)
    return wishes


def _asked(admin: Any, lesson: Lesson, part: str = "") -> Proposal:
    return work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Higher", part=part))


def test_one_section_is_written_again_and_the_rest_stays(
    as_admin: Client, admin: Any, job: Job, lesson: Lesson, rewriting: list[str]
) -> None:
    before = (lesson.title, lesson.summary, list(lesson.key_points), titles_of(lesson))

    proposal = _asked(admin, lesson, "section-1")
    as_admin.post(f"/panel/studio/proposals/{proposal.pk}/", {"decision": "accept"})

    lesson.refresh_from_db()
    assert rewriting == ["Only the section “Why & how”: Higher"]
    assert "Spring tides are high." in lesson.content
    assert "The moon pulls the sea." not in lesson.content
    assert (lesson.title, lesson.summary, list(lesson.key_points), titles_of(lesson)) == before
    kept = job.lessons.get(day=1).written_draft()
    assert kept is not None
    assert {(passage.number, passage.page) for passage in kept.passages} == {(1, 3), (2, 4), (3, 9)}
    assert kept.sections[0].blocks[0].sentences[0].passage == 3


def test_one_question_is_replaced_by_another(admin: Any, lesson: Lesson, rewriting: list[str]) -> None:
    proposal = _asked(admin, lesson, "question-1")

    actions.accept_proposal(actor=admin, proposal=proposal)

    lesson.refresh_from_db()
    assert rewriting == ["Another question in the place of “Who pulls?”: Higher"]
    assert titles_of(lesson) == ["When?"]
    assert "The moon pulls the sea." in lesson.content


def test_a_writer_with_nothing_else_to_say_fails_in_words(admin: Any, lesson: Lesson) -> None:
    proposal = _asked(admin, lesson, "question-1")

    assert proposal.status == "failed"
    assert proposal.error.startswith("The writer came back with nothing else for this part.")


def test_a_part_that_was_edited_by_hand_is_not_written_over(admin: Any, lesson: Lesson) -> None:
    edit_lesson(actor=admin, lesson=lesson, content="<p>Mine.</p>")

    with pytest.raises(ConflictError):
        actions.regenerate_lesson(actor=admin, lesson=lesson, note="Higher", part="section-1")
    with pytest.raises(InvalidError):
        actions.regenerate_lesson(actor=admin, lesson=lesson, note="Higher", part="question-9")
    assert not Proposal.objects.exists()


def test_a_new_version_is_accepted_in_part(
    as_admin: Client, admin: Any, job: Job, lesson: Lesson, rewriting: list[str]
) -> None:
    content = lesson.content
    proposal = _asked(admin, lesson)
    path = f"/panel/studio/proposals/{proposal.pk}/"

    offered = [str(box["value"]) for box in main(as_admin.get(path)).select("input[name=part]")]
    nothing = as_admin.post(path, {"decision": "accept", "chosen": "yes"})
    as_admin.post(path, {"decision": "accept", "chosen": "yes", "part": ["title", "key_points"]})

    assert offered == ["title", "summary", "text", "key_points", "questions"]
    assert nothing.status_code == 422
    lesson.refresh_from_db()
    assert (lesson.title, lesson.summary) == ("Springs and neaps", "Today's tide.")
    assert lesson.content == content
    assert list(lesson.key_points) == ["Spring tides are high."]
    assert titles_of(lesson) == ["Who pulls?"]
    kept = job.lessons.get(day=1).written_draft()
    assert kept is not None
    assert [(point.text, point.passage) for point in kept.key_points] == [("Spring tides are high.", 3)]
    assert (
        "New version accepted."
        in titles(as_admin.get(f"/panel/studio/{job.pk}/days/1/"), "#messages .note")[0]
    )


def test_the_review_offers_the_whole_each_section_and_each_question(as_admin: Client, job: Job) -> None:
    page = as_admin.get(f"/panel/studio/{job.pk}/days/1/")

    assert titles(page, "#part option") == [
        "The whole lesson",
        "Section: Why & how",
        "Self-check: Who pulls?",
    ]


def test_parts_are_counted_from_one() -> None:
    assert lesson_parts.place_of("section-1", "section") == 0
    assert [
        lesson_parts.place_of(part, "section") for part in ("section-0", "question-1", "section-x", "")
    ] == [None] * 4


def titles_of(lesson: Lesson) -> list[str]:
    return [question.prompt for question in lesson.questions.all()]
