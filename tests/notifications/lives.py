"""Learners whose days are random, a worker that has bad ones, and what must be true of every mail that they get.

What should have come is worked out here anew, from what the learner did, and not from the code's own rows.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any, NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.db.models import Min

from momentum.accounts.actions.accounts import edit_profile
from momentum.accounts.models import User
from momentum.core.errors import DomainError
from momentum.engagement.queries.recipients import PAUSE
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.models import Enrolment, Progress
from momentum.notifications.actions import deliver, preferences
from momentum.notifications.actions import schedule as scheduling
from momentum.notifications.actions.notify import notify
from momentum.notifications.models import Delivery, Preferences, ScheduledNotification
from momentum.notifications.queries.links import unsubscribing
from tests.factories import make_course, make_user
from tests.notifications.kinds import kind
from tests.notifications.smtp import MailServer

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# As long as a mail may be late that a server didn't take for half an hour, or that a worker died with.
SOON = timedelta(minutes=90)
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Honolulu",
    "Asia/Kolkata",
)  # fmt: skip
# In each of these months some of those zones change their clocks.
MONTHS = ("2026-03-02", "2026-03-20", "2026-09-20", "2026-10-12")


NEWS = kind()
REMINDER, STREAK = "engagement.lesson_reminder", "engagement.streak_at_risk"
# These follow what the learner just did.
IMMEDIATE = {"learning.enrolled"}


class Killed(BaseException):
    """What a worker that dies does: nothing catches it."""


@dataclass
class Clock:
    now: datetime

    @contextmanager
    def running(self) -> Iterator[None]:
        with patch("django.utils.timezone.now", side_effect=lambda: self.now):
            yield


@dataclass
class Got:
    """A mail, and where its reader was."""

    at: datetime
    mail: EmailMessage
    zone: ZoneInfo
    kind: str

    @property
    def day(self) -> date:
        return self.at.astimezone(self.zone).date()


class State(NamedTuple):
    """What somebody chose, and where they were, from a moment on."""

    since: datetime
    chosen: Preferences
    zone: ZoneInfo
    reminded: bool


@dataclass
class Life:
    """One learner, and how it was with them at each moment."""

    pk: Any
    dice: random.Random
    learned: list[datetime] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    subscribed: bool = True
    diligence: float = 0.5

    @property
    def user(self) -> User:
        return User.objects.select_related("notification_preferences").get(pk=self.pk)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.user.time_zone)

    def lived_on(self, at: datetime) -> date:
        """Return which day it was for them at that moment, where they were then."""
        return at.astimezone([state.zone for state in self.states if state.since <= at][-1]).date()

    def note(self, now: datetime) -> None:
        user = self.user
        wanted = self.subscribed and user.is_active
        self.states.append(State(now, Preferences.chosen_by(user), ZoneInfo(user.time_zone), wanted))

    def learn(self, now: datetime) -> None:
        user = self.user
        done = Progress.objects.completed().filter(user=user).values("lesson_id")
        for place in Enrolment.objects.filter(user=user).select_related("course__category"):
            lesson = place.course.lessons.exclude(pk__in=done).order_by("day").first()
            if lesson is not None:
                with suppress(DomainError):
                    complete_lesson(user=user, lesson=lesson, at=now)
                    self.learned.append(now)
                    return

    def change(self, now: datetime) -> None:
        """Do one thing that people do."""
        deed: Callable[[datetime], None] = self.dice.choices(
            [self._move, self._other_hour, self._quiet, self._opt, self._cap, self._news, self._enrol, self._suspend],
            [2, 2, 1, 2, 1, 4, 1, 1],
        )[0]  # fmt: skip
        deed(now)
        if deed not in {self._news, self._enrol}:
            self.note(now)

    def _move(self, now: datetime) -> None:
        edit_profile(user=self.user, fields={"time_zone": self.dice.choice(ZONES)})

    def _other_hour(self, now: datetime) -> None:
        self._choose(now, {"reminder_at": time(self.dice.randrange(24), self.dice.choice((0, 15, 30)))})

    def _quiet(self, now: datetime) -> None:
        begins, ends = self.dice.randrange(18, 24), self.dice.randrange(5, 10)
        self._choose(now, {"quiet_from": time(begins), "quiet_until": time(ends)})

    def _cap(self, now: datetime) -> None:
        self._choose(now, {"daily_cap": self.dice.randrange(1, 4)})

    def _choose(self, now: datetime, hours: Any) -> None:
        with suppress(DomainError):
            preferences.choose(user=self.user, hours=hours)

    def _opt(self, now: datetime) -> None:
        act = preferences.unsubscribe if self.subscribed else preferences.resubscribe
        act(user_id=self.pk, kind=REMINDER)
        self.subscribed = not self.subscribed

    def _news(self, now: datetime) -> None:
        notify(NEWS, user=self.user, about={"word": f"{now:%d %H %M}"}, cause=now.isoformat())

    def _enrol(self, now: datetime) -> None:
        rhythm = self.dice.choice(("all_at_once", "one_a_day"))
        enrol(user=self.user, course=make_course(days=self.dice.randrange(3, 9), rhythm=rhythm), at=now)

    def _suspend(self, now: datetime) -> None:
        User.objects.filter(pk=self.pk).update(is_active=not self.user.is_active)


class Month:
    """Thirty days of some lives, with one worker. Time goes on to where the next thing is to do."""

    def __init__(self, seed: int, server: MailServer) -> None:
        self.dice = random.Random(seed)
        begin = datetime.fromisoformat(self.dice.choice(MONTHS)).replace(tzinfo=UTC)
        self.clock, self.begin, self.end = Clock(begin), begin, begin + 30 * DAY
        self.server = server
        self.deaths = 0
        self.healthy_since = begin
        self.healthy: list[tuple[datetime, datetime]] = []
        self._seen = len(server.got)
        with self.clock.running():
            self.lives = [self._born() for _number in range(3)]
        self.deeds = sorted(self._deeds(), key=lambda deed: deed[0])
        self.away = self._spells(6, 6 * HOUR) + self._spells(2, 30 * HOUR)
        self.server_away = self._spells(5, 30 * MINUTE)
        self.killed_at = sorted(self._moment() for _number in range(12))

    def _moment(self) -> datetime:
        return self.begin + timedelta(minutes=self.dice.randrange(30 * 24 * 60))

    def _spells(self, count: int, longest: timedelta) -> list[tuple[datetime, datetime]]:
        starts = [self._moment() for _number in range(count)]
        return [(start, start + longest * self.dice.random()) for start in starts]

    def _born(self) -> Life:
        user = make_user(time_zone=self.dice.choice(ZONES))
        life = Life(user.pk, self.dice, diligence=self.dice.choice((0.3, 0.6, 0.9)))
        course = make_course(days=25, rhythm=self.dice.choice(("all_at_once", "one_a_day")))
        enrol(user=user, course=course, at=self.begin)
        life.note(self.begin)
        return life

    def _deeds(self) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        for life in self.lives:
            for day in range(30):
                if self.dice.random() < life.diligence:
                    yield self.begin + day * DAY + timedelta(minutes=self.dice.randrange(24 * 60)), life.learn
            for _number in range(12):
                yield self._moment(), life.change

    def live(self) -> None:
        with self.clock.running():
            while self.clock.now < self.end:
                while self.deeds and self.deeds[0][0] <= self.clock.now:
                    self.deeds.pop(0)[1](self.clock.now)
                self._work()
                self.clock.now = self._next()
        self._unhealthy(self.clock.now)

    def _next(self) -> datetime:
        """Return when something is next to do; a tick comes at most a minute late."""
        told = ScheduledNotification.objects.aggregate(at=Min("next_at"))["at"]
        waits = Delivery.objects.waiting().aggregate(at=Min("due_at"))["at"]
        ends = [end for start, end in self.away if start <= self.clock.now < end]
        work = [max(ends)] if ends else [moment for moment in (told, waits) if moment]
        changes = [edge for spell in self.away + self.server_away for edge in spell]
        first = min(
            [*work, *(d[0] for d in self.deeds[:1]), *(c for c in changes if c > self.clock.now), self.end]
        )
        late = timedelta(seconds=self.dice.randrange(60))
        return max(first + late, self.clock.now + MINUTE / 2)

    def _work(self) -> None:
        now = self.clock.now
        self.server.away = _in(self.server_away, now)
        away = _in(self.away, now)
        if away or self.server.away:
            self._unhealthy(now)
            ends = [end for start, end in self.away + self.server_away if start <= now < end]
            self.healthy_since = max(ends) + MINUTE
        if not away:
            die = self.killed_at and self.killed_at[0] <= now and Delivery.objects.due(now).exists()
            if die:
                self.killed_at.pop(0)
                self.deaths += 1
                self._unhealthy(now)
                self._tick_and_die()
            else:
                self._tick()
        self._collect(now)

    def _tick(self) -> None:
        while scheduling.tell_due():
            pass
        deliver.deliver_due(until=self.clock.now + 55 * timedelta(seconds=1))

    def _tick_and_die(self) -> None:
        where = self.dice.choice(
            ["momentum.notifications.models.Delivery.mark_sent", "momentum.notifications.actions.deliver._send",
             "momentum.notifications.actions.schedule.tell"],
        )  # fmt: skip
        with patch(where, side_effect=Killed), suppress(Killed):
            self._tick()

    def _unhealthy(self, now: datetime) -> None:
        if now > self.healthy_since:
            self.healthy.append((self.healthy_since, now))
        self.healthy_since = now + MINUTE

    def _collect(self, now: datetime) -> None:
        by_address = {life.user.email: life for life in self.lives}
        for mail in self.server.got[self._seen :]:
            life = by_address[str(mail["To"])]
            self._seen += 1
            again = [got for got in life.got if got.mail["Message-ID"] == mail["Message-ID"]]
            if again:  # a program shows it once
                assert self.deaths
                continue
            token = str(mail["List-Unsubscribe"]).strip("<>/").rsplit("/", 1)[-1]
            asked = unsubscribing(token)
            assert asked is not None, "no way to end it"
            assert asked.user_id == life.pk
            life.got.append(Got(now, mail, life.zone, asked.kind))
            check_mail(life, life.got[-1])


def _in(spells: list[tuple[datetime, datetime]], now: datetime) -> bool:
    return any(start <= now < end for start, end in spells)


def check_mail(life: Life, got: Got) -> None:
    """What must be true of a mail at the moment it comes."""
    user = life.user
    chosen = Preferences.chosen_by(user)
    today = [one for one in life.got if one.at.astimezone(got.zone).date() == got.day]
    assert user.is_active
    assert got.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    if got.kind not in IMMEDIATE:
        assert not chosen.is_quiet(got.at.astimezone(got.zone).time()), "in quiet hours"
        assert len(today) <= chosen.daily_cap, "more than somebody chose"
    if got.kind != NEWS.name and got.kind not in IMMEDIATE:
        assert [one.kind for one in today].count(got.kind) == 1, f"{got.kind} twice in a day"
    if got.kind in {REMINDER, STREAK}:
        assert all(at.astimezone(got.zone).date() != got.day for at in life.learned), "after the lesson"
    if got.kind == REMINDER:
        assert life.subscribed, "after opting out"


def check_nobody_was_forgotten(month: Month) -> int:
    """Each day on which a reminder was due to somebody who stayed where they were brought one; return how many."""
    count = 0
    for life in month.lives:
        for number in range(1, 31):
            day = (month.begin + number * DAY).date()
            state = _state_on(life, day)
            if state and _was_due(month, life, day, state):
                count += 1
                reminded = {got.day for got in life.got if got.kind == REMINDER}
                assert day in reminded, f"forgotten on {day}"
    return count


def _state_on(life: Life, day: date) -> State | None:
    """Return what held all that day and the one before; None where something changed."""
    begin, end = (datetime.combine(day + number * DAY, time(0), UTC) for number in (-2, 2))
    before = [state for state in life.states if state.since <= begin]
    within = [state for state in life.states if begin < state.since < end]
    return before[-1] if before and not within and before[-1].reminded else None


def _was_due(month: Month, life: Life, day: date, state: State) -> bool:
    chosen, zone = state.chosen, state.zone
    due = datetime.combine(day, chosen.reminder_at, zone).astimezone(UTC)
    midnight = datetime.combine(day + DAY, time(0), zone).astimezone(UTC)
    learned = [at for at in life.learned if at.astimezone(zone).date() == day]
    before = [life.lived_on(at) for at in life.learned if at < due]
    places = [place for place in Enrolment.objects.filter(user=life.pk) if place.enrolled_at < due]
    joined = [place.enrolled_at.astimezone(zone).date() for place in places]
    others = [got for got in life.got if got.day == day and got.kind != REMINDER]
    if (day - max([*before, *joined])).days >= PAUSE or len(others) >= chosen.daily_cap:
        return False
    if chosen.is_quiet(chosen.reminder_at) or not _was_open(life, places, day, due, zone):
        return False
    latest = min([*learned, midnight, _quiet_from(day, chosen, zone)])
    return any(min(end, latest) - max(start, due) >= SOON for start, end in month.healthy)


def _quiet_from(day: date, chosen: Preferences, zone: ZoneInfo) -> datetime:
    evening = chosen.quiet_from if chosen.quiet_from > chosen.quiet_until else time(23, 59)
    return datetime.combine(day, evening, zone).astimezone(UTC)


def _was_open(life: Life, places: list[Enrolment], day: date, due: datetime, zone: ZoneInfo) -> bool:
    done: dict[Any, int] = defaultdict(int)
    for row in (
        Progress.objects.completed().filter(user=life.pk, completed_at__lt=due).select_related("lesson")
    ):
        done[row.lesson.course_id] += 1
    for place in places:
        length = place.course.lessons.count()
        opened = (day - place.enrolled_at.astimezone(zone).date()).days + 1
        if done[place.course_id] < (min(length, opened) if place.course.rhythm == "one_a_day" else length):
            return True
    return False
