"""Stripe, by its own SDK. The API version is the one that the SDK pins, which `parsing` reads.

Money is Stripe's; ids are kept as they come. Every call that makes something carries an idempotency key of ours, so
that asking again after a crash or a lost answer makes nothing twice; the others say how things shall be.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import stripe
from django.conf import settings
from django.utils import timezone

from momentum.providers.payments import (
    STRIPE,
    Checkout,
    CheckoutRequest,
    Event,
    Intent,
    Invoice,
    PaymentError,
    Recent,
    Refund,
    Subscription,
    Topic,
    parsing,
    signature,
)
from momentum.providers.payments.currencies import told
from momentum.providers.payments.deadlines import WORKER_SECONDS
from momentum.providers.payments.http_client import BoundedClient

API_VERSION = "2026-10-28.endive"
RETRIES = 2
# Locked by another call; too many calls; and a key that is wrong, which somebody can put right.
_PASSING = frozenset({401, 403, 409, 429})
# What Stripe says instead of an error where a thing already is as it was asked to be.
_NOT_OPEN = "Only Checkout Sessions with a status in"


class StripePayments:
    """See `PaymentProvider`."""

    name = STRIPE

    def __init__(self, key: str, webhook_secret: str, *, base: str = "", tax: bool = False) -> None:
        """Hold a key; nothing is asked yet.

        Args:
            key: the secret one; it says whether money moves.
            webhook_secret: what webhooks are signed with.
            base: another address than Stripe's, for gateways and tests.
            tax: whether Stripe Tax works out the tax in our prices, which has to be set up in its dashboard.
        """
        self.livemode = "_live_" in key
        self._tax = tax
        self._secret = webhook_secret
        self._client = stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            max_network_retries=RETRIES,
            base_addresses={"api": base} if base else None,
            http_client=BoundedClient(timeout=WORKER_SECONDS),
        )

    @classmethod
    def from_settings(cls) -> "StripePayments":
        return cls(
            settings.STRIPE_SECRET_KEY,
            settings.STRIPE_WEBHOOK_SECRET,
            base=settings.STRIPE_API_BASE,
            tax=settings.STRIPE_TAX,
        )

    def now(self) -> datetime:
        return timezone.now()

    def open_checkout(self, request: CheckoutRequest) -> Checkout:
        metadata = {parsing.ORDER: request.order}
        price: dict[str, Any] = {
            "currency": request.currency.lower(),
            "unit_amount": told(request.amount, request.currency),
            "product_data": {"name": request.name},
        }
        words: dict[str, Any] = {
            "mode": request.mode,
            "client_reference_id": request.order,
            "metadata": metadata,
            "success_url": f"{request.success_url}?session={{CHECKOUT_SESSION_ID}}",
            "cancel_url": request.cancel_url,
            "expires_at": int(request.expires_at.timestamp()),
        }
        if request.mode == "subscription":
            price["recurring"] = {"interval": request.interval}
            words["subscription_data"] = {"metadata": metadata}
        else:
            words["payment_intent_data"] = {"metadata": metadata}
            if not request.customer:
                words["customer_creation"] = "always"
        if request.promotions:
            words["allow_promotion_codes"] = True
        if self._tax:
            # What a page of ours says is what is paid, so the tax is in it.
            price["tax_behavior"] = "inclusive"
            words["automatic_tax"] = {"enabled": True}
            if request.customer:
                words["customer_update"] = {"address": "auto"}
        words["line_items"] = [{"price_data": price, "quantity": 1}]
        words |= {"customer": request.customer} if request.customer else {"customer_email": request.email}
        return self._ask(
            lambda: self._client.v1.checkout.sessions.create(words, {"idempotency_key": request.key}),  # type: ignore[arg-type]  # a TypedDict of Stripe's
            parsing.checkout_of,
        )

    def checkout(self, checkout_id: str) -> Checkout:
        return self._ask(lambda: self._client.v1.checkout.sessions.retrieve(checkout_id), parsing.checkout_of)

    def close_checkout(self, checkout_id: str) -> Checkout:
        try:
            return self._ask(
                lambda: self._client.v1.checkout.sessions.expire(checkout_id), parsing.checkout_of
            )
        except PaymentError as error:
            if _NOT_OPEN not in str(error):
                raise
            return self.checkout(checkout_id)

    def subscription(self, subscription_id: str) -> Subscription:
        return self._ask(
            lambda: self._client.v1.subscriptions.retrieve(subscription_id), parsing.subscription_of
        )

    def invoices(self, subscription_id: str) -> list[Invoice]:
        with _translated():
            found = self._client.v1.invoices.list(
                {"subscription": subscription_id, "limit": 100, "expand": ["data.payments"]}
            )
            return [parsing.invoice_of(one.to_dict()) for one in found.data]

    def set_cancellation(self, subscription_id: str, *, cancel: bool) -> Subscription:
        return self._ask(
            lambda: self._client.v1.subscriptions.update(subscription_id, {"cancel_at_period_end": cancel}),
            parsing.subscription_of,
        )

    def end_subscription(self, subscription_id: str) -> Subscription:
        known = self.subscription(subscription_id)
        if known.ended_at is not None:
            return known
        return self._ask(
            lambda: self._client.v1.subscriptions.cancel(subscription_id), parsing.subscription_of
        )

    def intent(self, intent_id: str) -> Intent:
        with _translated():
            found = self._client.v1.payment_intents.retrieve(intent_id)
            refunds = self._client.v1.refunds.list({"payment_intent": intent_id, "limit": 100})
            disputes = self._client.v1.disputes.list({"payment_intent": intent_id, "limit": 100})
            return parsing.intent_of(
                found.to_dict(),
                [parsing.refund_of(one.to_dict()) for one in refunds.auto_paging_iter()],
                [parsing.dispute_of(one.to_dict()) for one in disputes.auto_paging_iter()],
            )

    def refund(self, intent_id: str, *, amount: int, currency: str, key: str, wanted: str = "") -> Refund:
        words: dict[str, Any] = {
            "payment_intent": intent_id,
            "amount": told(amount, currency),
            "reason": "requested_by_customer",
        }
        if wanted:
            words["metadata"] = {parsing.REFUND: wanted}
        return self._ask(
            lambda: self._client.v1.refunds.create(words, {"idempotency_key": key}),  # type: ignore[arg-type]
            parsing.refund_of,
        )

    def portal(self, customer: str, *, back: str) -> str:
        with _translated():
            session = self._client.v1.billing_portal.sessions.create(
                {"customer": customer, "return_url": back}
            )
            return str(session.url)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        # Not by Stripe's own library, which takes what was signed in the future for as long as it likes.
        signed = headers.get(signature.HEADER, "")
        signature.verify(body, signed, self._secret, now=int(time.time()))
        return parsing.event_in(body)

    def target_of(self, kind: str, payload: Mapping[str, Any]) -> tuple[Topic | None, str]:
        return parsing.target_of(kind, payload)

    def since(self, moment: datetime) -> Recent:
        created: dict[str, Any] = {"created": {"gte": int(moment.timestamp())}, "limit": 100}
        with _translated():
            client = self._client.v1
            checkouts = client.checkout.sessions.list(created)  # type: ignore[arg-type]  # a TypedDict of Stripe's
            subscriptions = client.subscriptions.list(created | {"status": "all"})  # type: ignore[arg-type]
            intents = client.payment_intents.list(created)  # type: ignore[arg-type]
            return Recent(
                checkouts=tuple(one.id for one in checkouts.auto_paging_iter()),
                subscriptions=tuple(one.id for one in subscriptions.auto_paging_iter()),
                intents=tuple(one.id for one in intents.auto_paging_iter() if one.status == "succeeded"),
            )

    def check(self) -> str:
        with _translated():
            balance = self._client.v1.balance.retrieve()
        if not self._secret:
            raise PaymentError(
                "STRIPE_WEBHOOK_SECRET is not set: no payment would ever arrive.",
                code="no_webhook_secret",
                permanent=True,
            )
        if self._tax:
            self._check_tax()
        return f"Stripe answers, {'live' if balance.livemode else 'test'} mode, API {API_VERSION}"

    def _check_tax(self) -> None:
        with _translated():
            state = self._client.v1.tax.settings.retrieve().status
        if state != "active":
            raise PaymentError(
                f"STRIPE_TAX is set, and Stripe Tax is {state}: finish setting it up in Stripe's dashboard.",
                code="tax_not_active",
                permanent=True,
            )

    def _ask[T](self, call: Callable[[], Any], read: Callable[[Mapping[str, Any]], T]) -> T:
        with _translated():
            return read(call().to_dict())


@contextmanager
def _translated() -> Iterator[None]:
    """Raise in our words what Stripe's SDK raises."""
    try:
        yield
    except stripe.StripeError as error:
        status = error.http_status or 500
        passing = status in _PASSING or status >= 500
        raise PaymentError(
            error.user_message or str(error) or "Stripe gave no reason.",
            code=getattr(error.error, "code", None) or type(error).__name__,
            permanent=not passing,
        ) from error
