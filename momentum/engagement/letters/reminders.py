"""The mails that bring a lesson to mind.

None of them blames anybody: a day that was missed is said nothing of, and what isn't lost is.
"""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.errors import NotFoundError
from momentum.engagement.domain.streaks import StreakToday
from momentum.engagement.queries.dashboard import WeekDay
from momentum.engagement.queries.reminders import LessonDue, lesson_due
from momentum.learning.letters import in_minutes
from momentum.learning.queries.lesson_mail import beginning, page_of, whole_text
from momentum.mail.domain import blocks
from momentum.mail.domain.blocks import Block, DayState, Excerpt, Figure, Items, RichText, Week
from momentum.mail.domain.kinds import EmailContent
from momentum.mail.domain.subjects import fitting
from momentum.ui.formats import weekday_day, weekday_short

# Two days in a row are the first that are worth a number.
_A_STREAK = 2


def reminder(
    *, user: User, course: uuid.UUID | str | None = None, due: LessonDue | None = None
) -> EmailContent:
    """Bring today's lesson to mind.

    Args:
        user: who is reminded.
        course: the id of the course whose lesson it is; see `lesson_due`.
        due: what `lesson_due` returned, where somebody has asked already; else this asks, in one query.

    Raises:
        NotFoundError: where there is no lesson to do today; nothing is to be sent then.
    """
    found = _due_for(user, course, due)
    lesson = found.lesson
    values = _values(user, found)
    whole = found.course.lessons_by_mail
    label = _("Continue on the site") if whole else _("Read today’s lesson")
    return EmailContent(
        _reminder_subject(found),
        [_reminder_introduction(found)],
        button=(label, page_of(lesson)),
        greeting=_("Hello %(name)s,") % {"name": values["name"]},
        titles=_titles(found),
        heading=lesson.title,
        kicker=_place(found),
        preheader=lesson.summary or next(iter(beginning(lesson)), ""),
        blocks=_whole(lesson) if whole else [Excerpt(beginning(lesson), language=found.course.language)],
        below=[*_week(found), *_streak(found.streak)],
        values=values,
    )


def _reminder_subject(due: LessonDue) -> str:
    lesson = due.lesson
    if not due.done:
        return fitting(_("Your first lesson: %(lesson)s"), lesson=lesson.title)
    if due.done == due.total - 1:
        return fitting(_("The last lesson: %(lesson)s"), lesson=lesson.title)
    ways = (_("Day %(day)s: %(lesson)s"), _("%(lesson)s, in %(minutes)s"), _("Today: %(lesson)s"))
    said = ways[lesson.day % len(ways)]
    return fitting(said, lesson=lesson.title, day=lesson.day, minutes=in_minutes(lesson.minutes))


def _reminder_introduction(due: LessonDue) -> str:
    said = {"minutes": in_minutes(due.lesson.minutes), "course": due.course.title}
    if not due.done:
        return _("Your first lesson is ready. It takes about %(minutes)s.") % said
    if due.done == due.total - 1:
        return _("About %(minutes)s, and you’ve finished “%(course)s”.") % said
    if not due.streak.current:
        return _("Here’s where you left off. It takes about %(minutes)s.") % said
    return _("About %(minutes)s, and you’re done for today.") % said


def at_risk(
    *, user: User, course: uuid.UUID | str | None = None, due: LessonDue | None = None
) -> EmailContent:
    """Say in the evening that there is still time for today's lesson; arguments and errors as `reminder`."""
    found = _due_for(user, course, due)
    streak, lesson, values = found.streak, found.lesson, _values(user, found)
    said = ngettext(
        "You’ve completed a lesson on %(num)d day in a row. Today’s takes about %(minutes)s.",
        "You’ve completed a lesson on %(num)d days in a row. Today’s takes about %(minutes)s.",
        streak.current,
    )
    return EmailContent(
        fitting(_("Still time for today’s lesson: %(lesson)s"), lesson=lesson.title),
        [said % {"num": streak.current, "minutes": in_minutes(lesson.minutes)}],
        button=(_("Read today’s lesson"), page_of(lesson)),
        greeting=_("Hello %(name)s,") % {"name": values["name"]},
        titles=_titles(found),
        heading=lesson.title,
        kicker=_place(found),
        blocks=_streak(streak),
        below=_week(found),
        values=values,
    )


