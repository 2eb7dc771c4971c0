"""Living through three weeks in a second: every step is the action that a click would have called."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction

from momentum.accounts.models import User
from momentum.catalog import models as catalog
from momentum.demo.people import Course, Opinion, Person
from momentum.engagement.actions.progress import mark_seen
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.actions.entitlements import give_place
from momentum.learning.actions.progress import credit_reading, open_lesson, tick
from momentum.learning.actions.reviews import publish_review, write_review
from momentum.learning.models import Enrolment, Review

type Step = tuple[datetime, Callable[[], None]]


@transaction.atomic
def live(
    user: User, person: Person, courses: Sequence[catalog.Course], now: datetime, *, moderator: User
) -> None:
    """Give a learner their history, unless they have one already; `moderator` reads what they say of courses."""
    if user.enrolments.exists():
        return
    User.objects.filter(pk=user.pk).update(date_joined=_moment(person, now, 22))
    chance = random.Random(person.name)  # noqa: S311 - the same history each time, not a secret
    steps: list[Step] = []
    for part in person.courses:
        if part.number < len(courses):
            steps += _steps(user, person, part, courses[part.number], now, chance)
            steps += _opinion(user, person, part, courses[part.number], now, moderator)
    # In order of time, as events are kept.
    for _at, step in sorted(steps, key=lambda step: step[0]):
        step()
    # They were celebrated when they were earned.
    mark_seen(user=user)


def _steps(
    user: User, person: Person, part: Course, course: catalog.Course, now: datetime, chance: random.Random
) -> list[Step]:
    enrolled_at = _moment(person, now, part.began) - timedelta(minutes=5)
    steps: list[Step] = [(enrolled_at, partial(_enrol, user, course, enrolled_at))]
    lessons = list(course.lessons.published().order_by("day"))
    for lesson, after in zip(lessons, part.days, strict=False):
        # Two courses on one day are read one after the other.
        at = _moment(person, now, part.began - after) + timedelta(
            minutes=30 * part.number + chance.randint(0, 9)
        )
        minutes = max(3, person.pace + chance.randint(-2, 2))
        ticks = chance.random() < 0.8
        steps.append((at, partial(_read, user, lesson, at, minutes, ticks=ticks)))
    if part.left:
        left_at = _moment(person, now, part.began - 2)
        steps.append((left_at, partial(_leave, user, course, left_at)))
    return steps


def _opinion(
    user: User, person: Person, part: Course, course: catalog.Course, now: datetime, moderator: User
) -> list[Step]:
    if part.opinion is None:
        return []
    said_at = _moment(person, now, part.began - part.days[-1]) + timedelta(hours=2)
    steps: list[Step] = [(said_at, partial(_say, user, course, part.opinion, said_at))]
    if not part.opinion.waits:
        read_at = said_at + timedelta(hours=5)
        steps.append((read_at, partial(_moderate, user, course, moderator, read_at)))
    return steps


def _moment(person: Person, now: datetime, days_ago: int) -> datetime:
    zone = ZoneInfo(person.time_zone)
    date = now.astimezone(zone).date() - timedelta(days=days_ago)
    return datetime.combine(date, time(person.hour, 5), tzinfo=zone)


def _enrol(user: User, course: catalog.Course, at: datetime) -> None:
    if course.access == catalog.Access.FREE:
        enrol(user=user, course=course, at=at)
    else:
        # Nobody here ever paid: theirs were given to them.
        give_place(user=user, course=course, origin=Enrolment.Origin.GRANT, at=at)


def _leave(user: User, course: catalog.Course, at: datetime) -> None:
    leave_course(user=user, course=course, at=at)


def _say(user: User, course: catalog.Course, opinion: Opinion, at: datetime) -> None:
    write_review(
        user=user, course=course, stars=opinion.stars, text=opinion.text, signed=opinion.signed, at=at
    )


def _moderate(user: User, course: catalog.Course, moderator: User, at: datetime) -> None:
    publish_review(actor=moderator, review=Review.objects.get(user=user, course=course), at=at)


def _read(user: User, lesson: catalog.Lesson, at: datetime, minutes: int, *, ticks: bool) -> None:
    open_lesson(user=user, lesson=lesson, at=at)
    read_at = at + timedelta(minutes=minutes)
    credit_reading(user=user, lesson=lesson, seconds=60 * minutes, at=read_at)
    if ticks:
        for item in lesson.action_items.all():
            tick(user=user, item=item)
    complete_lesson(user=user, lesson=lesson, at=read_at)
