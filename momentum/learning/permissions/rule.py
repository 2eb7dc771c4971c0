"""The rule by which a lesson is open or closed: one list of conditions, asked of objects and of the database alike.

`RULE` is read from the top, and the first condition that holds decides. Each condition is stated twice, one form
beside the other: `here` for facts that are loaded, `there` as a `Q` for a query over lessons. What they are combined
to, and in which order, is stated once. `tests/learning/test_access_rule.py` holds the forms against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, TruncDate
from django.db.models.lookups import GreaterThan

from momentum.accounts.models import Role, User
from momentum.catalog.models import Access, Course, CourseStatus, Lesson, LessonStatus, Rhythm
from momentum.learning.domain.calendar import local_date, opening_date
from momentum.learning.models import Enrolment, Progress

type Visitor = User | AnonymousUser


class Verdict(StrEnum):
    """Whether a lesson is open to a visitor, or why it isn't."""

    OPEN = "open"
    NOT_FOUND = "not_found"
    SIGN_IN_FIRST = "sign_in_first"
    NOT_ENROLLED = "not_enrolled"
    PREMIUM_ENDED = "premium_ended"
    NOT_OPEN_YET = "not_open_yet"
    LESSON_AHEAD = "lesson_ahead"


class LessonFacts(Protocol):
    """What is asked of a lesson."""

    @property
    def day(self) -> int: ...

    @property
    def preview(self) -> bool: ...

    @property
    def status(self) -> str: ...


class Facts(Protocol):
    """What is known when one lesson is asked for; `begun` and `waits` are read only where they decide.

    `lesson` is None where it isn't part of what the visitor is shown; `enrolment` is a place that wasn't given up;
    `today` is the date in the visitor's calendar. `begun` says that they have opened the lesson before, and `waits`
    that a lesson before it isn't completed.
    """

    @property
    def user(self) -> Visitor: ...

    @property
    def as_administrator(self) -> bool: ...

    @property
    def course(self) -> Course: ...

    @property
    def lesson(self) -> LessonFacts | None: ...

    @property
    def enrolment(self) -> Enrolment | None: ...

    @property
    def today(self) -> date: ...

    @property
    def begun(self) -> bool: ...

    @property
    def waits(self) -> bool: ...


@dataclass(frozen=True)
class Asker:
    """Who asks the database, and when. Its queries have the asker's enrolment as `place`, their progress as `mine`."""

    user: Visitor
    at: datetime

    @property
    def user_id(self) -> UUID | None:
        return self.user.pk if isinstance(self.user, User) else None


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds or doesn't, in both forms."""

    here: Callable[[Facts], bool]
    there: Callable[[Asker], Q]

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(
            lambda facts: self.here(facts) and other.here(facts),
            lambda asker: self.there(asker) & other.there(asker),
        )

    def __invert__(self) -> "Condition":
        return Condition(lambda facts: not self.here(facts), lambda asker: ~self.there(asker))


def _of_asker(holds: Callable[[Visitor], bool]) -> Callable[[Asker], Q]:
    """Return the form for a query of what doesn't depend on any lesson."""
    never = Q(pk__in=[])
    return lambda asker: ~never if holds(asker.user) else never


def has_premium(user: Visitor) -> bool:
    """Say whether courses of premium are open to this visitor."""
    return isinstance(user, User) and user.is_active and user.role in {Role.PREMIUM, Role.ADMIN}


def is_administrator(user: Visitor) -> bool:
    """Say whether everything is open to this visitor."""
    return isinstance(user, User) and user.is_admin


def _is_anonymous(user: Visitor) -> bool:
    return not isinstance(user, User)


def is_readable(course: Course, enrolment: Enrolment | None) -> bool:
    """Say whether the course is there at all: in the catalogue, or still open to those who are enrolled in it."""
    if course.is_visible:
        return True
    if enrolment is None:
        return False
    return course.status in {CourseStatus.PUBLISHED, CourseStatus.ARCHIVED} or course.kept is not None


def is_lapsed(user: Visitor, course: Course, enrolment: Enrolment) -> bool:
    """Say whether the place was taken with premium, which its learner no longer has and the course still needs."""
    by_subscription = enrolment.origin == Enrolment.Origin.SUBSCRIPTION
    return by_subscription and course.access != Access.FREE and not has_premium(user)


ADMINISTRATOR = Condition(lambda facts: facts.as_administrator, _of_asker(is_administrator))
ANONYMOUS = Condition(lambda facts: _is_anonymous(facts.user), _of_asker(_is_anonymous))

IN_CATALOGUE = Condition(
    lambda facts: facts.course.is_visible,
    lambda _: Q(course__status=CourseStatus.PUBLISHED, course__category__active=True),
)
ENROLLED = Condition(lambda facts: facts.enrolment is not None, lambda _: Q(place__id__isnull=False))
READABLE = Condition(
    lambda facts: is_readable(facts.course, facts.enrolment),
    # Only what stands in the tables: a kept edition is JSON, and is asked lesson by lesson.
    lambda asker: (
        IN_CATALOGUE.there(asker)
        | ENROLLED.there(asker)
        & (
            Q(course__status=CourseStatus.PUBLISHED)
            | Q(course__status=CourseStatus.ARCHIVED, course__edition__isnull=True)
        )
    ),
)
PUBLISHED = Condition(
    lambda facts: facts.lesson is not None and facts.lesson.status == LessonStatus.PUBLISHED,
    lambda _: Q(status=LessonStatus.PUBLISHED, removed=False),
)
PREVIEW = Condition(
    lambda facts: facts.lesson is not None and facts.lesson.preview, lambda _: Q(preview=True)
)

