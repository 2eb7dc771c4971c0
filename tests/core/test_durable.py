"""Asking for durable work, in the transaction of what caused it."""

import datetime as dt
import json
import subprocess
import sys
import uuid

import pytest
from django.db import connection, transaction

from momentum.core import durable

pytestmark = pytest.mark.django_db


def _rows() -> list[tuple[str, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.name, s.queue_name, s.status, i.inputs from dbos.workflow_status s"
            " join dbos.workflow_input i using (workflow_uuid) where s.application_name = 'momentum' order by s.name"
        )
        return cursor.fetchall()


def test_what_is_asked_for_waits_for_a_worker() -> None:
    day = dt.date(2026, 11, 22)
    thing = uuid.UUID("01234567-89ab-7def-8123-456789abcdef")

    run = durable.enqueue("studio.write", 7, thing, queue="studio", day=day)

    [(name, queue, status, inputs)] = _rows()
    assert (name, queue, status) == ("studio.write", "studio", "ENQUEUED")
    assert json.loads(inputs) == {"positionalArgs": [7, str(thing)], "namedArgs": {"day": "2026-11-22"}}
    assert durable.status(run) == "ENQUEUED"


class ChangedOurMindsError(Exception):
    pass


def _ask_and_fail() -> None:
    with transaction.atomic():
        durable.enqueue("studio.write", workflow_id="never")
        assert durable.status("never") == "ENQUEUED"
        raise ChangedOurMindsError


def test_a_rollback_leaves_nothing() -> None:
    with pytest.raises(ChangedOurMindsError):
        _ask_and_fail()

    assert _rows() == []
    assert durable.status("never") is None


def test_asking_twice_for_the_same_cause_is_asking_once() -> None:
    first = durable.enqueue("mail.welcome", "lea", workflow_id="welcome-lea")
    second = durable.enqueue("mail.welcome", "somebody else", workflow_id="welcome-lea")

    assert first == second == "welcome-lea"
    assert len(_rows()) == 1
    assert "lea" in _rows()[0][3]


def test_work_for_later_is_delayed() -> None:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)

    run = durable.enqueue("mail.reminder", not_before=later)

    assert durable.status(run) == "DELAYED"


def test_cancelled_work_can_be_resumed() -> None:
    run = durable.enqueue("studio.write", queue="studio")

    assert durable.cancel(run)
    assert durable.status(run) == "CANCELLED"
    assert not durable.cancel(run)
    assert durable.resume(run, queue="studio")

    assert durable.status(run) == "ENQUEUED"
    assert _rows()[0][1] == "studio"
    assert not durable.resume(run)


def test_cancelling_reaches_what_the_run_has_started() -> None:
    parent, child = durable.enqueue("studio.write"), durable.enqueue("studio.lesson")
    with connection.cursor() as cursor:
        cursor.execute(
            "update dbos.workflow_status set parent_workflow_id = %s where workflow_uuid = %s",
            [parent, child],
        )

    durable.cancel(parent)

    assert durable.status(child) == "CANCELLED"


def test_cancelling_what_nobody_knows_does_nothing() -> None:
    bystander = durable.enqueue("studio.write")

    assert not durable.cancel("no-such-run")
    assert durable.status(bystander) == "ENQUEUED"


def test_no_worker_runs_unless_one_was_started() -> None:
    assert durable.workers_running() == 0


def test_asking_for_work_does_not_import_dbos() -> None:
    code = "import sys, django; django.setup(); import momentum.urls; sys.exit('dbos' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
