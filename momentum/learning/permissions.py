"""Who may open a lesson, and from when on. The one place that decides it.

When a lesson opens, in a course with one a day:

- The lesson of day 1 is open from the moment its learner enrols. That of day N opens N - 1 days later, at midnight.
- The days are those of the learner's own calendar: of the zone in their profile, as it is when they ask. Who moves to
  another zone takes all of it along, the day they enrolled on too; so a lesson may come a day sooner or later than it
  would have at home, never more, and nobody can gain a second day by moving on.
- What they have begun stays open to them for good, wherever they go, and also when the rhythm of the course changes.
- Days go by while a learner is away. Who leaves the course and comes back finds open what has opened meanwhile.
- The number of the day counts, not its place among the lessons: one that is taken back leaves a day without a lesson,
  and the others don't move.
- Free previews are open to everybody, and everything is to administrators.
- Who has finished the course may read whatever is added to it at once.

What somebody reads who is in a course that is taken back or put away: what it said when it was last published (its
`kept` edition), until it is published again. What is done to the draft meanwhile nobody sees but administrators.

What a place in a course costs:

- Free courses cost nothing. Premium ones are for who has premium; a place there opens lessons for as long as they do,
  and waits for them otherwise. Paid ones are bought one by one, and stay.
- Who has a place keeps it when the course's access changes later; one that was bought or given, also when they leave.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Func, OuterRef, Value, When
from django.db.models.functions import Cast, Greatest, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import Role, User
from momentum.catalog.models import Access, Course, CourseStatus, Lesson, LessonStatus, Rhythm
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import DomainError, ForbiddenError, NotFoundError, SignInRequiredError
from momentum.learning.models import Enrolment, Progress
from momentum.ui.formats import weekday_day

type Visitor = User | AnonymousUser

# More days than any course has.
EVERY_DAY = 32_000


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
    enrolment = enrolment_in(user, lesson.course)
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


def refusal(
    user: Visitor, lesson: Lesson, enrolment: Enrolment | None, *, at: datetime | None = None
) -> DomainError | None:
    """Return what to raise when `user`, with this enrolment, opens this lesson; None when they may."""
    shown = shown_to(user, lesson)
    course = lesson.course
    is_there = shown is not None and shown.status == LessonStatus.PUBLISHED and is_readable(course, enrolment)
    if is_administrator(user) or (is_there and is_open_to_all(course, preview=lesson.preview)):
        return None
    if not is_there or shown is None:
        return NotFoundError()
    if not isinstance(user, User):
        return SignInRequiredError(_("Sign in and enrol to read this lesson."))
    if enrolment is None:
        return ForbiddenError(_way_in(user, course), code="not_enrolled", data={"course": course.slug})
    return has_lapsed(user, course, enrolment) or _wait(user, shown, enrolment, at or timezone.now())


def shown_to(user: Visitor, lesson: Lesson) -> Lesson | None:
    """Return the lesson, with its course, as this visitor is shown it; None where it isn't part of what they are.

    One of a kept edition comes with all its parts.
    """
    kept = None if is_administrator(user) else lesson.course.kept
    if kept is None:
        return None if lesson.removed else lesson
    return kept.lesson(lesson.course, pk=lesson.pk)


def _way_in(user: User, course: Course) -> str:
    """Say what a learner without a place in the course has to do first."""
    if course.access == Access.PAID:
        return _("Buy the course to read this lesson.")
    if course.access == Access.PREMIUM and not has_premium(user):
        return _("Get premium to read this lesson.")
    return _("Enrol in the course to read this lesson.")


def has_premium(user: Visitor) -> bool:
    """Say whether courses of premium are open to this visitor."""
    return isinstance(user, User) and user.is_active and user.role in {Role.PREMIUM, Role.ADMIN}


def has_lapsed(user: Visitor, course: Course, enrolment: Enrolment) -> ForbiddenError | None:
    """Return what to say to who took the course with premium and has it no more; None to everybody else."""
    if enrolment.origin != Enrolment.Origin.SUBSCRIPTION or course.access == Access.FREE or has_premium(user):
        return None
    return ForbiddenError(
        _(
            "You took this course with premium, which has ended. Renew premium to continue where you left off."
        ),
        code="premium_ended",
        data={"course": course.slug},
    )


def require_access(user: User, course: Course) -> None:
    """Refuse a new place in a course that has to be paid for first.

    Raises:
        ForbiddenError: `payment_required` or `premium_required`.
    """
    facts = {"course": course.slug}
    if course.access == Access.PAID:
        raise ForbiddenError(_("You need to buy this course first."), code="payment_required", data=facts)
    if course.access == Access.PREMIUM and not has_premium(user):
        raise ForbiddenError(_("This course is included in premium."), code="premium_required", data=facts)


def origin_of(course: Course) -> str:
    """Return by what a learner has a place that they take for themselves."""
    return Enrolment.Origin.SUBSCRIPTION if course.access == Access.PREMIUM else Enrolment.Origin.FREE


def opens_on(user: User, course: Course, enrolment: Enrolment, day: int) -> date | None:
    """Return the date on which the lesson of this day opens to the learner; None where it was open from the start."""
    if course.rhythm == Rhythm.ALL_AT_ONCE or day <= 1:
        return None
    return local_date(user, enrolment.enrolled_at) + timedelta(days=day - 1)


def places_open_until(
    user: User, day: OuterRef, *, at: datetime | None = None
) -> "models.QuerySet[Enrolment]":
    """Return the learner's places in courses whose lessons are open up to this day at least, begun or not.

    It is `opens_on` for a query that holds many lessons against it at once.
    """
    moment = at or timezone.now()
    gone = Func(
        Cast(Value(local_date(user, moment)), models.DateField()),
        TruncDate("enrolled_at", tzinfo=ZoneInfo(user.time_zone)),
        template="(%(expressions)s)",
        arg_joiner=" - ",  # of two dates, which PostgreSQL counts in days
        output_field=models.IntegerField(),
    )
    days_open = Case(
        When(course__rhythm=Rhythm.ALL_AT_ONCE, then=Value(EVERY_DAY)),
        When(status=Enrolment.Status.COMPLETED, then=Value(EVERY_DAY)),
        default=Greatest(Value(1), gone + 1),
    )
    return open_places(user).filter(GreaterThanOrEqual(days_open, day))


def open_places(user: User) -> "models.QuerySet[Enrolment]":
    """Return the learner's places that open lessons: `has_lapsed` for a query that holds many against it at once."""
    places = Enrolment.objects.current().filter(user=user)
    if has_premium(user):
        return places
    return places.exclude(~models.Q(course__access=Access.FREE), origin=Enrolment.Origin.SUBSCRIPTION)


