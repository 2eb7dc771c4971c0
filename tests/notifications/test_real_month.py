"""One month of one learner's life, through the real worker and a mail server: every mail she gets, and no other."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Min

from momentum.accounts.actions.accounts import edit_profile
from momentum.accounts.models import User
from momentum.core import durable
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.notifications.actions import preferences
from momentum.notifications.models import Delivery, ScheduledNotification
from momentum.notifications.queries.links import unsubscribing
from momentum.recommendation.models import Recommendation
from tests.database import url_of_test_database
from tests.factories import make_course, make_user
from tests.notifications.month import Clock
from tests.notifications.smtp import MailServer, mail_server

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

MINUTE = timedelta(minutes=1)


@contextmanager
def worker(server: MailServer, clock: Path) -> Iterator[None]:
    """Run `momentum worker` with this clock, until the block ends."""
    surroundings = {
        "MOMENTUM_DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "tests.notifications.settings",
        "MOMENTUM_TEST_CLOCK": str(clock),
        # What it signs is read here.
        "MOMENTUM_SECRET_KEY": settings.SECRET_KEY,
        "MOMENTUM_LOG_LEVEL": "INFO",
        "MOMENTUM_SMTP_HOST": "127.0.0.1",
        "MOMENTUM_SMTP_PORT": str(server.port),
        "MOMENTUM_SMTP_TLS": "false",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "momentum", "worker"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **surroundings},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert any(re.search(r"Working as", line) for line in process.stderr), "the worker didn't begin"
        try:
            yield
        finally:
            process.kill()
            process.stderr.close()


class Month:
    """Moves the clock from one thing that is to be done to the next, and has the worker do it."""

    def __init__(self, server: MailServer, file: Path, begin: datetime, zone: str) -> None:
        self.server, self.file, self.clock = server, file, Clock(begin)
        self.zone = ZoneInfo(zone)
        self.mails: list[tuple[str, str]] = []
        self._seen, self._came = 0, list[str]()
        server.on_mail = lambda _mail: self._came.append(
            f"{self.clock.now.astimezone(self.zone):%m-%d %H:%M}"
        )
        self._show()

    def _show(self) -> None:
        self.file.with_suffix(".new").write_text(self.clock.now.isoformat())
        self.file.with_suffix(".new").rename(self.file)

    def moment(self, text: str) -> datetime:
        return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=self.zone).astimezone(UTC)

    def until(self, text: str) -> datetime:
        """Let time go by until this moment of her clock; the worker works meanwhile."""
        end = self.moment(text)
        while (following := self._next()) < end:
            self._at(max(following, self.clock.now))
        self._at(end)
        return end

    def _next(self) -> datetime:
        told = ScheduledNotification.objects.aggregate(at=Min("next_at"))["at"]
        waits = Delivery.objects.waiting().aggregate(at=Min("due_at"))["at"]
        return min(moment for moment in (told, waits, datetime.max.replace(tzinfo=UTC)) if moment)

    def _at(self, moment: datetime) -> None:
        self.clock.now = moment
        self._show()
        self.work()
        self.clock.now += MINUTE
        self._show()

    def work(self) -> None:
        """Have the worker do a minute's work, with all that follows, and note what came."""
        durable.enqueue(
            "moved_clock.minute", self.clock.now.isoformat(), workflow_id=f"minute/{self.clock.now}"
        )
        until = time.monotonic() + 120
        while _is_at_work():
            assert time.monotonic() < until, "the worker didn't finish"
            time.sleep(0.02)
        for mail in self.server.got[self._seen :]:
            asked = unsubscribing(str(mail["List-Unsubscribe"]).strip("<>/").rsplit("/", 1)[-1])
            assert asked is not None
            self.mails.append((self._came[self._seen], asked.kind))
            self._seen += 1


def _is_at_work() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from dbos.workflow_status where status in ('ENQUEUED', 'PENDING'))"
        )
        return bool(cursor.fetchone()[0])


