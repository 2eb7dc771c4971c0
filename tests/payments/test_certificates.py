"""What becomes of a course's certificate when its money goes back, and comes again."""

from typing import Any

import pytest
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.actions import certificates
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.models import Certificate, Progress
from momentum.payments import actions
from momentum.payments.models import Payment
from momentum.providers.payments.sandbox import disputes
from momentum.providers.payments.sandbox.models import StripeObject
from tests.mailing import mailbox
from tests.pages import words
from tests.payments.till import REFUND_FAILS, buy, deliver, work

pytestmark = pytest.mark.django_db


def _finish(learner: User, course: Course) -> None:
    for lesson in course.lessons.order_by("day"):
        complete_lesson(user=learner, lesson=lesson)


def _finished(learner: User, course: Course, number: str | None = None) -> Certificate:
    buy(learner, course, number) if number else buy(learner, course)
    _finish(learner, course)
    return Certificate.objects.get()


def _give_back(admin: User, amount: int = 2900) -> None:
    actions.refund_payment(
        actor=admin, payment=Payment.objects.latest("created_at"), amount=amount, reason="Asked."
    )
    work()
    deliver()


def _page(certificate: Certificate) -> str:
    return words(Client().get(f"/certificates/{certificate.number}/"))


def test_a_full_refund_revokes_it_says_so_in_plain_words_and_keeps_the_progress(
    admin: User, learner: User, course: Course
) -> None:
    certificate = _finished(learner, course)

    _give_back(admin, 1000)
    certificate.refresh_from_db()
    assert not certificate.is_revoked
    assert "certificate" not in str(mailbox[-1].body)
    _give_back(admin, 1900)

    certificate.refresh_from_db()
    assert (certificate.is_revoked, certificate.why) == (True, "The course was refunded.")
    assert "The course was refunded." in _page(certificate)
    assert Client().get(f"/certificates/{certificate.number}/certificate.pdf").status_code == 403
    assert mailbox[-1].subject == "Your refund is on its way"
    assert "Your certificate for this course is no longer valid." in " ".join(str(mailbox[-1].body).split())
    assert Progress.objects.filter(user=learner).exclude(completed_at=None).count() == course.duration_days


def test_a_refund_that_comes_back_reinstates_it(admin: User, learner: User, course: Course) -> None:
    certificate = _finished(learner, course, REFUND_FAILS)
    _give_back(admin)
    certificate.refresh_from_db()
    assert certificate.is_revoked

    disputes.fail(StripeObject.objects.get(kind=disputes.REFUND).id)
    deliver(times=2)

    certificate.refresh_from_db()
    assert (certificate.status, certificate.reason) == ("valid", "")
    assert "Valid" in _page(certificate)


@pytest.mark.parametrize(("won", "status"), [(True, "valid"), (False, "revoked")])
def test_a_dispute_revokes_it_until_it_is_won(
    learner: User, course: Course, *, won: bool, status: str
) -> None:
    certificate = _finished(learner, course)
    opened = disputes.dispute(Payment.objects.get().intent)
    deliver()
    certificate.refresh_from_db()
    assert certificate.why == "The payment for the course is disputed."

    disputes.decide(opened.id, won=won)
    deliver()

    certificate.refresh_from_db()
    assert certificate.status == status


def test_who_buys_it_again_has_the_same_certificate_again(admin: User, learner: User, course: Course) -> None:
    certificate = _finished(learner, course)
    _give_back(admin)

    buy(learner, course)

    certificate.refresh_from_db()
    assert certificate.status == "valid"
    assert Certificate.objects.count() == 1


def test_what_an_administrator_decided_stands(admin: User, learner: User, course: Course) -> None:
    certificate = _finished(learner, course)
    certificates.revoke_certificate(
        actor=admin, certificate=certificate, reason="Somebody else took the course."
    )
    _give_back(admin)
    buy(learner, course)

    certificate.refresh_from_db()

    assert (certificate.status, certificate.why) == ("revoked", "Somebody else took the course.")


def test_the_terms_say_so(client: Any) -> None:
    assert "its certificate is revoked" in words(client.get("/terms/"))
