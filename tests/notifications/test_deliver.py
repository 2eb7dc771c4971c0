"""Sending what people are told: everything is asked at that moment, and nothing goes twice."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from momentum.core.errors import NotFoundError
from momentum.mail.actions import mailer
from momentum.mail.domain.kinds import EmailContent
from momentum.mail.models import Email, SwitchedOffKind
from momentum.mail.queries.edits import edits
from momentum.notifications.actions import deliver as delivering
from momentum.notifications.actions import preferences
from momentum.notifications.actions.notify import notify, tell
from momentum.notifications.domain.kinds import Due, Notice, NotificationKind
from momentum.notifications.models import Channel, Choice, Delivery, Notification
from momentum.notifications.models.preferences import EVERYTHING
from tests.factories import make_user
from tests.notifications.browsers import subscribe
from tests.notifications.kinds import at, declaring, email, kind
from tests.providers.push.service import Browser, PushService

NEWS = kind()
OTHER = kind("test.other")
ANSWER = kind("test.answer", immediate=True)
TODAY = kind("test.today", today_only=True)
OF_SOMEBODY = kind("test.person")


def _if_true(*, word: str) -> EmailContent:
    if word != "true":
        raise NotFoundError
    return EmailContent(f"About {word}", [])


def _faulty(**_about: Any) -> EmailContent:
    raise ZeroDivisionError


def writing(name: str, write: Any, **fields: Any) -> NotificationKind:
    said = replace(email(name), write=write)
    return NotificationKind(said, notice=lambda **_about: Notice("News"), **fields)


BOTH = {Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.ON}
PASSING = writing("test.passing", _if_true, channels=BOTH)
FAULTY = writing("test.faulty", _faulty)
NOON = "2026-03-10 12:00"
OFF, EMAIL = Choice.OFF, Channel.EMAIL


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    with declaring(NEWS, OTHER, ANSWER, TODAY, PASSING, OF_SOMEBODY, FAULTY):
        yield


def send(moment: str, *, minutes: int = 1) -> list[str]:
    """Return the subjects of what is sent at that moment."""
    mail.outbox.clear()
    with at(moment):
        delivering.deliver_due(until=datetime.fromisoformat(f"{moment}+00:00") + timedelta(minutes=minutes))
    return [sent.subject for sent in mail.outbox]


def told(to: Any, told_kind: Any = NEWS, cause: str = "first", when: str = NOON, **about: Any) -> None:
    with at(when), transaction.atomic():
        notify(told_kind, user=to, about=about, cause=cause)


def state(user: Any) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(user=user).order_by("id").values_list("state", "reason"))


def test_what_may_be_switched_off_is_a_row_in_the_inbox_and_one_email_that_says_how(learner: Any) -> None:
    told(learner)
    told(learner)

    assert send(NOON) == ["About word"]
    assert send(NOON) == []
    (row,) = Notification.objects.all()
    assert (row.kind, row.title, row.body) == ("test.news", "About word", "A sentence about word.")
    (email,) = Email.objects.all()
    assert (email.state, email.user, email.id) == ("sent", learner, Delivery.objects.get().id)


def test_its_headers_and_its_foot_say_how_to_end_it(learner: Any) -> None:
    told(learner)
    send(NOON)

    (sent,) = mail.outbox
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.body
    assert address in sent.alternatives[0].content


def test_whoever_opts_out_before_it_is_sent_does_not_get_it(learner: Any) -> None:
    told(learner)
    told(learner, OTHER)
    preferences.unsubscribe(user_id=learner.pk, kind="test.news")

    assert send(NOON) == ["About word"]
    assert sorted(state(learner)) == [("sent", ""), ("skipped", "opted_out")]


def test_what_an_administrator_switched_off_reaches_nobody(learner: Any) -> None:
    told(learner)
    SwitchedOffKind.objects.create(kind="test.news")
    edits.forget()

    assert send(NOON) == []
    assert state(learner) == [("skipped", "switched_off")]


def test_whoever_ends_everything_gets_what_is_added_later_neither(learner: Any) -> None:
    preferences.unsubscribe(user_id=learner.pk, kind=EVERYTHING)
    told(learner)
    told(learner, ANSWER)
    assert send(NOON) == []

    preferences.resubscribe(user_id=learner.pk, kind="test.news")
    told(learner, cause="second")
    told(learner, OTHER)
    assert send(NOON) == ["About word"]


@pytest.mark.parametrize(
    ("zone", "moment", "waits_until"),
    [
        ("UTC", "2026-03-10 21:59", None),
        ("UTC", "2026-03-10 22:00", "2026-03-11 07:00"),
        ("UTC", "2026-03-10 06:59", "2026-03-10 07:00"),
        ("UTC", "2026-03-10 07:00", None),
        ("Asia/Tokyo", "2026-03-10 12:59", None),
        ("Asia/Tokyo", "2026-03-10 13:00", "2026-03-10 22:00"),
        # The clocks go forward in the night to the 29th, and back in the night to the 25th of October.
        ("Europe/Berlin", "2026-03-28 21:30", "2026-03-29 05:00"),
        ("Europe/Berlin", "2026-10-24 21:30", "2026-10-25 06:00"),
    ],
)
def test_quiet_hours_are_those_of_the_persons_clock(
    db: None, zone: str, moment: str, waits_until: str | None
) -> None:
    user = make_user(time_zone=zone)
    told(user, when=moment)

    assert send(moment) == ([] if waits_until else ["About word"])
    if waits_until:
        assert Delivery.objects.get().due_at.strftime("%Y-%m-%d %H:%M") == waits_until
        assert send(waits_until) == ["About word"]


def test_what_follows_from_what_they_just_did_comes_in_quiet_hours_and_beyond_the_limit(learner: Any) -> None:
    preferences.choose(user=learner, hours={"daily_cap": 1})
    told(learner)
    send(NOON)
    told(learner, ANSWER, when="2026-03-10 23:00")

    assert send("2026-03-10 23:00") == ["About word"]


def test_a_day_brings_no_more_than_somebody_chose_and_the_rest_the_next_day(learner: Any) -> None:
    preferences.choose(user=learner, hours={"daily_cap": 2})
    for cause in ("a", "b", "c"):
        told(learner, cause=cause, word=cause)
    told(learner, TODAY, word="today")

    assert send(NOON) == ["About a", "About b"]
    assert ("skipped", "late") in state(learner)
    assert send("2026-03-11 00:30") == []
    assert send("2026-03-11 07:00") == ["About c"]


def test_what_is_of_no_use_tomorrow_is_not_sent_tomorrow(learner: Any) -> None:
    told(learner, TODAY, when="2026-03-10 21:00")

    assert send("2026-03-11 09:00") == []
    assert state(learner) == [("skipped", "late")]


def test_what_is_no_longer_true_is_not_sent(service: PushService, learner: Any) -> None:
    subscribe(learner, Browser())
    told(learner, PASSING, cause="1", word="true")
    told(learner, PASSING, cause="2", word="over")

    assert send(NOON) == ["About true"]
    assert len(service.received) == 1
    assert sorted(state(learner)) == [("sent", ""), ("sent", ""), *2 * [("skipped", "over")]]


def test_what_is_about_somebody_who_is_gone_is_not_sent(learner: Any) -> None:
    other = make_user()
    told(learner, OF_SOMEBODY, user=other)
    other.delete()

    assert send(NOON) == []
    assert state(learner) == [("skipped", "gone")]


def test_a_suspended_account_gets_nothing(learner: Any) -> None:
    told(learner)
    learner.is_active = False
    learner.save()

    assert send(NOON) == []


def test_a_server_that_is_away_is_tried_again_and_asked_anew_each_time(
    learner: Any, monkeypatch: Any
) -> None:
    class Away:
        def open(self) -> None:
            raise ConnectionRefusedError

        def close(self) -> None: ...

    told(learner)
    with monkeypatch.context() as away:
        away.setattr(mailer, "mailers", {"default": Away()})
        send(NOON)
        assert Delivery.objects.get().due_at.strftime("%H:%M:%S") == "12:00:30"
        send("2026-03-10 12:00:30")
        assert Delivery.objects.get().attempts == 2
    assert not Email.objects.exists()
    preferences.unsubscribe(user_id=learner.pk, kind="test.news")

    assert send("2026-03-10 12:10") == []
    assert state(learner) == [("skipped", "opted_out")]


def test_what_a_server_refuses_for_good_fails_and_the_log_says_so(learner: Any, monkeypatch: Any) -> None:
    def refuse(self: Any, message: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({learner.email: (550, b"no such mailbox")})

    told(learner)
    monkeypatch.setattr(mailer.Mailer, "send", refuse)
    send(NOON)

    assert state(learner) == [("failed", "refused")]
    email = Email.objects.get()
    assert (email.state, email.error, email.can_be_resent) == ("failed", "SMTPRecipientsRefused 550", False)


def test_who_dies_between_sending_and_noting_sends_the_same_email_again(
    learner: Any, monkeypatch: Any
) -> None:
    class Killed(BaseException): ...

    def killed(self: Any) -> None:
        raise Killed

    told(learner)
    with monkeypatch.context() as dying:
        dying.setattr(Delivery, "mark_sent", killed)
        with pytest.raises(Killed):
            send(NOON)
    first = mail.outbox[0].extra_headers["Message-ID"]

    assert send("2026-03-10 12:01") == []  # whoever took it may still be at it
    assert send("2026-03-10 12:06") == ["About word"]
    assert mail.outbox[0].extra_headers["Message-ID"] == first


def test_a_fault_in_what_one_says_holds_up_nobody_elses(learner: Any, caplog: Any) -> None:
    told(learner, FAULTY)
    told(make_user(), NEWS)

    assert send(NOON) == ["About word"]
    assert state(learner) == [("failed", "refused")]
    assert "can't be sent" in caplog.text


def test_telling_many_takes_three_statements_and_whom_it_was_told_before_nothing(
    learner: Any, django_assert_num_queries: Any
) -> None:
    others = [make_user() for _ in range(3)]
    told(learner)
    with at(NOON) as _, transaction.atomic(), django_assert_num_queries(3):
        now = datetime.fromisoformat(f"{NOON}+00:00")
        new = tell(NEWS, [Due(one, "first", {}) for one in (learner, *others)], now=now)

    assert {one.user_id for one in new} == {one.pk for one in others}


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_twice_nor_two_to_somebody_at_once(learner: Any) -> None:
    from threading import Thread

    preferences.choose(user=learner, hours={"daily_cap": 1})
    for number in range(4):
        told(learner, cause=str(number))
    mail.outbox.clear()

    def work() -> None:
        try:
            delivering.deliver_due(until=datetime.fromisoformat(f"{NOON}+00:00") + timedelta(minutes=1))
        finally:
            connection.close()

    with at(NOON):
        threads = [Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(mail.outbox) == 1
