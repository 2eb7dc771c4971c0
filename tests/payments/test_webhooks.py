"""What arrives at the webhook: signed or not, once or often, in any order, all at the same time."""

import json
import random
import string
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError
from momentum.learning.models import Enrolment
from momentum.mail.actions import delivery as mailing
from momentum.mail.models import Email
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Order, Payment, WebhookEvent
from momentum.providers.payments import BadSignatureError, signature
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from momentum.providers.payments.sandbox.provider import secret
from tests.factories import make_user
from tests.mailing import mailbox
from tests.payments.till import WEBHOOK, buy, deliver, enqueued, make_paid_course, pay, post_event

BODY = b'{"id":"evt_test_1","object":"event"}'
TIME = 1767225600
SIGNED = "090c600b5adc83d5731ec70f134be400c05c8978f37db7bb1ab55c31accec86c"  # pragma: allowlist secret


def _twice(thorough: int, soak: int) -> list[Any]:
    """The same test at two lengths: one for every change, one for as long as it takes."""
    return [pytest.param(thorough, marks=pytest.mark.thorough), pytest.param(soak, marks=pytest.mark.soak)]


def _rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def test_a_signature_of_stripes_own_is_right() -> None:
    assert signature.sign(BODY, "whsec_test_secret", at=TIME) == f"t={TIME},v1={SIGNED}"
    signature.verify(BODY, f"t={TIME},v0=old,v1=wrong,v1={SIGNED}", "whsec_test_secret", now=TIME + 299)


@pytest.mark.parametrize(
    "header",
    ["", "v1=", f"v1={SIGNED}", f"t={TIME}", f"t=,v1={SIGNED}", f"t={TIME}.5,v1={SIGNED}", f"t=-1,v1={SIGNED}",
     f"t={TIME},t={TIME},v1={SIGNED}", f"t={TIME},v0={SIGNED}", f"t={TIME},v1=é{SIGNED}", f"t=٣,v1={SIGNED}"],
)  # fmt: skip
def test_a_header_that_is_not_well_formed_is_refused(header: str) -> None:
    with pytest.raises(BadSignatureError):
        signature.verify(BODY, header, "whsec_test_secret", now=TIME)


def test_an_old_signature_is_refused() -> None:
    with pytest.raises(BadSignatureError):
        signature.verify(BODY, f"t={TIME},v1={SIGNED}", "whsec_test_secret", now=TIME + 301)


def test_one_from_the_future_is_refused_as_well() -> None:
    signature.verify(BODY, f"t={TIME},v1={SIGNED}", "whsec_test_secret", now=TIME - 300)
    with pytest.raises(BadSignatureError):
        signature.verify(BODY, f"t={TIME},v1={SIGNED}", "whsec_test_secret", now=TIME - 301)


def _event(**changes: Any) -> bytes:
    event = {
        "id": "evt_1",
        "type": "checkout.session.completed",
        "created": TIME,
        "data": {"object": {"id": "cs_1"}},
    }
    return json.dumps(event | changes).encode()


MALFORMED = {
    "nothing": b"",
    "no text": b"\xff\xfe",
    "no JSON": b"{",
    "a list": b"[]",
    "null": b"null",
    "deep": b'{"data": ' * 50_000,
    "a NUL": _event(type="a\0b"),
    "half a character": _event(id="\ud800"),
    "not a number": _event(amount=float("nan")),
    "more digits than a number has": _event().replace(str(TIME).encode(), b"9" * 5_000),
    "a year without a calendar": _event(created=10**15),
    "words for a time": _event(created="now"),
    "a long id": _event(id="x" * 300),
    "an id that is none": _event(id={"a": 1}),
    "a type that is none": _event(type=7),
    "no object": _event(data={}),
    "an object that is a word": _event(data={"object": "x"}),
    "an object without an id": _event(data={"object": {}}),
    "payments that are a word": _event(type="invoice.paid", data={"object": {"payments": "x"}}),
    "a parent that is a list": _event(type="invoice.paid", data={"object": {"parent": [1]}}),
}


@pytest.mark.parametrize("body", list(MALFORMED.values()), ids=list(MALFORMED))
@pytest.mark.django_db
def test_what_is_signed_and_no_event_is_refused_with_nothing_written(client: Client, body: bytes) -> None:
    header = signature.sign(body, secret(), at=int(timezone.now().timestamp()))

    answer = client.post(WEBHOOK, body, "application/json", headers={"Stripe-Signature": header})

    assert answer.status_code == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.django_db
def test_mutated_signatures_and_bodies_are_refused_with_nothing_written(learner: User) -> None:
    mutate(learner, random.Random(1), times=200)


@pytest.mark.parametrize("times", _twice(2_000, 10_000))
@pytest.mark.django_db
def test_thousands_of_mutations_are_refused_with_nothing_written(learner: User, times: int) -> None:
    mutate(learner, random.Random(2), times=times)


def mutate(user: User, dice: random.Random, times: int) -> None:
    """Send a real event with one thing changed, again and again."""
    pay(actions.order_course(user=user, course=make_paid_course()))
    body = Delivery.objects.get(type="checkout.session.completed").payload.encode()
    header = signature.sign(body, secret(), at=int(timezone.now().timestamp()))
    client, before = Client(), _rows()

    for _time in range(times):
        changed_body, changed_header = body, header
        if dice.random() < 0.5:
            place = dice.randrange(len(body))
            changed_body = body[:place] + bytes([body[place] ^ dice.randint(1, 255)]) + body[place + 1 :]
        else:
            # The scheme's own name may be spelt wrong too; other schemes beside a right one are no mutation.
            place = dice.randrange(len(header))
            letter = dice.choice([one for one in string.hexdigits[:16] if one != header[place]])
            changed_header = header[:place] + letter + header[place + 1 :]
        answer = client.post(
            WEBHOOK,
            changed_body,
            content_type="application/json",
            headers={"Stripe-Signature": changed_header},
        )
        assert answer.status_code == 400, (changed_body, changed_header)

    assert _rows() == before
    assert not WebhookEvent.objects.exists()
    assert not enqueued("payments.handle_event")


