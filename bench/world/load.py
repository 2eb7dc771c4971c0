"""Putting a world into an empty database."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from bench.world import words
from bench.world.catalogue import COURSE_COLUMNS, DAYS, LESSON_COLUMNS, Catalogue
from bench.world.copy import fill, ident, without_indexes
from bench.world.histories import Learner, Taken, histories
from bench.world.size import Size

_BATCH = 10_000


class _Calendar:
    """Days before the end as dates and, with a minute, as moments, in the words of COPY."""

    def __init__(self, end: date) -> None:
        self.dates = [(end - timedelta(days=back)).isoformat() for back in range(DAYS + 1)]
        self.minutes = [f"{minute // 60:02}:{minute % 60:02}:00+00" for minute in range(1440)]

    def at(self, back: int, minute: int) -> str:
        return f"{self.dates[back]} {self.minutes[minute]}"


def load(size: Size, *, end: date | None = None, report: Callable[[str], None] = lambda _line: None) -> None:
    """Fill a migrated, empty database; the world's last day is the one before `end`, today where omitted."""
    from django.db import connection

    from momentum.accounts.models import User
    from momentum.catalog.models import ActionItem, Category, Course, Lesson, Question, Resource, Source
    from momentum.events.models import Event
    from momentum.learning.models import Enrolment, LearningDay, Progress

    started = time.monotonic()
    calendar = _Calendar((end or datetime.now(UTC).date()) - timedelta(days=1))
    catalogue = Catalogue(size)
    with connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute("set synchronous_commit = off")

    def told(what: str, rows: int) -> None:
        report(f"{rows:>10,} {what} ({time.monotonic() - started:.0f} s)")

    chance = random.Random(size.seed + 2)
    categories = {slug: str(identity) for slug, identity in Category.objects.values_list("slug", "id")}
    courses = catalogue.course_lines(chance, categories, calendar.dates)
    told("courses", fill(Course, COURSE_COLUMNS, courses))
    told("lessons", fill(Lesson, LESSON_COLUMNS, catalogue.lesson_lines(chance, calendar.dates)))
    numbers = range(catalogue.lessons)
    at = calendar.at(DAYS, 0)
    parts = (
        (ActionItem, "text", [f"{ident(3, 2 * n + k)}\t{at}\t{at}\t{k}\t{ident(2, n)}\tTry it with somebody once."
                              for n in numbers for k in (0, 1)]),
        (Resource, "title url", [f"{ident(4, n)}\t{at}\t{at}\t0\t{ident(2, n)}\tA longer read\thttps://example.com/{n}"
                                 for n in numbers]),
        (Question, "prompt choices answer explanation", [
            f'{ident(5, n)}\t{at}\t{at}\t0\t{ident(2, n)}\tWhich comes first?\t["To notice","To change","To ask"]\t[0]'
            "\tOne can only change what one has noticed." for n in numbers]),
        (Source, "number title page quote", [f"{ident(6, n)}\t{at}\t{at}\t0\t{ident(2, n)}\t1\tA handbook\t{n % 90 + 1}"
                                             "\tNotice before you change." for n in numbers]),
    )  # fmt: skip
    for model, columns, lines in parts:
        told(model.__name__, fill(model, f"id created_at updated_at position lesson_id {columns}", lines))
    with without_indexes(User, Enrolment, Progress, LearningDay, Event):
        for batch, learners in enumerate(_batches(histories(size, catalogue))):
            rows = _people(learners, calendar, chance) + _learning(learners, calendar, random.Random(batch))
            told(f"rows about learners up to {learners[-1].number + 1:,}", rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "update catalog_course set enrolment_count = found.number from ("
            " select course_id, count(*) as number from learning_enrolment where status <> 'cancelled' group by 1"
            ") found where found.course_id = id"
        )
        cursor.execute("analyze")
    report(f"Loaded in {time.monotonic() - started:.0f} s")


def _batches(learners: Iterable[Learner]) -> Iterator[list[Learner]]:
    batch: list[Learner] = []
    for learner in learners:
        batch.append(learner)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _people(learners: list[Learner], calendar: _Calendar, chance: random.Random) -> int:
    from allauth.account.models import EmailAddress

    from momentum.accounts.models import User

    users, addresses = [], []
    for learner in learners:
        number, at = learner.number, calendar.at(learner.joined, learner.minute)
        name = f"{chance.choice(words.NAMES)} {chance.choice(words.FAMILIES)}"
        email = f"learner{number}@example.com"
        users.append(f"{ident(0, number)}\t!\t{email}\t{name}\t{learner.zone}\t{at}")
        addresses.append(f"{number + 1}\t{email}\t{ident(0, number)}\tt\tt")
    rows = fill(User, "id password email name time_zone date_joined", users)
    return rows + fill(EmailAddress, "id email user_id verified primary", addresses)