FINISHED = Condition(
    lambda facts: facts.enrolment is not None and facts.enrolment.is_finished,
    lambda _: Q(place__status=Enrolment.Status.COMPLETED),
)
LAPSED = Condition(
    lambda facts: facts.enrolment is not None and is_lapsed(facts.user, facts.course, facts.enrolment),
    lambda asker: (
        Q(place__origin=Enrolment.Origin.SUBSCRIPTION)
        & ~Q(course__access=Access.FREE)
        & _of_asker(lambda user: not has_premium(user))(asker)
    ),
)
IN_SEQUENCE = Condition(lambda facts: facts.course.in_sequence, lambda _: Q(course__in_sequence=True))
BEGUN = Condition(lambda facts: facts.begun, lambda _: Q(mine__id__isnull=False))
WAITS = Condition(lambda facts: facts.waits, lambda asker: Q(Exists(_earlier_to_do(asker))))


def opens_on(facts: Facts) -> date | None:
    """Return the date on which the lesson's day comes for its learner; None where it was open from the start."""
    user, place, lesson = facts.user, facts.enrolment, facts.lesson
    if facts.course.rhythm != Rhythm.ONE_A_DAY or lesson is None or lesson.day <= 1:
        return None
    return opening_date(user, place.enrolled_at, lesson.day) if place and isinstance(user, User) else None


def _is_to_come(facts: Facts) -> bool:
    opens = opens_on(facts)
    return opens is not None and opens > facts.today


def _days_open(asker: Asker) -> Greatest:
    """Return up to which day lessons are open by the calendar alone; day 1 is, wherever its learner travels."""
    user = asker.user
    zone = user.time_zone if isinstance(user, User) else "UTC"
    today = local_date(user, asker.at) if isinstance(user, User) else asker.at.date()
    gone = Func(
        Cast(Value(today), models.DateField()),
        TruncDate("place__enrolled_at", tzinfo=ZoneInfo(zone)),
        template="(%(expressions)s)",
        arg_joiner=" - ",  # of two dates, which PostgreSQL counts in days
        output_field=models.IntegerField(),
    )
    return Greatest(Value(1), ExpressionWrapper(gone + 1, output_field=models.IntegerField()))


def _earlier_to_do(asker: Asker) -> "models.QuerySet[Lesson]":
    done = Progress.objects.completed().filter(user=asker.user_id, lesson=OuterRef("pk"))
    before = Lesson.objects.published().filter(course=OuterRef("course"), day__lt=OuterRef("day"))
    return before.exclude(Exists(done))


TO_COME = Condition(
    _is_to_come,
    lambda asker: Q(GreaterThan(F("day"), _days_open(asker)), course__rhythm=Rhythm.ONE_A_DAY),
)

# What was begun stays open for good.
DAY_IS_TO_COME = TO_COME & ~BEGUN
IS_AHEAD = IN_SEQUENCE & ~BEGUN & WAITS

RULE: tuple[tuple[Condition, Verdict], ...] = (
    (ADMINISTRATOR, Verdict.OPEN),
    (~(PUBLISHED & READABLE), Verdict.NOT_FOUND),
    (PREVIEW & IN_CATALOGUE, Verdict.OPEN),
    (ANONYMOUS, Verdict.SIGN_IN_FIRST),
    (~ENROLLED, Verdict.NOT_ENROLLED),
    (LAPSED, Verdict.PREMIUM_ENDED),
    (FINISHED, Verdict.OPEN),
    (DAY_IS_TO_COME, Verdict.NOT_OPEN_YET),
    (IS_AHEAD, Verdict.LESSON_AHEAD),
)


def day_to_come(facts: Facts) -> date | None:
    """Return the date that the learner is waiting for; None where the lesson doesn't wait for its day."""
    return opens_on(facts) if not FINISHED.here(facts) and DAY_IS_TO_COME.here(facts) else None


def verdict_on(facts: Facts) -> Verdict:
    """Say whether the lesson is open, by what is loaded."""
    return next((verdict for condition, verdict in RULE if condition.here(facts)), Verdict.OPEN)


def with_verdict(
    lessons: "models.QuerySet[Lesson]", user: Visitor, *, at: datetime
) -> "models.QuerySet[Lesson]":
    """Annotate lessons with their `verdict` for this visitor at this moment: `verdict_on` for a query.

    Of courses whose learners are shown a kept edition it says that there is nothing.
    """
    asker = Asker(user, at)
    current = Q(course__enrolments__status__in=[Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED])
    own = Q(course__enrolments__user=asker.user_id)
    place = FilteredRelation("course__enrolments", condition=own & current)
    mine = FilteredRelation("progress", condition=Q(progress__user=asker.user_id))
    whens = [When(condition.there(asker), then=Value(verdict)) for condition, verdict in RULE]
    case = Case(*whens, default=Value(Verdict.OPEN), output_field=models.CharField())
    return lessons.annotate(place=place, mine=mine).annotate(verdict=case)


def open_lessons(user: Visitor, *, at: datetime) -> "models.QuerySet[Lesson]":
    """Return the lessons that this visitor may read at this moment, for a query that narrows them further."""
    return with_verdict(Lesson.objects.all(), user, at=at).filter(Q(verdict=Verdict.OPEN))
