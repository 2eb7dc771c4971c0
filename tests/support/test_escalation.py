"""Telling administrators that somebody waits: once each time, and once more when it is late."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.core.durable import Schedule
from momentum.core.errors import ConflictError
from momentum.notifications.models import Delivery, Notification
from momentum.support import workflows
from momentum.support.actions.answering import answer
from momentum.support.actions.asking import ask, write
from momentum.support.actions.escalation import remind
from momentum.support.models import Conversation, Message
from momentum.support.site_settings import SupportSettings
from tests.factories import make_user
from tests.mailing import mailbox
from tests.support.asking import SUBJECT, asked, mail_to, told


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment; return what each returns, or the refusal."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except ConflictError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def make_late(conversation: Conversation, hours: float = 25) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(
        waiting_since=timezone.now() - timedelta(hours=hours)
    )


def test_every_administrator_is_told_and_nobody_else(as_learner: Any, admin: Any, learner: Any) -> None:
    ben, gone = make_user(role="admin"), make_user(role="admin", is_active=False)

    asked(as_learner)

    for administrator in (admin, ben):
        assert told(administrator) == [f"Waiting for an answer: {SUBJECT}"]
        assert len(mail_to(administrator.email)) == 1
    assert (told(gone), told(learner)) == ([], [])


def test_who_switched_it_off_gets_no_email_and_is_told_on_the_site(
    as_admin: Any, admin: Any, as_learner: Any
) -> None:
    preferences = as_admin.get("/settings/notifications/").text
    assert "Someone waits for a person" in preferences
    assert "Someone waits for a person" not in as_learner.get("/settings/notifications/").text
    from momentum.notifications.actions.preferences import unsubscribe

    unsubscribe(user_id=admin.pk, kind="support.escalation")

    asked(as_learner)

    assert mail_to(admin.email) == []
    assert len(told(admin)) == 1


def test_what_was_answered_before_the_email_left_is_not_mailed(as_learner: Any, admin: Any) -> None:
    conversation = asked(as_learner)
    answer(
        actor=admin, conversation=conversation, text="Here.", version=conversation.version, key=uuid.uuid4()
    )

    assert mail_to(admin.email) == []
    assert Delivery.objects.get(notification__user=admin).state == "skipped"


def test_who_waits_too_long_is_told_of_once_more(as_learner: Any, admin: Any, site_settings: Any) -> None:
    site_settings(SupportSettings, answer_hours=4)
    conversation, fresh = asked(as_learner, subject="Late"), asked(as_learner, subject="Fresh")
    make_late(conversation, hours=4.1)
    make_late(fresh, hours=3.9)
    mailbox.clear()

    assert [remind(), remind()] == [1, 0]

    assert told(admin)[2:] == ["Still waiting: Late"]
    [mail] = mail_to(admin.email)
    assert "Lea Learner has waited for an answer for more than 4 hours." in mail.body
    # Answered and asked again, it is another time, which may be late as well.
    conversation.refresh_from_db()
    answer(
        actor=admin, conversation=conversation, text="Here.", version=conversation.version, key=uuid.uuid4()
    )
    make_late(fresh, hours=1)
    assert remind() == 0
    write(conversation=conversation, text="And?", key=uuid.uuid4())
    make_late(conversation)
    assert remind() == 1
    assert told(admin)[3:] == ["Waiting for an answer: Late", "Still waiting: Late"]


def test_the_worker_looks_for_them_by_itself() -> None:
    assert Schedule(workflows.remind, "*/5 * * * *") in workflows.SCHEDULES
    assert Schedule(workflows.tidy, "15 3 * * *") in workflows.SCHEDULES


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_conversation_of_which_each_is_told_once(
    learner: Any, admin: Any
) -> None:
    ben, key = make_user(role="admin"), uuid.uuid4()

    found = at_once(*[lambda: ask(user=learner, subject="A video", text="It stops.", key=key)] * 4)

    assert len({one.pk for one in found}) == 1
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)
    assert (len(told(admin)), len(told(ben))) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_written_at_once_after_an_answer_escalates_once(learner: Any, admin: Any) -> None:
    conversation = ask(user=learner, subject="A video", text="It stops.", key=uuid.uuid4())
    answer(actor=admin, conversation=conversation, text="Try again.", version=1, key=uuid.uuid4())

    at_once(
        *[
            lambda word=word: write(conversation=conversation, text=word, key=uuid.uuid4())  # type: ignore[misc]
            for word in ("One.", "Two.", "Three.")
        ]
    )

    conversation.refresh_from_db()
    assert (conversation.spell, conversation.messages.count()) == (2, 5)
    assert len(told(admin)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_sent(learner: Any, admin: Any) -> None:
    ben = make_user(role="admin")
    conversation = ask(user=learner, subject="A video", text="It stops.", key=uuid.uuid4())

    found = at_once(
        *[
            lambda who=who: answer(  # type: ignore[misc]
                actor=who, conversation=conversation, text="Try again.", version=1, key=uuid.uuid4()
            )
            for who in (admin, ben)
        ]
    )

    assert sorted(type(one).__name__ for one in found) == ["ConflictError", "Message"]
    assert conversation.messages.count() == 2
    assert Notification.objects.filter(user=learner, kind="support.answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_look_at_once_remind_once(learner: Any, admin: Any) -> None:
    for number in range(3):
        make_late(ask(user=learner, subject=f"Question {number}", text="It stops.", key=uuid.uuid4()))

    assert sum(at_once(remind, remind, remind)) == 3

    assert len([title for title in told(admin) if title.startswith("Still waiting")]) == 3


def test_nothing_is_told_of_what_is_refused(client: Client, admin: Any) -> None:
    client.post("/help/", {"email": "nora@example.com", "subject": "", "text": "Hello"})

    assert told(admin) == []