def test_a_month_brings_the_mails_that_a_thoughtful_person_would_have_sent(tmp_path: Path) -> None:
    begin = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday, six in the evening
    with mail_server() as server:
        month = Month(server, tmp_path / "clock", begin, "Europe/Berlin")
        with month.clock.running():
            lea = make_user(email="lea@example.com", name="Lea", time_zone="Europe/Berlin")
            tides = make_course(title="Tides", slug="tides", days=13)
            knots = make_course(title="Knots", slug="knots")

            def learn(text: str) -> None:
                month.until(text)
                done = lea.progress.exclude(completed_at=None).values("lesson")
                lesson = (
                    tides.lessons.exclude(pk__in=done).select_related("course__category").order_by("day")[0]
                )
                complete_lesson(user=User.objects.get(pk=lea.pk), lesson=lesson)
                month.work()

            with worker(server, month.file):
                enrol(user=lea, course=tides)
                month.work()
                Recommendation.objects.create(learner=lea, course=knots, reason="popular", place=0)
                _first_week(month, lea, learn)
            # No worker runs from half past five until a quarter past eight.
            month.clock.now = month.moment("03-10 20:15")
            with worker(server, month.file):
                _illness(month, learn)
                _journey(month, lea, learn)

    assert month.mails == [
        ("03-02 18:00", "learning.enrolled"),
        # Tuesday: she forgot, and did it at noon. On Wednesday she was early.
        ("03-03 08:00", "engagement.lesson_reminder"),
        # Thursday: a streak of three is kept in the evening; on Friday it isn't.
        ("03-05 08:00", "engagement.lesson_reminder"),
        ("03-05 19:30", "engagement.streak_at_risk"),
        ("03-06 08:00", "engagement.lesson_reminder"),
        ("03-06 19:30", "engagement.streak_at_risk"),
        # Saturday she begins anew, and on Sunday hears of another course.
        ("03-07 08:00", "engagement.lesson_reminder"),
        ("03-08 08:00", "engagement.lesson_reminder"),
        ("03-08 10:00", "recommendation.weekly"),
        # She'd rather be reminded at half past six in the evening, which is enough for one evening; then she is ill.
        ("03-09 18:30", "engagement.lesson_reminder"),
        ("03-10 20:15", "engagement.lesson_reminder"),  # the worker was away: late, and not never
        ("03-11 18:30", "engagement.lesson_reminder"),
        ("03-12 19:02", "engagement.lesson_reminder"),  # and so was the mail server
        ("03-13 18:30", "engagement.lesson_reminder"),
        ("03-14 18:30", "engagement.lesson_reminder"),
        ("03-15 10:00", "recommendation.weekly"),
        # After a week she is left alone, but for one mail. That brings her back in the end, on the 21st.
        ("03-15 18:30", "engagement.win_back"),
        ("03-22 10:00", "recommendation.weekly"),
        ("03-22 18:30", "engagement.lesson_reminder"),
        ("03-23 18:30", "engagement.lesson_reminder"),
        # Half past six in New York, where she is for two days.
        ("03-24 23:30", "engagement.lesson_reminder"),
        # At home again she ends the reminders, and not the word about her streak.
        ("03-27 19:30", "engagement.streak_at_risk"),
        ("03-28 19:30", "engagement.streak_at_risk"),
        # On the Sunday on which the clocks go forward she has them back, finishes the course, and has her peace.
        ("03-29 10:00", "recommendation.weekly"),
        ("03-29 18:30", "engagement.lesson_reminder"),
        ("03-29 19:01", "engagement.course_completed"),
    ]


def _first_week(month: Month, lea: User, learn: Callable[[str], None]) -> None:
    for text in ("03-02 18:20", "03-03 12:00", "03-04 07:30", "03-05 20:00", "03-07 10:00", "03-08 11:00"):
        learn(text)
    month.until("03-09 07:15")
    preferences.choose(user=lea, hours={"reminder_at": clock_time(18, 30)})
    month.until("03-10 17:30")


def _illness(month: Month, learn: Callable[[str], None]) -> None:
    month.until("03-12 18:00")
    month.server.away = True
    month.until("03-12 18:50")
    month.server.away = False
    learn("03-21 12:00")


def _journey(month: Month, lea: User, learn: Callable[[str], None]) -> None:
    learn("03-23 19:00")
    month.until("03-24 09:00")
    edit_profile(user=lea, fields={"time_zone": "America/New_York"})
    learn("03-25 15:00")
    month.until("03-26 10:00")
    edit_profile(user=lea, fields={"time_zone": "Europe/Berlin"})
    learn("03-26 12:00")
    month.until("03-27 09:00")
    preferences.unsubscribe(user_id=lea.pk, kind="engagement.lesson_reminder")
    learn("03-27 20:00")
    learn("03-28 21:30")
    month.until("03-29 12:00")
    preferences.resubscribe(user_id=lea.pk, kind="engagement.lesson_reminder")
    learn("03-29 19:00")
    month.until("04-02 12:00")
