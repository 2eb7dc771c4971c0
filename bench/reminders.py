"""What it costs to remind everybody: `python -m bench reminders`.

A hundred thousand learners of a site of its own are due within one hour. All are told; of the mails, as many are sent
as are asked for, by the worker's own lanes in this process, over SMTP to a server beside it that keeps nothing.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from bench.database import folder, say, started, surroundings
from bench.processes import cpu_seconds
from bench.site import free_ports

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

DUE = 100_000
HOUR = 3600
CORES = 2
_LAYOUT = "{:<10}{:>10}{:>12}{:>16}{:>16}{:>14}{:>18}\n"


@dataclass(frozen=True)
class Cost:
    """What one half of it took: seconds by the clock and of processors, in this process and in the database."""

    name: str
    count: int
    seconds: float
    own_cpu: float
    database_cpu: float

    @property
    def by_cpu(self) -> float:
        """How many an hour two cores do that do nothing else, by the processor time alone."""
        return CORES * HOUR * self.count / (self.own_cpu + self.database_cpu)


def measure_reminders(sent: int) -> list[Cost]:
    """Tell all of them and send so many of the mails; print what both took."""
    home = folder() / "reminders"
    shutil.rmtree(home, ignore_errors=True)
    with started(home) as server, _mail_sink() as port:
        mail = {
            "MOMENTUM_SMTP_HOST": "127.0.0.1",
            "MOMENTUM_SMTP_PORT": str(port),
            "MOMENTUM_SMTP_TLS": "false",
        }
        os.environ |= surroundings(server.url, home) | mail
        import django

        django.setup()
        from django.utils import timezone

        from momentum.cli.migrate import migrate
        from momentum.notifications.models import Delivery, ScheduledNotification

        migrate()
        say(f"Making {DUE} learners who are due.")
        _load()
        _check_plan(
            ScheduledNotification.objects.filter(next_at__lte=timezone.now()).order_by("next_at")[:500]
        )
        telling = _cost("telling", _tell)
        _check_plan(Delivery.objects.due(timezone.now()).order_by("due_at")[:20])
        found = [telling, _cost("sending", lambda: _send(sent))]
    shutil.rmtree(home, ignore_errors=True)
    _print(found)
    return found


def _print(found: list[Cost]) -> None:
    titles = ("what", "how many", "seconds", "CPU ms each", "database ms", "a second", "an hour, by CPU")
    sys.stdout.write(_LAYOUT.format(*titles))
    for one in found:
        each = [1000 * cpu / one.count for cpu in (one.own_cpu, one.database_cpu)]
        shown = [f"{one.seconds:.1f}", *(f"{cpu:.2f}" for cpu in each), f"{one.count / one.seconds:.0f}"]
        sys.stdout.write(_LAYOUT.format(one.name, one.count, *shown, f"{one.by_cpu:.0f}"))
    together = sum((one.own_cpu + one.database_cpu) / one.count for one in found)
    sys.stdout.write(f"{DUE} in an hour take {DUE * together / HOUR:.2f} of {CORES} cores.\n")


def _cost(name: str, work: Callable[[], int]) -> Cost:
    database = _postmaster()
    clock, own, others = time.perf_counter(), time.process_time(), cpu_seconds(database)
    count = work()
    return Cost(
        name, count, time.perf_counter() - clock, time.process_time() - own, cpu_seconds(database) - others
    )


def _postmaster() -> int:
    """Return the process that all of the database's are children of."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        facts = Path("/proc", str(cursor.fetchone()[0]), "stat").read_text()
    return int(facts.rpartition(")")[2].split()[1])


@contextmanager
def _mail_sink() -> Iterator[int]:
    (port,) = free_ports(1)
    process = subprocess.Popen([sys.executable, "-m", "bench.mail_sink", str(port)])
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def _tell() -> int:
    from momentum.notifications.actions.schedule import tell_due

    return sum(iter(tell_due, 0))


