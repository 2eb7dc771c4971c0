"""A month of some learners, with a worker and a mail server that have bad days."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.db.models import Min

from momentum.learning.actions.enrolments import enrol
from momentum.notifications.actions import deliver
from momentum.notifications.actions import schedule as scheduling
from momentum.notifications.models import Delivery, ScheduledNotification
from momentum.notifications.queries.links import unsubscribing
from tests.factories import make_course, make_user
from tests.notifications.expectations import check_mail
from tests.notifications.lives import DAY, HOUR, MINUTE, ZONES, Got, Life
from tests.notifications.smtp import MailServer

# In each of these months some of those zones change their clocks.
MONTHS = ("2026-03-02", "2026-03-20", "2026-09-20", "2026-10-12")


class Killed(BaseException):
    """What a worker that dies does: nothing catches it."""


@dataclass
class Clock:
    now: datetime

    @contextmanager
    def running(self) -> Iterator[None]:
        with patch("django.utils.timezone.now", side_effect=lambda: self.now):
            yield


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
