"""The lesson page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson, LessonUpdate, Question, QuestionKind, Video
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import GoneError, NotFoundError
from momentum.core.json_rows import JSONRows
from momentum.learning.domain.updates import in_words
from momentum.learning.models import Answer, Certificate, Enrolment, Tick
from momentum.learning.permissions import (
    Visitor,
    can_open,
    enrolment_in,
    is_administrator,
    is_readable,
    shown_to,
)
from momentum.learning.queries.catalogue_lesson import catalogue_lesson
from momentum.learning.queries.progress import Begun, history_of, progress_in
from momentum.learning.queries.public_lesson import present_lesson, public_lesson
from momentum.learning.queries.questions import Attempt, Check
from momentum.learning.queries.syllabus import (
    LessonState,
    SyllabusRow,
    next_of,
    placed,
    refusal_in,
    rows,
    upcoming_of,
)

# What a number of a day fits into; no course has as many.
_DAY_AT_MOST = 32_000


class Updated(NamedTuple):
    """What changed in a lesson at a moment; `changes` are as `catalog.LessonUpdate` has them."""

    at: datetime
    changes: list[dict[str, Any]]

    @property
    def said(self) -> str:
        """In a few words."""
        return in_words(self.changes)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What was said, and what is said now; one of them is empty where there is none."""
        told = (change for change in self.changes if change["state"] != "checks")
        return [(change.get("was", ""), change.get("text", "")) for change in told]


@dataclass(frozen=True)
class LessonPage:
    """A lesson with all its parts, and what this visitor has done in it.

    `lesson.action_items`, `.resources`, `.questions` and `.sources` are loaded. `enrolment` is None for a
    preview and for an administrator, who have nothing to tick or complete. `answers` are the learner's last ones,
    by question. `updates` are what changed in it since they completed it, the newest first. `is_kept` says that the
    lesson is shared with other pages, and read only.
    """

    lesson: Lesson
    course: Course
    enrolment: Enrolment | None
    progress: Begun | None
    syllabus: list[SyllabusRow]
    ticked: frozenset[uuid.UUID]
    answers: dict[uuid.UUID, Attempt]
    updates: "list[Updated]"
    is_kept: bool
    again: uuid.UUID | None = None

    @property
    def checks(self) -> list[Check]:
        """Its questions, each with what this learner last answered; without it for the one to try `again`."""
        answers = {question: last for question, last in self.answers.items() if question != self.again}
        return [
            Check(question, answers.get(question.id), open=self.enrolment is not None)
            for question in self.lesson.questions.all()
        ]

    @property
    def asks_for_order(self) -> bool:
        """Whether something on the page can be put in order."""
        return any(question.kind == QuestionKind.ORDER for question in self.lesson.questions.all())

    @property
    def video(self) -> Video | None:
        return getattr(self.lesson, "video", None)

    @property
    def video_position(self) -> int:
        """Where the learner left off in the video, in seconds."""
        return self.progress.video_position if self.progress else 0

    @property
    def is_complete(self) -> bool:
        return self.progress is not None and self.progress.is_complete

    @property
    def finished_course(self) -> bool:
        """Whether it was this lesson that finished the course."""
        done = self.progress.completed_at if self.progress else None
        return done is not None and self.enrolment is not None and self.enrolment.completed_at == done

    @property
    def certificate(self) -> Certificate | None:
        """What says that the course was finished; one query."""
        return getattr(self.enrolment, "certificate", None)

    @property
    def previous(self) -> SyllabusRow | None:
        """The lesson of the day before, whether it is open or not."""
        return next((row for row in reversed(self.syllabus) if row.day < self.lesson.day), None)

    @property
    def next(self) -> SyllabusRow | None:
        """The lesson of the day after, whether it is open or not."""
        return next((row for row in self.syllabus if row.day > self.lesson.day), None)

    @property
    def to_do(self) -> SyllabusRow | None:
        """The lesson of the course to do now, which may be this one."""
        return next_of(self.syllabus)

    @property
    def upcoming(self) -> SyllabusRow | None:
        """The lesson that is next once its day has come, where there is nothing to do now."""
        return upcoming_of(self.syllabus)

    @property
    def done(self) -> int:
        return sum(row.state == LessonState.DONE for row in self.syllabus)

    @property
    def total(self) -> int:
        return len(self.syllabus)


def lesson_page(*, user: Visitor, slug: str, day: int, again: uuid.UUID | None = None) -> LessonPage:
    """Gather the lesson of this day of this course: the learner's own in one statement.

    What everybody sees is kept while the course stands in the catalogue; whether this visitor may see it is decided
    here, by their own rows. Administrators see the lesson as it is now.

    Args:
        user: who wants to read it.
        slug: the course's.
        day: the lesson's.
        again: the question to ask anew.

    Raises:
        NotFoundError: when there is no such lesson for this visitor.
        SignInRequiredError, ForbiddenError: as `permissions.require_open`.
    """
    is_admin = is_administrator(user)
    known = None if is_admin else public_lesson(slug, day)
    is_kept = known is not None
    known = known or present_lesson(_found(user, slug, day), drafts=is_admin)
    lesson = known.lesson
    enrolment = _place_in(user, lesson)
    mine: dict[str, Any] = vars(enrolment) if enrolment else {}
    history = history_of(mine.get("progress", ()))
    lessons = placed(known.lessons, history)
    if error := refusal_in(lesson.course, lessons, user, enrolment, lesson=lesson.pk, is_admin=is_admin):
        raise error
    return LessonPage(
        lesson=lesson,
        course=lesson.course,
        enrolment=enrolment,
        progress=history.get(str(lesson.pk)),
        syllabus=rows(lesson.course, lessons, user, enrolment, is_admin=is_admin),
        # Ticks of what was removed since are kept, and don't count here.
        ticked=frozenset(mine.get("ticked", ())) & {item.id for item in lesson.action_items.all()},
        answers=dict(map(_attempt, mine.get("answers", ()))),
        updates=_updates(mine.get("updates", ()), history.get(str(lesson.pk))),
        is_kept=is_kept,
        again=again,
    )