def _learning(learners: list[Learner], calendar: _Calendar, chance: random.Random) -> int:
    """Copy what they did: enrolments, progress, their days, and the events of all that."""
    from momentum.events.models import Event
    from momentum.learning.models import Enrolment, LearningDay, Progress

    rows = _Rows(calendar, chance)
    for learner in learners:
        rows.add(learner)
    return (
        fill(
            Enrolment,
            "id created_at updated_at user_id course_id status enrolled_at completed_at",
            rows.enrolments,
        )
        + fill(
            Progress,
            "id created_at updated_at user_id lesson_id started_at completed_at seconds",
            rows.progress,
        )
        + fill(LearningDay, "id created_at updated_at user_id date seconds lessons", rows.days)
        + fill(Event, "id name at actor_id subject_id data", rows.events)
    )


class _Rows:
    """Lines for COPY, learner by learner. Numbers of rows follow from the learner's, so that batches don't meet."""

    def __init__(self, calendar: _Calendar, chance: random.Random) -> None:
        self._calendar, self._chance = calendar, chance
        self.enrolments: list[str] = []
        self.progress: list[str] = []
        self.days: list[str] = []
        self.events: list[str] = []

    def add(self, learner: Learner) -> None:
        user, days = ident(0, learner.number), dict[int, list[int]]()
        number = learner.number * 4096
        for taken in learner.taken:
            number = self._course(learner, user, taken, number, days)
        for back, (seconds, lessons) in days.items():
            at = self._calendar.at(back, learner.minute)
            number += 1
            self.days.append(
                f"{ident(9, number)}\t{at}\t{at}\t{user}\t{self._calendar.dates[back]}\t{seconds}\t{lessons}"
            )

    def _course(
        self, learner: Learner, user: str, taken: Taken, number: int, days: dict[int, list[int]]
    ) -> int:
        course, began = ident(1, taken.course.number), self._calendar.at(taken.began, learner.minute - 5)
        status = "completed" if taken.finished else "cancelled" if taken.left else "active"
        finished = self._calendar.at(taken.done[-1], learner.minute + 9) if taken.finished else r"\N"
        number += 1
        enrolment = ident(7, number)
        self.enrolments.append(
            f"{enrolment}\t{began}\t{began}\t{user}\t{course}\t{status}\t{began}\t{finished}"
        )
        self._event(number, 1, "enrolment.started", began, user, enrolment, f'{{"course": "{course}"}}')
        for place, back in enumerate(taken.done):
            lesson = ident(2, taken.course.first + place)
            at, done = self._calendar.at(back, learner.minute), self._calendar.at(back, learner.minute + 9)
            seconds = self._chance.randint(180, 900)
            number += 1
            self.progress.append(
                f"{ident(8, number)}\t{at}\t{done}\t{user}\t{lesson}\t{at}\t{done}\t{seconds}"
            )
            facts = f'{{"course": "{course}", "day": {place + 1}, "date": "{self._calendar.dates[back]}"}}'
            self._event(number, 2, "lesson.completed", done, user, lesson, facts)
            day = days.setdefault(back, [0, 0])
            day[0] += seconds
            day[1] += 1
        if taken.opened:
            number += 1
            back = taken.done[-1] if taken.done else taken.began
            at = self._calendar.at(back, learner.minute + 10)
            lesson = ident(2, taken.course.first + len(taken.done))
            self.progress.append(f"{ident(8, number)}\t{at}\t{at}\t{user}\t{lesson}\t{at}\t\\N\t40")
        if taken.finished:
            facts = f'{{"enrolment": "{enrolment}", "days": {taken.course.lessons}}}'
            self._event(number, 3, "course.completed", finished, user, course, facts)
        return number

    def _event(self, number: int, kind: int, name: str, at: str, user: str, subject: str, facts: str) -> None:
        self.events.append(f"{ident(0xA0 + kind, number)}\t{name}\t{at}\t{user}\t{subject}\t{facts}")
