"""Workers as real processes: what they finish, what they take over, and how they end."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from momentum.accounts.models import Session
from momentum.core import durable
from momentum.core.durable.workers import NAMESPACE
from momentum.site.actions import change_settings
from momentum.studio.queues import LESSONS
from tests.database import url_of_test_database
from tests.factories import make_user

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


class Worker:
    """A `momentum worker` on the test database, with the journal's workflows."""

    def __init__(self) -> None:
        surroundings = {
            "MOMENTUM_DATABASE_URL": url_of_test_database(),
            "DJANGO_SETTINGS_MODULE": "tests.core.settings",
            "MOMENTUM_LOG_LEVEL": "INFO",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "momentum", "worker"],
            cwd=Path(__file__).parents[2],
            env={**os.environ, **surroundings},
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> "Worker":
        assert self.process.stderr
        for line in self.process.stderr:
            if found := re.search(r"Working as (\S+)", line):
                self.executor = found[1]
                return self
        raise AssertionError("the worker ended before it was ready")

    def end(self, signum: signal.Signals) -> int:
        self.process.send_signal(signum)
        self.process.communicate(timeout=120)
        return self.process.returncode


@pytest.fixture
def hire() -> Iterator[Callable[[], Worker]]:
    hired: list[Worker] = []

    def hire_one() -> Worker:
        hired.append(Worker())
        return hired[-1]

    yield hire_one
    for worker in hired:
        if worker.process.poll() is None:
            worker.end(signal.SIGKILL)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


def _wait_for(what: Callable[[], object], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def _has(journal: Path, words: str) -> Callable[[], bool]:
    return lambda: words in journal.read_text()


def _done(run: str) -> Callable[[], bool]:
    return lambda: durable.status(run) == "SUCCESS"


def _times(journal: Path) -> Counter[str]:
    return Counter(line.rsplit(" ", 1)[0] for line in journal.read_text().splitlines())


def test_limits_of_a_queue_that_are_changed_hold_without_a_restart(hire: Callable[[], Worker]) -> None:
    hire().ready()
    assert _limits_of_lessons() == (4, 60)

    change_settings(actor=None, section="generation", values={"lessons_at_once": 2, "lessons_per_minute": 30})

    _wait_for(lambda: _limits_of_lessons() == (2, 30))


def _limits_of_lessons() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select worker_concurrency, rate_limit_max from dbos.queues where name = %s", [LESSONS]
        )
        found: tuple[int, int] = cursor.fetchone()
        return found


def test_work_outlives_its_worker_and_completed_steps_are_not_repeated(
    hire: Callable[[], Worker], journal: Path
) -> None:
    workers = {worker.process.pid: worker for worker in (hire(), hire())}
    for worker in workers.values():
        worker.ready()
    assert durable.workers_running() == 2

    run = durable.enqueue("journal.count", str(journal), 5, 0.3, queue="journal")
    _wait_for(_has(journal, "begin 2"))
    victim = workers[int(journal.read_text().split()[-1])]
    victim.end(signal.SIGKILL)
    _wait_for(_done(run))

    times = _times(journal)
    assert [times[f"end {number}"] for number in range(5)] == [1, 1, 1, 1, 1]
    assert [times[f"begin {number}"] for number in range(5)] == [1, 1, 2, 1, 1]
    assert durable.workers_running() == 1

    # Told to stop, the other one finishes its step and leaves the rest to the next.
    [survivor] = [worker for worker in workers.values() if worker is not victim]
    journal.write_text("")
    run = durable.enqueue("journal.count", str(journal), 3, 0.5, queue="journal")
    _wait_for(_has(journal, "begin 1"))
    successor = hire()
    assert survivor.end(signal.SIGTERM) == 0
    assert _times(journal)["end 1"] == 1
    assert _times(journal)["begin 2"] == 0
    successor.ready()
    _wait_for(_done(run))

    assert set(_times(journal).values()) == {1}

    # A step that fails is tried again, and a run that was cancelled goes on where it was.
    stumbling = durable.enqueue("journal.stumble", str(journal))
    _wait_for(_done(stumbling))
    assert journal.read_text().count("try") == 3

    # So is one whose connection dropped, however often it says it may be tried; no other fault of its is.
    _wait_for(_done(durable.enqueue("journal.lose", str(journal))))
    fallen = durable.enqueue("journal.fall", str(journal))
    _wait_for(lambda: durable.status(fallen) == "ERROR")
    assert [journal.read_text().count(word) for word in ("look", "crack")] == [4, 1]

    journal.write_text("")
    run = durable.enqueue("journal.count", str(journal), 3, 0.3, queue="journal")
    _wait_for(_has(journal, "begin 1"))
    durable.cancel(run)
    _wait_for(_has(journal, "end 1"))
    assert durable.status(run) == "CANCELLED"
    durable.resume(run, queue="journal")
    _wait_for(_done(run))

    times = _times(journal)
    assert times["end 0"] == 1
    assert times["end 2"] == 1