def _place_in(user: Visitor, lesson: Lesson) -> Enrolment | None:
    """Return the visitor's place in the lesson's course, with all that is theirs in the course and the lesson."""
    if not isinstance(user, User):
        return None
    return _place.first(user=user.pk, course=lesson.course_id, lesson=lesson.pk)


def _found(user: Visitor, slug: str, day: int) -> Lesson:
    """Return the lesson as this visitor is shown it, which may be of an older edition."""
    lesson = _lesson.first(slug=slug, day=day)
    if lesson and (lesson.course.is_published or is_administrator(user)):
        return lesson
    course = lesson.course if lesson else Course.objects.with_category().filter(slug=slug).first()
    kept = course.kept if course and not is_administrator(user) else None
    if course and kept:
        lesson = kept.lesson(course, day=day)
    if lesson:
        return lesson
    if course and 1 <= day <= _DAY_AT_MOST and _is_in(user, course):
        # A link in a mail, or a bookmark, of before the course became shorter.
        sentence = _("Day %(day)d isn’t part of this course now. Here are all its lessons.") % {"day": day}
        instead = reverse("learning:course", args=[slug])
        raise GoneError(sentence, code="lesson_gone", data={"course": slug, "instead": instead})
    raise NotFoundError


def _is_in(user: Visitor, course: Course) -> bool:
    """Say whether somebody has a place in the course, or had one and may still see it."""
    if enrolment := enrolment_in(user, course):
        return is_readable(course, enrolment)
    if not isinstance(user, User) or not course.is_visible:
        return False
    return Enrolment.objects.filter(user=user, course=course).exists()


def lesson_for(user: Visitor, lesson_id: uuid.UUID) -> Lesson:
    """Return the lesson with this id as this visitor is shown it; whether they may open it is asked elsewhere.

    Raises:
        NotFoundError: when there is none, or it isn't part of what they are shown.
    """
    lesson = None if is_administrator(user) else catalogue_lesson(lesson_id)
    lesson = lesson or _by_id.first(lesson=lesson_id)
    shown = shown_to(user, lesson) if lesson else None
    if shown is None:
        raise NotFoundError
    return shown


def question_for(user: Visitor, question_id: uuid.UUID) -> Question:
    """Return the question with this id, with its lesson, as this visitor is shown it; raises as `lesson_for`."""
    question = _question.first(question=question_id)
    shown = shown_to(user, question.lesson) if question else None
    if question is None or shown is None:
        raise NotFoundError
    if shown is question.lesson and not question.removed:
        return question
    if shown is not question.lesson:
        for kept in shown.questions.all():
            if kept.pk == question_id:
                return kept
    if not can_open(user, shown):
        raise NotFoundError
    sentence = _("This question isn’t part of the lesson any more. Your earlier answers are kept.")
    instead = reverse("learning:lesson", args=[shown.course.slug, shown.day])
    raise GoneError(sentence, code="question_gone", data={"instead": instead})


def _updates(rows: Sequence[dict[str, Any]], progress: Begun | None) -> list[Updated]:
    done = progress.completed_at if progress else None
    if done is None:
        return []
    told = [Updated(datetime.fromisoformat(row["update__published_at"]), row["changes"]) for row in rows]
    return [one for one in told if one.at > done]


def _attempt(answer: dict[str, Any]) -> tuple[uuid.UUID, Attempt]:
    at = datetime.fromisoformat(answer["at"])
    return uuid.UUID(answer["question_id"]), Attempt(answer["given"], answer["right"], at)


@compiled
def _lesson(slug: Slot, day: Slot) -> QuerySet[Lesson]:
    return Lesson.objects.filter(course__slug=slug, day=day).select_related("course__category", "video")[:1]


@compiled
def _by_id(lesson: Slot) -> QuerySet[Lesson]:
    return Lesson.everything.filter(pk=lesson).select_related("course__category", "video")


@compiled
def _question(question: Slot) -> QuerySet[Question]:
    return Question.everything.filter(pk=question).select_related("lesson__course__category")


@compiled
def _place(user: Slot, course: Slot, lesson: Slot) -> QuerySet[Enrolment]:
    """With the learner's `progress` in the course, and of this lesson `ticked`, their `answers`, and its `updates`."""
    ticks = Tick.objects.filter(user=user, action_item__lesson=lesson).values("action_item_id")
    answers = Answer.objects.filter(user=user, question__lesson=lesson).latest_each()
    updates = LessonUpdate.objects.filter(lesson=lesson).order_by("-update__published_at")
    return (
        Enrolment.objects.current()
        .filter(user=user, course=course)
        .annotate(
            progress=JSONRows(progress_in(course, user)),
            updates=JSONRows(updates.values("changes", "update__published_at")),
            ticked=ArraySubquery(ticks),
            answers=JSONRows(answers.values("question_id", "given", "right", "at")),
        )[:1]
    )