def win_back(
    *, user: User, course: uuid.UUID | str | None = None, due: LessonDue | None = None
) -> EmailContent:
    """Say after a pause that one's place is kept; arguments and errors as `reminder`."""
    found = _due_for(user, course, due)
    lesson, values = found.lesson, _values(user, found)
    said = ngettext(
        "It’s been a while, and that’s fine: your place is kept. You’ve completed %(done)d of %(num)d lesson, and this "
        "one is next.",
        "It’s been a while, and that’s fine: your place is kept. You’ve completed %(done)d of %(num)d lessons, and "
        "this one is next.",
        found.total,
    )
    return EmailContent(
        fitting(_("Your place in %(course)s is kept"), course=found.course.title),
        [said % {"done": found.done, "num": found.total}],
        button=(_("Continue with day %(day)d") % {"day": lesson.day}, page_of(lesson)),
        greeting=_("Hello %(name)s,") % {"name": values["name"]},
        titles=_titles(found),
        blocks=[
            Excerpt(
                beginning(lesson),
                lesson.title,
                _("Day %(day)d, %(minutes)s") % {"day": lesson.day, "minutes": values["minutes"]},
                found.course.language,
            )
        ],
        values=values,
    )


def _due_for(user: User, course: uuid.UUID | str | None, due: LessonDue | None) -> LessonDue:
    asked = uuid.UUID(str(course)) if course else None
    found = due or lesson_due(user=user, course=asked)
    if found is None:
        raise NotFoundError
    return found


def _values(user: User, due: LessonDue) -> dict[str, str]:
    return {
        "name": user.display_name,
        "course": due.course.title,
        "lesson": due.lesson.title,
        "day": str(due.lesson.day),
        "days": str(due.total),
        "minutes": in_minutes(due.lesson.minutes),
        "streak": str(due.streak.current),
    }


def _titles(due: LessonDue) -> list[tuple[str, str]]:
    return [(due.course.title, due.course.language), (due.lesson.title, due.course.language)]


def _place(due: LessonDue) -> str:
    said = _("%(course)s. Day %(day)d of %(total)d")
    return said % {"course": due.course.title, "day": due.lesson.day, "total": due.total}


def _week(due: LessonDue) -> list[Block]:
    lessons = sum(day.lessons for day in due.week)
    if not lessons:
        return []  # seven empty days say nothing that helps
    said = ngettext("%(num)d lesson", "%(num)d lessons", lessons) % {"num": lessons}
    minutes = in_minutes(sum(day.minutes for day in due.week))
    days = [blocks.WeekDay(weekday_short(day.date), DayState(day.state), _above(day)) for day in due.week]
    return [Week(_("Seven days, in minutes"), days, f"{said}, {minutes}")]


def _above(day: WeekDay) -> str:
    if day.minutes:
        return str(day.minutes)
    return {"done": "✓", "today": _("today"), "rest": _("rest")}.get(day.state, "")


def _streak(streak: StreakToday) -> list[Block]:
    if streak.current < _A_STREAK or streak.since is None:
        return []
    label = ngettext("day in a row", "days in a row", streak.current)
    return [Figure(str(streak.current), label, _("since %(day)s") % {"day": weekday_day(streak.since)})]


def _whole(lesson: Lesson) -> list[Block]:
    """Return all of a lesson; its film and its exercises wait on the site."""
    language = lesson.course.language
    text = whole_text(lesson)
    # Sanitised for mail, by a list of what may be in it.
    found: list[Block] = [RichText(Markup(text.html), text.text, language)]  # noqa: S704
    if lesson.key_points:
        found.append(Items(lesson.key_points, _("Key points")))
    waiting = []
    if getattr(lesson, "video", None):
        waiting.append(_("The lesson’s video"))
    if questions := len(lesson.questions.all()):
        waiting.append(ngettext("%(num)d question", "%(num)d questions", questions) % {"num": questions})
    waiting += [item.text for item in lesson.action_items.all()]
    return [*found, Items(waiting, _("On the site"))] if waiting else found
