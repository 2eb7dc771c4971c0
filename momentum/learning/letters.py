"""The mails about a course: that one is in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Access, Category, Course, CourseUpdate, LessonStatus, Rhythm
from momentum.core.errors import NotFoundError
from momentum.learning.domain.calendar import local_date, opening_date
from momentum.learning.domain.social_images import picture_path
from momentum.learning.domain.updates import in_words
from momentum.learning.models import Enrolment
from momentum.learning.queries.outlines import outlines
from momentum.learning.queries.syllabus import Line, minutes_of
from momentum.mail.domain.blocks import Card, Items
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting
from momentum.ui.formats import coming_day, minutes, money

_PLAN_SHOWN = 7


def course_address(course: Course) -> str:
    """Return the full address of a course's page."""
    return settings.BASE_URL + reverse("learning:course", args=[course.slug])


def course_card(course: Course, reason: str = "") -> Card:
    """Return a course as a mail lists it, with why its reader sees it."""
    price = money(course.price_minor or 0, course.currency)
    terms = price if course.access == Access.PAID else course.get_access_display().lower()
    days = ngettext("%(num)d day", "%(num)d days", course.duration_days) % {"num": course.duration_days}
    facts = f"{days}, {course.get_level_display().lower()}, {terms}"
    return Card(course.title, course_address(course), course.summary, reason, facts, _picture(course))


def _picture(course: Course) -> str:
    return settings.BASE_URL + picture_path(course)


def in_minutes(count: int) -> str:
    """Return how long something takes, such as "9 minutes", which stay on one line."""
    return minutes(60 * count).replace(" ", "\N{NO-BREAK SPACE}")


def _enrolled(
    *,
    user: User,
    enrolment: Enrolment,
    reminder_at: str | None = None,
    lessons: Sequence[Line] | None = None,
) -> EmailContent:
    """Confirm a place in a course.

    Args:
        user: its learner.
        enrolment: the place, with its course, or without: then one query more.
        reminder_at: the hour of the learner's daily reminder, such as "08:00"; None where they get none.
        lessons: the lessons of the course; looked up where omitted, mostly without a query.
    """
    course = enrolment.course
    if lessons is None:
        known = outlines([enrolment.course_id]).get(enrolment.course_id)
        course, lessons = (known.course, known.lessons) if known else (course, [])
    name = user.display_name
    values = {
        "name": name,
        "course": course.title,
        "days": str(len(lessons)),
        "minutes": in_minutes(minutes_of(lessons)),
    }
    length = ngettext("%(num)d lesson", "%(num)d lessons", len(lessons)) % {"num": len(lessons)}
    said = _("You’re in. “%(course)s” has %(lessons)s of about %(minutes)s each.")
    if course.rhythm == Rhythm.ONE_A_DAY:
        said = _("You’re in. “%(course)s” has %(lessons)s of about %(minutes)s each, one a day.")
    first = next(iter(lessons), None)
    return EmailContent(
        fitting(_("You’re in: %(course)s"), course=course.title),
        [said % {**values, "lessons": length}, _reminders(reminder_at)],
        button=_begin(course, first),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(course.title, course.language), *((line.title, course.language) for line in lessons)],
        heading=course.title,
        kicker=_("You’re enrolled"),
        below=[Items(_plan(user, enrolment.enrolled_at, course, lessons), _("Your plan"))] if lessons else [],
        values=values,
    )


def _begin(course: Course, first: Line | None) -> tuple[str, str]:
    if first is None:
        return _("Go to the course"), course_address(course)
    page = reverse("learning:lesson", args=[course.slug, first.day])
    return _("Start with day %(day)d") % {"day": first.day}, settings.BASE_URL + page


def _reminders(at: str | None) -> str:
    if at is None:
        return _(
            "The first lesson is open now. Reminders by email are off; you can turn them on in your settings."
        )
    return _(
        "The first lesson is open now. On days when you haven’t done one yet, we’ll remind you at %(time)s. You can "
        "change the time, or turn reminders off, in your settings."
    ) % {"time": at}


def _plan(user: User, since: datetime, course: Course, lessons: Sequence[Line]) -> list[str]:
    """Return the first lessons and when they open, and how many more there are."""
    today, made = local_date(user, timezone.now()), []
    for line in lessons[:_PLAN_SHOWN]:
        opens = opening_date(user, since, line.day)
        waits = course.rhythm == Rhythm.ONE_A_DAY and opens > today
        said = _("Day %(day)d: %(lesson)s, %(minutes)s")
        values = {"day": line.day, "lesson": line.title, "minutes": in_minutes(line.minutes)}
        if waits:
            said = _("Day %(day)d: %(lesson)s, %(minutes)s; opens %(when)s")
            values["when"] = coming_day(opens)
        made.append(said % values)
    if more := len(lessons) - len(made):
        made.append(ngettext("and %(num)d more", "and %(num)d more", more) % {"num": more})
    return made


