"""Queues: whether they keep up, what is forgotten of them, and that none waits for another."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from momentum import worker
from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.durable.pruning import forget_history
from momentum.mail.actions.outbox import enqueue
from momentum.mail.domain.kinds import kinds
from momentum.mail.models import Keeps

pytestmark = pytest.mark.django_db
MINUTE = 60_000


def _change(run: str, **columns: object) -> None:
    names = ", ".join(f"{name} = %s" for name in columns)  # ours, and values apart
    with connection.cursor() as cursor:
        cursor.execute(
            f"update dbos.workflow_status set {names} where workflow_uuid = %s",  # noqa: S608
            [*columns.values(), run],
        )


def _minutes_ago(minutes: int) -> int:
    return int(dt.datetime.now(dt.UTC).timestamp() * 1000) - minutes * MINUTE


def test_a_queue_whose_first_in_line_waits_and_waits_is_told(client: Client) -> None:
    old, begun, later = (durable.enqueue("mail.deliver", queue="mail") for _ in range(3))
    durable.enqueue("mail.deliver", queue="mail")
    for run in (old, begun, later):
        _change(run, created_at=_minutes_ago(12), updated_at=_minutes_ago(12))
    _change(begun, status="PENDING")
    _change(later, status="DELAYED", delay_until_epoch_ms=_minutes_ago(-5))

    [late] = durable.late_queues()

    assert (late.queue, late.waiting, late.seconds // 60) == ("mail", 2, 12)
    assert client.get("/readyz").json()["late_queues"].keys() == {"mail"}
    assert durable.late_queues(after=13 * 60) == []


def test_what_was_put_off_is_late_only_after_its_time() -> None:
    run = durable.enqueue("mail.deliver", queue="mail")
    _change(run, created_at=_minutes_ago(90), updated_at=_minutes_ago(90), status="DELAYED")
    _change(run, delay_until_epoch_ms=_minutes_ago(3))

    assert durable.late_queues() == []
    assert [late.seconds // 60 for late in durable.late_queues(after=60)] == [3]


def test_work_that_ended_a_month_ago_is_forgotten_unless_somebody_waits_for_it() -> None:
    over, fresh, waiting, child, parent = (durable.enqueue("studio.write", number) for number in range(5))
    month = _minutes_ago(31 * 24 * 60)
    for run in (over, child):
        _change(run, status="SUCCESS", updated_at=month)
    _change(waiting, updated_at=month)
    _change(parent, status="PENDING", updated_at=month)
    _change(child, parent_workflow_id=parent)
    _change(fresh, status="SUCCESS")

    assert forget_history() == 1

    assert durable.status(over) is None
    assert [durable.status(run) for run in (fresh, waiting, child)] == ["SUCCESS", "ENQUEUED", "SUCCESS"]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from dbos.workflow_input where workflow_uuid = %s", [over])
        assert cursor.fetchone() == (0,)


def test_mail_that_lets_somebody_in_never_waits_behind_other_mail(learner: User) -> None:
    queues = {}
    for kind in kinds().values():
        message = enqueue(kind, user=learner, about=kind.sample())
        with connection.cursor() as cursor:
            cursor.execute(
                "select queue_name from dbos.workflow_status where workflow_uuid = %s",
                [f"mail.deliver/{message.id}/1"],
            )
            queues[kind.name] = (cursor.fetchone()[0], kind.keeps)

    assert queues["accounts.email_confirmation_signup"] == ("urgent-mail", Keeps.NO_BODY)
    assert queues["payments.receipt"] == ("mail", Keeps.ALL)
    assert all((queue == "urgent-mail") == (keeps == Keeps.NO_BODY) for queue, keeps in queues.values())


def test_there_is_a_thread_for_everything_that_all_queues_may_run_at_once() -> None:
    queues = [durable.Queue("slow", at_once=32), durable.Queue("mail", at_once=8)]

    assert worker.threads_for(queues, []) >= 40
