"""The sandbox's checkout: opening a session, paying on its page, and what comes of it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from momentum.core import durable
from momentum.providers.payments import SANDBOX, CheckoutRequest
from momentum.providers.payments.currencies import step, told
from momentum.providers.payments.parsing import ORDER
from momentum.providers.payments.sandbox import billing, disputes
from momentum.providers.payments.sandbox.cards import BY_NUMBER, GOOD, Way
from momentum.providers.payments.sandbox.models import StripeObject, now
from momentum.providers.payments.sandbox.objects import INTENT, emit, find, make, make_intent, once

SESSION = "checkout.session"
# What a delayed method takes here; days, in life.
LATER = timedelta(seconds=20)
# Codes of its own, and how many percent they take off the first payment.
PROMOTIONS = {"HALF": 50, "ALL": 100}


def open_session(request: CheckoutRequest) -> StripeObject:
    """Open a session; the same one again for the same key."""
    return once(request.key, vars(request), SESSION, lambda: _open(request))


def _open(request: CheckoutRequest) -> StripeObject:
    amount = told(request.amount, request.currency)
    session = make(
        "cs_test",
        SESSION,
        mode=request.mode,
        status="open",
        payment_status="unpaid",
        amount_subtotal=amount,
        amount_total=amount,
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        allow_promotion_codes=request.promotions,
        currency=request.currency.lower(),
        client_reference_id=request.order,
        metadata={ORDER: request.order},
        customer=request.customer or None,
        customer_details={"email": request.email},
        payment_intent=None,
        subscription=None,
        success_url=f"{request.success_url}?session={{CHECKOUT_SESSION_ID}}",
        cancel_url=request.cancel_url,
        expires_at=int(request.expires_at.timestamp()),
    )
    session.change(url=settings.BASE_URL + reverse("sandbox:checkout", args=[session.id]))
    session.note(name=request.name, interval=request.interval)
    return session


@transaction.atomic
def close(session_id: str) -> StripeObject:
    """Expire the session where it is open still."""
    session = find(session_id, SESSION, lock=True)
    if session.data["status"] == "open":
        session.change(status="expired", url=None)
        emit("checkout.session.expired", session)
    return session


@transaction.atomic
def current(session_id: str) -> StripeObject:
    """Return the session, expired where its time is over."""
    session = find(session_id, SESSION)
    if session.data["status"] == "open" and session.data["expires_at"] <= now().timestamp():
        return close(session_id)
    return session


@transaction.atomic
def promote(session_id: str, code: str) -> bool:
    """Take a promotion code's share off an open session, in place of any before; say whether the code is one."""
    current(session_id)
    session = find(session_id, SESSION, lock=True)
    percent = PROMOTIONS.get(code.strip().upper())
    if percent is None or session.data["status"] != "open" or not session.data["allow_promotion_codes"]:
        return False
    whole = session.data["amount_subtotal"]
    off = whole * percent // 100
    off -= off % told(step(session.data["currency"].upper()), session.data["currency"])
    session.change(
        amount_total=whole - off, total_details=session.data["total_details"] | {"amount_discount": off}
    )
    return True


@transaction.atomic
def pay(session_id: str, way: Way, *, authenticated: bool | None = None) -> tuple[StripeObject, str]:
    """Pay an open session; paying again changes nothing.

    Args:
        session_id: the provider's name for it.
        way: the method chosen on the page.
        authenticated: what the bank's page said; None before it was asked.

    Returns: the session, and "" or why it was refused; "asks" where the bank has to be asked first.
    """
    current(session_id)
    session = find(session_id, SESSION, lock=True)
    if session.data["status"] != "open":
        return session, ""
    if not session.data["amount_total"]:
        _complete(session, way, None)
        return session, ""
    if way.asks and authenticated is None:
        session.note(way=way.number)
        return session, "asks"
    intent = _intent(session)
    refusal = "authentication_required" if authenticated is False else way.refusal
    if refusal:
        intent.change(status="requires_payment_method", last_payment_error={"code": refusal})
        emit("payment_intent.payment_failed", intent)
        return session, refusal
    intent.note(way=way.number)
    if way.later:
        _wait(session, intent)
    else:
        _succeed(session, intent, way)
    return session, ""


@transaction.atomic
def resolve(session_id: str) -> None:
    """Let a delayed payment arrive, or fail, as its method does. Again does nothing."""
    session = find(session_id, SESSION, lock=True)
    intent = find(session.data["payment_intent"], INTENT, lock=True)
    if session.data["payment_status"] != "unpaid" or intent.data["status"] != "processing":
        return
    if BY_NUMBER[intent.notes["way"]].later == "fails":
        intent.change(status="requires_payment_method", last_payment_error={"code": "payment_failed"})
        emit("checkout.session.async_payment_failed", session)
        return
    _collect(intent)
    session.change(payment_status="paid")
    emit("checkout.session.async_payment_succeeded", session)


def _intent(session: StripeObject) -> StripeObject:
    """Return the intent of a session: one for all attempts to pay it."""
    if session.notes.get("intent"):
        intent = find(session.notes["intent"], INTENT, lock=True)
        intent.change(amount=session.data["amount_total"])
        return intent
    intent = make_intent(session.data["amount_total"], session.data["currency"], session.data["metadata"])
    session.note(intent=intent.id)
    return intent


def _wait(session: StripeObject, intent: StripeObject) -> None:
    intent.change(status="processing", last_payment_error=None)
    session.change(status="complete", url=None, payment_intent=intent.id, customer=_customer(session))
    emit("checkout.session.completed", session)
    durable.enqueue(
        "sandbox.settle_later",
        session.id,
        workflow_id=f"sandbox.settle_later/{session.id}",
        not_before=timezone.now() + LATER,
        queue=SANDBOX,
    )


def _succeed(session: StripeObject, intent: StripeObject, way: Way) -> None:
    _collect(intent)
    _complete(session, way, intent)
    if way.disputed:
        disputes.dispute(intent.id)


def _complete(session: StripeObject, way: Way, intent: StripeObject | None) -> None:
    """Close a session on which all is paid; without an intent, as nothing was left to pay."""
    customer = _customer(session, way)
    paid = "paid" if intent else "no_payment_required"
    session.change(status="complete", payment_status=paid, url=None, customer=customer)
    if session.data["mode"] == "subscription":
        session.change(subscription=billing.begin(session, intent, customer).id)
    elif intent:
        session.change(payment_intent=intent.id)
    emit("checkout.session.completed", session)


def _collect(intent: StripeObject) -> None:
    intent.change(status="succeeded", amount_received=intent.data["amount"], last_payment_error=None)
    emit("payment_intent.succeeded", intent)


def _customer(session: StripeObject, way: Way = GOOD) -> str:
    known = session.data["customer"]
    customer = (
        find(known, "customer") if known else make("cus", "customer", **session.data["customer_details"])
    )
    customer.note(way=way.number)
    return customer.id