def _updated(
    *, user: User, update: CourseUpdate, days: Sequence[tuple[int, str, str]] | None = None
) -> EmailContent:
    """Say what changed in a course since they read it.

    Args:
        user: its learner.
        update: what changed, with its course.
        days: the day and title of each lesson that changed, and what did, in words; looked up where omitted.
    """
    course = update.course
    if days is None:
        parts = update.lessons.select_related("lesson").order_by("lesson__day").filter(lesson__removed=False)
        days = [(part.lesson.day, part.lesson.title, in_words(part.changes)) for part in parts]
    if not days:
        raise NotFoundError
    lines = [
        _("Day %(day)d, %(title)s: %(changes)s") % {"day": day, "title": title, "changes": changes}
        for day, title, changes in days[:_PLAN_SHOWN]
    ]
    if more := len(days) - len(lines):
        lines.append(ngettext("and %(num)d more", "and %(num)d more", more) % {"num": more})
    first = days[0][0]
    page = reverse("learning:lesson", args=[course.slug, first])
    said = ngettext(
        "“%(course)s” was updated, because what it is based on changed. %(num)d lesson says something else now.",
        "“%(course)s” was updated, because what it is based on changed. %(num)d lessons say something else now.",
        len(days),
    )
    values = {"name": user.display_name, "course": course.title, "lessons": str(len(days))}
    return EmailContent(
        fitting(_("Updated: %(course)s"), course=course.title),
        [said % {"course": course.title, "num": len(days)}],
        button=(_("See what changed"), settings.BASE_URL + page),
        greeting=_("Hello %(name)s,") % {"name": user.display_name},
        titles=[
            (course.title, course.language),
            *((title, course.language) for _day, title, _changes in days),
        ],
        heading=course.title,
        kicker=_("Course updated"),
        blocks=[Items(lines)],
        values=values,
    )


def made_up_course() -> Course:
    """Return a course that exists nowhere, for samples of mails."""
    return Course(
        title="Tides, a working knowledge",
        slug="tides-a-working-knowledge",
        summary="How the sea rises and falls, and how to know when.",
        language="en",
        duration_days=14,
        category=Category(name="Nature", slug="nature"),
        rhythm=Rhythm.ONE_A_DAY,
    )


def _lines(course: Course) -> list[Line]:
    titles = [
        *("Two bulges of water", "The moon is late", "Reading a tide table", "Neaps and springs"),
        *(
            "The rule of twelfths",
            "Headlands and harbours",
            "When the wind joins in",
            "A walk across the bay",
        ),
        *("Rivers that run backwards", "Storm surges", "Who lives between", "Power from the sea"),
        *("The slow tide of the land", "Your own table"),
    ]
    return [
        Line(course.pk, uuid4(), day, title, f"day-{day}", "", 8 + day % 4, False, LessonStatus.PUBLISHED)
        for day, title in enumerate(titles, start=1)
    ]


def _sample() -> dict[str, object]:
    user, course = User(email="lea@example.com", name="Lea Learner"), made_up_course()
    enrolment = Enrolment(user=user, course=course, enrolled_at=timezone.now())
    return {"user": user, "enrolment": enrolment, "reminder_at": "08:00", "lessons": _lines(course)}


def _updated_sample() -> dict[str, object]:
    user, course = User(email="lea@example.com", name="Lea Learner"), made_up_course()
    changes = [{"state": "changed"}, {"state": "changed"}, {"state": "added"}]
    days = [
        (3, "Reading a tide table", in_words(changes)),
        (9, "Rivers that run backwards", in_words(changes[1:])),
    ]
    return {"user": user, "update": CourseUpdate(course=course, reason="tides-2026.pdf"), "days": days}


ENROLLED = EmailKind(
    "learning.enrolled",
    gettext_lazy("Enrolment"),
    gettext_lazy("A learner enrols in a course, or comes back to one."),
    _enrolled,
    _sample,
    purpose=Purpose.OPTIONAL,
)
COURSE_UPDATED = EmailKind(
    "learning.course_updated",
    gettext_lazy("Course updated"),
    gettext_lazy("A course says something else than when a learner finished it or did its lessons."),
    _updated,
    _updated_sample,
    purpose=Purpose.OPTIONAL,
)
LETTERS = (ENROLLED, COURSE_UPDATED)
