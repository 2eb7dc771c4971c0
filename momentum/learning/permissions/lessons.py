"""Asking the rule of one lesson, and saying in a sentence why it is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import models
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course, Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import DomainError, ForbiddenError, NotFoundError, SignInRequiredError
from momentum.learning.domain.calendar import local_date
from momentum.learning.models import Enrolment, Progress
from momentum.learning.permissions.places import premium_ended
from momentum.learning.permissions.rule import (
    Facts,
    Verdict,
    Visitor,
    has_premium,
    is_administrator,
    opens_on,
    verdict_on,
)
from momentum.ui.formats import weekday_day


@dataclass
class _Asked:
    """The facts about one lesson. What the learner did in the course is looked up when the rule reads it."""

    user: Visitor
    course: Course
    lesson: Lesson | None
    enrolment: Enrolment | None
    today: date

    @property
    def as_administrator(self) -> bool:
        return is_administrator(self.user)

    @cached_property
    def begun(self) -> bool:
        if self.enrolment and "begun" in vars(self.enrolment):
            return bool(vars(self.enrolment)["begun"])
        return Progress.objects.filter(user=self.user.pk, lesson=self.lesson).exists()

    @cached_property
    def waits(self) -> bool:
        # Nothing comes before a lesson that isn't shown; the rule ends before it asks.
        day = self.lesson.day if self.lesson else 0
        done = Progress.objects.completed().filter(user=self.user.pk).values("lesson_id")
        if kept := self.course.kept:
            earlier = [row.pk for row in kept.lessons(self.course) if row.day < day]
            before = Lesson.everything.filter(pk__in=earlier)
        else:
            before = Lesson.objects.published().filter(course_id=self.course.pk, day__lt=day)
        return before.exclude(pk__in=done).exists()


def can_open(user: Visitor, lesson: Lesson, *, at: datetime | None = None) -> bool:
    """Say whether this visitor may read this lesson; `refusal` says why not."""
    return refusal(user, lesson, enrolment_in(user, lesson.course), at=at) is None


def require_open(user: Visitor, lesson: Lesson, *, at: datetime | None = None) -> Enrolment | None:
    """Return the enrolment by which `user` reads this lesson; None for a preview or an administrator.

    Args:
        user: who wants to read it.
        lesson: with its course and category.
        at: when they do; now where omitted.

    Raises:
        NotFoundError: when it isn't published, which is nobody's business.
        SignInRequiredError: when nobody is signed in.
        ForbiddenError: when they aren't enrolled (`not_enrolled`), its day hasn't come (`not_open_yet`, with
            `data["opens_on"]`), or an earlier lesson of a course that is done in sequence is waiting
            (`lesson_ahead`). `data["course"]` is the course's slug.
    """
    is_user = isinstance(user, User)
    enrolment = _place_for.first(user=user.pk, course=lesson.course_id, lesson=lesson.pk) if is_user else None
    if error := refusal(user, lesson, enrolment, at=at):
        raise error
    return enrolment


def enrolment_in(user: Visitor, course: Course) -> Enrolment | None:
    """Return the enrolment that gives `user` access to the course, if there is one."""
    if not isinstance(user, User):
        return None
    return _place.first(user=user.pk, course=course.pk)


@compiled
def _place(user: Slot, course: Slot) -> "models.QuerySet[Enrolment]":
    return Enrolment.objects.current().filter(user=user, course=course)[:1]


@compiled
def _place_for(user: Slot, course: Slot, lesson: Slot) -> "models.QuerySet[Enrolment]":
    return with_begun(Enrolment.objects.current().filter(user=user, course=course), user, lesson)[:1]


def with_begun(
    places: "models.QuerySet[Enrolment]", user: Slot, lesson: Slot
) -> "models.QuerySet[Enrolment]":
    """Annotate places with whether the learner has `begun` the lesson, which `refusal` needn't look up then."""
    return places.annotate(begun=Exists(Progress.objects.filter(user=user, lesson=lesson)))


def refusal(
    user: Visitor, lesson: Lesson, enrolment: Enrolment | None, *, at: datetime | None = None
) -> DomainError | None:
    """Return what to raise when `user`, with this enrolment, opens this lesson; None when they may."""
    moment = at or timezone.now()
    today = local_date(user, moment) if isinstance(user, User) else moment.date()
    return refusal_for(_Asked(user, lesson.course, shown_to(user, lesson), enrolment, today))


def refusal_for(facts: Facts) -> DomainError | None:
    """Return what to raise when this lesson is opened; None where the rule says that it is open."""
    verdict = verdict_on(facts)
    return None if verdict == Verdict.OPEN else _REFUSALS[verdict](facts)


def shown_to(user: Visitor, lesson: Lesson) -> Lesson | None:
    """Return the lesson, with its course, as this visitor is shown it; None where it isn't part of what they are.

    One of a kept edition comes with all its parts.
    """
    kept = None if is_administrator(user) else lesson.course.kept
    if kept is None:
        return None if lesson.removed else lesson
    return kept.lesson(lesson.course, pk=lesson.pk)


def _not_enrolled(facts: Facts) -> ForbiddenError:
    course = facts.course
    if course.access == Access.PAID:
        sentence = _("Buy the course to read this lesson.")
    elif course.access == Access.PREMIUM and not has_premium(facts.user):
        sentence = _("Get premium to read this lesson.")
    else:
        sentence = _("Enrol in the course to read this lesson.")
    return ForbiddenError(sentence, code="not_enrolled", data={"course": course.slug})


def _not_open_yet(facts: Facts) -> ForbiddenError:
    opens, day = opens_on(facts) or facts.today, facts.lesson.day if facts.lesson else 1
    said = {"course": facts.course.slug, "opens_on": opens.isoformat()}
    return ForbiddenError(_opening(day, opens, facts.today), code="not_open_yet", data=said)


def _opening(day: int, opens: date, today: date) -> str:
    if opens == today + timedelta(days=1):
        return _("Day %(day)d opens tomorrow.") % {"day": day}
    return _("Day %(day)d opens on %(date)s.") % {"day": day, "date": weekday_day(opens)}


def _lesson_ahead(facts: Facts) -> ForbiddenError:
    return ForbiddenError(
        _("Lessons in this course are done in order. Complete the earlier lessons first."),
        code="lesson_ahead",
        data={"course": facts.course.slug},
    )


_REFUSALS: dict[Verdict, Callable[[Facts], DomainError]] = {
    Verdict.NOT_FOUND: lambda _facts: NotFoundError(),
    Verdict.SIGN_IN_FIRST: lambda _facts: SignInRequiredError(_("Sign in and enrol to read this lesson.")),
    Verdict.NOT_ENROLLED: _not_enrolled,
    Verdict.PREMIUM_ENDED: lambda facts: premium_ended(facts.course),
    Verdict.NOT_OPEN_YET: _not_open_yet,
    Verdict.LESSON_AHEAD: _lesson_ahead,
}
