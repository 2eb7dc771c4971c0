"""Learners whose days are random: what they did, what they chose, and what mails they got."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from momentum.accounts.actions.accounts import edit_profile
from momentum.accounts.models import User
from momentum.core.errors import DomainError
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.models import Enrolment, Progress
from momentum.notifications.actions import preferences
from momentum.notifications.actions.notify import notify
from momentum.notifications.models import Preferences
from tests.factories import make_course
from tests.notifications.kinds import kind

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Honolulu",
    "Asia/Kolkata",
)  # fmt: skip


NEWS = kind()
REMINDER = "engagement.lesson_reminder"


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