def test_a_worker_that_loses_its_connection_goes_on_unless_a_peer_has_its_work(
    hire: Callable[[], Worker], journal: Path
) -> None:
    worker = hire().ready()
    run = durable.enqueue("journal.count", str(journal), 4, 0.4, queue="journal")
    _wait_for(_has(journal, "begin 1"))

    with psycopg.connect(url_of_test_database(), autocommit=True) as admin:
        _cut_off(admin, worker)
        _wait_for(_done(run))
        assert set(_times(journal).values()) == {1}
        assert worker.process.poll() is None

        journal.write_text("")
        run = durable.enqueue("journal.count", str(journal), 40, 0.2, queue="journal")
        _wait_for(_has(journal, "begin 1"))
        _take_work_of(admin, worker, run)
        worker.process.communicate(timeout=120)

    assert worker.process.returncode == 1
    _wait_for(lambda: durable.workers_running() == 0)  # the server lets go of a lock when it notices
    assert _times(journal)["end 39"] == 0


def test_an_idle_worker_asks_the_database_little_and_starts_at_once_what_comes(
    hire: Callable[[], Worker], journal: Path
) -> None:
    hire().ready()
    with psycopg.connect(url_of_test_database(), autocommit=True) as admin:
        _wait_for(lambda: admin.execute("select count(*) > 1 from dbos.queues").fetchone() == (True,))
        before = _transactions(admin)

        time.sleep(6)

        # Each queue asking by itself thrice a second made more than six hundred.
        assert _transactions(admin) - before < 250

        # What waits for room in one queue keeps nobody of another waiting, and is started when there is room.
        runs = [durable.enqueue("journal.count", str(journal), 1, 6, queue="journal") for _number in range(3)]
        other = durable.enqueue("journal.stumble", str(journal))
        _wait_for(_has(journal, "begin 0"))
        assert _transactions(admin) - before < 280
        _wait_for(_done(other))
        assert [durable.status(run) for run in runs].count("ENQUEUED") == 1
        _wait_for(lambda: all(durable.status(run) == "SUCCESS" for run in runs))


def test_expired_sessions_are_forgotten_by_a_schedule_that_the_worker_keeps(
    hire: Callable[[], Worker],
) -> None:
    user, now = make_user(), timezone.now()
    for key, expires in (("old", now - timedelta(minutes=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(key_hash=key, user=user, data="", last_seen_at=now, expires_at=expires)

    hire().ready()
    with psycopg.connect(url_of_test_database(), autocommit=True) as admin:
        kept = "select schedule from dbos.workflow_schedules where schedule_name = 'accounts.tidy_sessions'"
        _wait_for(lambda: admin.execute(kept).fetchall() == [("17 * * * *",)])
    run = durable.enqueue("accounts.tidy_sessions", now, None)
    _wait_for(_done(run))

    assert list(Session.objects.values_list("key_hash", flat=True)) == ["new"]


def _transactions(admin: psycopg.Connection) -> int:
    """Return how many there have been in this database; its connections tell that every few seconds."""
    [(number,)] = admin.execute(
        "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
    ).fetchall()
    return int(number)


def _cut_off(admin: psycopg.Connection, worker: Worker) -> None:
    [(ended,)] = admin.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like %s",
        [f"momentum worker {worker.executor[:30]}%"],
    ).fetchall()
    assert ended


def _take_work_of(admin: psycopg.Connection, worker: Worker, run: str) -> None:
    """Do as a peer does: get the lock before the worker has it again, and give the work to somebody else."""
    waiter = psycopg.connect(url_of_test_database(), autocommit=True)
    waiter.pgconn.send_query_params(
        b"select pg_advisory_lock($1::int, hashtext($2))", [str(NAMESPACE).encode(), worker.executor.encode()]
    )
    _cut_off(admin, worker)
    while waiter.pgconn.get_result():
        pass
    admin.execute("update dbos.workflow_status set executor_id = 'a peer' where workflow_uuid = %s", [run])
    waiter.close()