def local_date(user: User, moment: datetime) -> date:
    """Return the day in the learner's own calendar."""
    return moment.astimezone(ZoneInfo(user.time_zone)).date()


def lived_date(user: User, moment: datetime) -> date:
    """Return the day that it is where the learner is: by their browser's clock, else by their profile's.

    What was learned counts for this day, so that one lesson each day makes a streak wherever that day is lived, and
    whether or not the profile follows.
    """
    return moment.astimezone(ZoneInfo(lived_zone(user))).date()


def lived_zone(user: User) -> str:
    """Return the zone that `lived_date` goes by."""
    return user.browser_zone or user.time_zone


def is_administrator(user: Visitor) -> bool:
    """Say whether everything is open to this visitor."""
    return isinstance(user, User) and user.is_admin


def is_open_to_all(course: Course, *, preview: bool) -> bool:
    """Say whether a published lesson may be read by anybody: `LessonQuerySet.open_to_all` for one lesson."""
    return preview and course.is_visible


def can_see(user: Visitor, course: Course, enrolment: Enrolment | None) -> bool:
    """Say whether this visitor, with this place in it, may see the page of the course."""
    return is_readable(course, enrolment) or is_administrator(user)


def is_readable(course: Course, enrolment: Enrolment | None) -> bool:
    """Say whether the course is there at all: in the catalogue, or still open to who is enrolled in it."""
    if course.is_visible:
        return True
    if enrolment is None:
        return False
    return course.status in {CourseStatus.PUBLISHED, CourseStatus.ARCHIVED} or course.kept is not None


def _wait(user: User, lesson: Lesson, enrolment: Enrolment, at: datetime) -> ForbiddenError | None:
    """Return what to tell a learner for whom this lesson isn't open yet."""
    if enrolment.is_finished:
        return None
    course, facts, today = lesson.course, {"course": lesson.course.slug}, local_date(user, at)
    opens = opens_on(user, course, enrolment, lesson.day)
    if opens and opens > today and not _has_begun(user, lesson):
        facts |= {"opens_on": opens.isoformat()}
        return ForbiddenError(_opening(lesson.day, opens, today), code="not_open_yet", data=facts)
    if course.in_sequence and _something_waits(user, lesson) and not _has_begun(user, lesson):
        return ForbiddenError(
            _("Lessons in this course are done in order. Complete the earlier lessons first."),
            code="lesson_ahead",
            data=facts,
        )
    return None


def _has_begun(user: User, lesson: Lesson) -> bool:
    return Progress.objects.filter(user=user, lesson=lesson).exists()


def _something_waits(user: User, lesson: Lesson) -> bool:
    done = Progress.objects.completed().filter(user=user).values("lesson_id")
    if kept := lesson.course.kept:
        earlier = [row.pk for row in kept.lessons(lesson.course) if row.day < lesson.day]
        before = Lesson.everything.filter(pk__in=earlier)
    else:
        before = Lesson.objects.published().filter(course_id=lesson.course_id, day__lt=lesson.day)
    return before.exclude(pk__in=done).exists()


def _opening(day: int, opens: date, today: date) -> str:
    if opens == today + timedelta(days=1):
        return _("Day %(day)d opens tomorrow.") % {"day": day}
    return _("Day %(day)d opens on %(date)s.") % {"day": day, "date": weekday_day(opens)}