def _send(most: int) -> int:
    """Send by as many lanes as a worker has; what isn't to be sent this time is put off."""
    from django.db import connection
    from django.utils import timezone

    from momentum.notifications.actions.deliver import deliver_due
    from momentum.notifications.models import Delivery
    from momentum.notifications.workflows import LANES

    now = timezone.now()
    later = Delivery.objects.waiting().order_by("due_at", "id").values("id")[most:]
    Delivery.objects.filter(id__in=later).update(due_at=now + timedelta(days=1))

    def lane() -> None:
        try:
            deliver_due(until=now + timedelta(hours=1))
        finally:
            connection.close()

    lanes = [Thread(target=lane) for _number in range(LANES)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()
    return Delivery.objects.filter(state=Delivery.State.SENT).count()


def _check_plan(found: "QuerySet[Any]") -> None:
    """Refuse to measure where it isn't one look at an index who is due."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("analyze")
    plan = found.explain().splitlines()
    if "Index Scan" not in plan[1] or any("Sort" in line for line in plan):
        raise SystemExit("Who is due isn't found by an index:\n" + "\n".join(plan))
    say(plan[1].strip())


def _load() -> None:
    """Make one learner by the product's own actions, five days into a course, and the others after that one."""
    from django.db import connection
    from django.utils import timezone

    from momentum.accounts.models import User
    from momentum.catalog.models import Category, Course, Lesson
    from momentum.engagement.models import LearnerStats
    from momentum.learning.actions.completions import complete_lesson
    from momentum.learning.actions.enrolments import enrol
    from momentum.learning.models import Enrolment, LearningDay, Progress
    from momentum.notifications.actions.preferences import choose
    from momentum.notifications.models import Preferences, ScheduledNotification

    category = Category.objects.create(name="Sea", slug="sea")
    course = Course.objects.create(
        title="Tides, a working knowledge", slug="tides", summary="How the sea rises and falls.",
        description="<p>For whoever lives by it.</p>", duration_days=20, category=category,
    )  # fmt: skip
    for day in range(1, 21):
        Lesson.objects.create(
            course=course, day=day, title=f"Day {day}: what the moon does", summary="What today is about.",
            content="<p>Water follows the moon, and the sun a little.</p>" * 20, status="published", minutes=8,
        )  # fmt: skip
    course.publish()
    now = timezone.now()
    first = User.objects.create(email="learner0@example.com", name="Lea Learner")
    enrol(user=first, course=course, at=now - timedelta(days=5))
    for lesson in course.lessons.select_related("course__category").order_by("day")[:4]:
        complete_lesson(user=first, lesson=lesson, at=now - timedelta(days=5 - lesson.day + 1))
    # Due within the hour that has just begun, whatever hour that is.
    due = (now - timedelta(minutes=1)).replace(second=0, microsecond=0)
    if due.date() != now.date():
        due = now.replace(hour=0, minute=0, second=0, microsecond=0)
    choose(user=first, hours={"reminder_at": due.time(), "quiet_from": due.time(), "quiet_until": due.time()})
    ScheduledNotification.objects.filter(user=first).exclude(kind="engagement.lesson_reminder").delete()
    ScheduledNotification.objects.filter(user=first).update(next_at=due)
    with connection.cursor() as cursor:
        cursor.execute("delete from notifications_delivery")
        _multiply(cursor, User, "id", email="'learner' || number || '@example.com'")
        for model in (Enrolment, Progress, LearningDay, LearnerStats, Preferences, ScheduledNotification):
            _multiply(cursor, model, "user_id")


def _multiply(cursor: Any, model: "type[Model]", owner: str, **others: str) -> None:  # noqa: ANN401 - Django's
    learner = "('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid"
    said = {owner: learner} | ({} if owner == "id" else {"id": "gen_random_uuid()"}) | others
    meta = model._meta  # noqa: SLF001 - Django's documented way to a table
    fields = [str(field.column) for field in meta.concrete_fields]
    values = [said.get(name, f"one.{name}") for name in fields]
    cursor.execute(
        f"insert into {meta.db_table} ({', '.join(fields)}) select {', '.join(values)}"
        f" from {meta.db_table} one, generate_series(1, {DUE - 1}) number"
    )