@pytest.mark.django_db
def test_an_event_is_stored_and_asked_for_once_however_often_it_comes(learner: User) -> None:
    pay(actions.order_course(user=learner, course=make_paid_course()))
    delivery = Delivery.objects.get(type="checkout.session.completed")

    for _time in range(3):
        assert post_event(delivery).status_code == 200

    stored = WebhookEvent.objects.get()
    assert (stored.ref, stored.type, stored.outcome) == (delivery.id, delivery.type, "waiting")
    assert stored.payload == json.loads(delivery.payload)
    assert enqueued("payments.handle_event") == [f"payments.handle_event/{stored.id}"]


@pytest.mark.django_db
def test_an_event_of_another_mode_is_left_alone(learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    pay(order)
    delivery = Delivery.objects.get(type="checkout.session.completed")
    delivery.payload = json.dumps(json.loads(delivery.payload) | {"livemode": True})

    post_event(delivery)
    actions.handle_event(str(WebhookEvent.objects.get().pk))

    assert WebhookEvent.objects.get().outcome == "ignored"
    order.refresh_from_db()
    assert order.status == "open"


@pytest.mark.django_db
def test_an_administrator_has_an_event_handled_again(learner: User, admin: User) -> None:
    buy(learner, make_paid_course())
    event = WebhookEvent.objects.get(type="checkout.session.completed")
    before = (Payment.objects.count(), LedgerEntry.objects.count(), len(mailbox))

    with pytest.raises(ForbiddenError):
        actions.replay_event(actor=learner, event=event)
    actions.replay_event(actor=admin, event=event)
    deliver()
    actions.handle_event(str(event.pk))

    event.refresh_from_db()
    assert (event.outcome, event.handled_times) == ("done", 2)
    assert (Payment.objects.count(), LedgerEntry.objects.count(), len(mailbox)) == before
    assert len(enqueued("payments.handle_event")) >= 2


@pytest.mark.django_db
def test_an_event_about_what_is_gone_fails_and_says_so(learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    pay(order)
    StripeObject.objects.filter(pk=order.session_id).delete()

    deliver()

    failed = WebhookEvent.objects.get(type="checkout.session.completed")
    assert failed.outcome == "failed"
    assert "No such checkout.session" in failed.error


def _storm(dice: random.Random, threads: int, times: int) -> None:
    """Bring every event of a purchase many times at once, handle each at once, and see that all happened once."""
    user, course = make_user(), make_paid_course()
    order = actions.order_course(user=user, course=course)
    pay(order)
    sent = list(Delivery.objects.filter(delivered_at=None)) * times
    dice.shuffle(sent)
    Delivery.objects.update(delivered_at=timezone.now())
    gate = Barrier(threads)

    def bring(share: list[Delivery]) -> None:
        try:
            gate.wait()
            for delivery in share:
                assert post_event(delivery).status_code == 200
                actions.handle_event(str(WebhookEvent.objects.get(ref=delivery.id).pk))
            for message in Email.objects.filter(user=user):
                mailing.deliver(str(message.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(bring, [sent[place::threads] for place in range(threads)]))

    assert Enrolment.objects.filter(user=user, course=course, status="active").count() == 1
    payment = Payment.objects.get(order=order)
    assert payment.entries.count() == 2
    assert [one.to for one in mailbox].count([user.email]) == 1
    order.refresh_from_db()
    assert order.status == "paid"
    course.refresh_from_db()
    assert course.enrolment_count == 1


@pytest.mark.django_db(transaction=True)
def test_each_event_five_times_from_eight_threads_does_everything_once() -> None:
    for run in range(3):
        _storm(random.Random(run), threads=8, times=5)
    receipts = sorted(Payment.objects.values_list("receipt", flat=True))
    assert [one[-6:] for one in receipts] == ["000001", "000002", "000003"]


@pytest.mark.parametrize("runs", _twice(100, 500))
@pytest.mark.django_db(transaction=True)
def test_each_event_five_times_from_eight_threads_for_hundreds_of_runs(runs: int) -> None:
    for run in range(runs):
        _storm(random.Random(run), threads=8, times=5)


def _click(users: list[User], course: Any, threads: int) -> list[str]:
    gate = Barrier(threads)

    def click(user: User) -> str:
        try:
            gate.wait()
            return actions.order_course(user=user, course=course).session_url
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(click, users))


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_open_one_page(learner: User) -> None:
    course = make_paid_course()

    urls = _click([learner] * 16, course, 16)

    assert len(set(urls)) == 1
    assert Order.objects.count() == 1
    assert StripeObject.objects.filter(kind="checkout.session").count() == 1


@pytest.mark.parametrize("rounds", _twice(1, 20))
@pytest.mark.django_db(transaction=True)
def test_hundreds_of_clicks_at_once_open_one_page_each(learner: User, rounds: int) -> None:
    for _round in range(rounds):
        course = make_paid_course()
        urls = {url for _wave in range(8) for url in _click([learner] * 40, course, 40)}
        assert len(urls) == 1
        assert Order.objects.filter(course=course).count() == 1
