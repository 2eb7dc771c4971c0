"""What keeps the books right, in the panel: events, comparisons with the provider, the ledger, and who may."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.core.errors import DomainError, ForbiddenError
from momentum.events.models import AuditEntry
from momentum.payments import actions
from momentum.payments.models import Coupon, Payment, Plan, Reconciliation, Subscription, WebhookEvent
from momentum.providers.payments import get_provider
from momentum.providers.payments.redaction import without_persons
from tests.pages import link, main, titles, words
from tests.payments.till import enqueued, subscribe, work

pytestmark = pytest.mark.django_db

PAGE = "/panel/payments/"


def _names(response: Any) -> list[str]:
    return titles(response, "tbody th a")


def test_an_event_is_shown_without_what_is_personal(as_admin: Any, payment: Payment) -> None:
    event = WebhookEvent.objects.get(type="checkout.session.completed")

    page = as_admin.get(f"/panel/events/{event.id}/")
    shown = main(page).select_one("pre")
    assert shown is not None

    assert "lea@example.com" not in page.content.decode()
    said = json.loads(shown.get_text())["data"]["object"]
    assert (said["id"], said["amount_total"], said["payment_status"]) == (
        payment.order.session_id,
        2900,
        "paid",
    )
    assert said["customer_details"] == said["success_url"] == "…"
    assert link(page, f"Payment {payment.receipt}") == f"{PAGE}{payment.id}/"


def test_nothing_of_a_person_is_left_in_what_is_shown() -> None:
    told = {
        "customer_details": {"email": "lea@example.com", "address": {"line1": "High Street 1"}},
        "billing_details": {"name": "Lea"}, "receipt_email": "lea@example.com", "client_secret": "pi_1_secret_2",
        "metadata": {"order_id": "0192", "note": "lea@example.com"}, "url": "https://pay.example.com/c/1",
        "payment_method_details": {"card": {"last4": "4242"}}, "last_payment_error": {"code": "x", "message": "Lea L."},
        "parent": {"subscription_details": {"subscription": "sub_1"}}, "lines": [{"description": "For Lea"}],
        "amount": 5, "paid": True, "status": "open", "nothing": None,
    }  # fmt: skip

    shown = json.dumps(without_persons(told))

    for personal in ("lea@", "Lea", "High", "4242", "_secret_", "https"):
        assert personal not in shown
    for plain in ("0192", "sub_1", '"amount": 5', "open"):
        assert plain in shown


def test_an_event_is_handled_again(as_admin: Any, admin: User, payment: Payment) -> None:
    event = WebhookEvent.objects.get(type="checkout.session.completed")

    answer = as_admin.post(f"/panel/events/{event.id}/replay/")

    assert answer.url == f"/panel/events/{event.id}/"
    event.refresh_from_db()
    assert event.outcome == "waiting"
    work()
    event.refresh_from_db()
    assert (event.outcome, event.handled_times) == ("done", 2)
    assert Payment.objects.count() == 1
    assert AuditEntry.objects.get(name="webhook.replayed").actor_id == admin.id


def test_what_was_forgotten_cannot_be_handled_again(as_admin: Any, admin: User, payment: Payment) -> None:
    WebhookEvent.objects.update(payload={})
    event = WebhookEvent.objects.latest("created_at")

    page = as_admin.get(f"/panel/events/{event.id}/")
    assert "Deleted" in words(page)
    assert as_admin.post(f"/panel/events/{event.id}/replay/").status_code == 409
    event.refresh_from_db()
    assert event.outcome == "done"


def test_events_are_found_by_kind_state_and_whatever_they_are_about(as_admin: Any, payment: Payment) -> None:
    def found(**asked: str) -> set[str]:
        return set(_names(as_admin.get("/panel/events/", asked)))

    assert found(type="checkout.session.completed") == {"checkout.session.completed"}
    assert found(q=str(payment.order_id)) == {"checkout.session.completed"}
    assert "payment_intent.succeeded" in found(q=payment.intent)
    assert found(state="failed") == set()


def test_the_books_are_compared_on_request_once_at_a_time(
    as_admin: Any, admin: User, payment: Payment
) -> None:
    get_provider().refund(payment.intent, amount=900, currency="EUR", key="at their desk")

    answer = as_admin.post("/panel/reconciliations/", {"days": "7"})
    again = as_admin.post("/panel/reconciliations/", {"days": "7"})

    report = Reconciliation.objects.get()
    assert answer.url == f"/panel/reconciliations/{report.id}/"
    assert again.status_code == 422
    assert "A reconciliation is already running." in words(again)
    assert "Not complete yet." in words(as_admin.get(answer.url))
    assert enqueued("payments.reconcile_now") == [f"payments.reconcile_now/{report.id}"]
    actions.reconcile(since=report.since, report=report)
    page = as_admin.get(answer.url)
    assert "Fixed" in words(page)
    payment.refresh_from_db()
    assert payment.refunded == 900
    assert "Fixed" in words(as_admin.get("/panel/reconciliations/"))


def test_the_ledger_says_that_it_sums(as_admin: Any, payment: Payment) -> None:
    page = as_admin.get("/panel/ledger/")

    assert "Balanced" in words(page)
    assert "€29.00" in words(page)
    assert f"{PAGE}{payment.id}/" in {str(a["href"]) for a in main(page).select("tbody th a")}


def test_only_administrators_do_any_of_it(learner: User, payment: Payment) -> None:
    subscribe(learner)
    plan, event = Plan.objects.first(), WebhookEvent.objects.first()
    assert plan is not None
    assert event is not None
    coupon = Coupon.objects.create(code="NONE", percent=5)
    doings: list[Callable[[], object]] = [
        lambda: actions.save_plan(actor=learner, plan=plan, amount=1, currency="EUR", active=True),
        lambda: actions.switch_coupon(actor=learner, coupon=coupon, active=False),
        lambda: actions.check_order(actor=learner, order=payment.order),
        lambda: actions.request_reconciliation(actor=learner, days=7),
        lambda: actions.replay_event(actor=learner, event=event),
        lambda: actions.set_cancellation_of(
            actor=learner, subscription=Subscription.objects.get(), cancel=True
        ),
    ]
    for doing in doings:
        with pytest.raises(ForbiddenError):
            doing()

    plan.refresh_from_db()
    coupon.refresh_from_db()
    assert (plan.amount, coupon.active) == (1200, True)
    assert not Subscription.objects.get().cancel_at_period_end
    assert not Reconciliation.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 91])
def test_no_more_than_ninety_days_are_compared(admin: User, days: int) -> None:
    with pytest.raises(DomainError):
        actions.request_reconciliation(actor=admin, days=days)

    assert not Reconciliation.objects.exists()
