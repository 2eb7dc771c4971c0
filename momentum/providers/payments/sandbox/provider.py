"""The sandbox as a payment provider: what Momentum asks it, by function calls instead of HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from momentum.providers.payments import (
    SANDBOX,
    Checkout,
    CheckoutRequest,
    Event,
    Intent,
    Invoice,
    Recent,
    Refund,
    Subscription,
    Topic,
    parsing,
    signature,
)
from momentum.providers.payments.currencies import told
from momentum.providers.payments.sandbox import billing, checkouts, disputes, models
from momentum.providers.payments.sandbox.models import StripeObject
from momentum.providers.payments.sandbox.objects import INTENT, find

# A portal's address says whose it is, and for how long.
PORTAL_SALT = "momentum.sandbox.portal"
PORTAL_SECONDS = 60 * 60


def secret() -> str:
    """Return what webhooks are signed with: this installation's own."""
    return "whsec_" + salted_hmac("momentum.sandbox", "webhooks", algorithm="sha256").hexdigest()


class SandboxPayments:
    """See `PaymentProvider`."""

    name = SANDBOX
    livemode = False

    def now(self) -> datetime:
        return models.now()

    def open_checkout(self, request: CheckoutRequest) -> Checkout:
        return parsing.checkout_of(checkouts.open_session(request).data)

    def checkout(self, checkout_id: str) -> Checkout:
        return parsing.checkout_of(checkouts.current(checkout_id).data)

    def close_checkout(self, checkout_id: str) -> Checkout:
        return parsing.checkout_of(checkouts.close(checkout_id).data)

    def subscription(self, subscription_id: str) -> Subscription:
        return parsing.subscription_of(find(subscription_id, billing.SUBSCRIPTION).data)

    def invoices(self, subscription_id: str) -> list[Invoice]:
        bills = StripeObject.objects.of(billing.INVOICE, subscription_id)[:100]
        return [parsing.invoice_of(bill.data) for bill in bills]

    def set_cancellation(self, subscription_id: str, *, cancel: bool) -> Subscription:
        return parsing.subscription_of(billing.cancel(subscription_id, cancelled=cancel).data)

    def end_subscription(self, subscription_id: str) -> Subscription:
        return parsing.subscription_of(billing.end(subscription_id).data)

    def intent(self, intent_id: str) -> Intent:
        refunds = [parsing.refund_of(one.data) for one in StripeObject.objects.of(disputes.REFUND, intent_id)]
        opened = [
            parsing.dispute_of(one.data) for one in StripeObject.objects.of(disputes.DISPUTE, intent_id)
        ]
        return parsing.intent_of(find(intent_id, INTENT).data, refunds, opened)

    def refund(self, intent_id: str, *, amount: int, currency: str, key: str, wanted: str = "") -> Refund:
        made = disputes.refund(intent_id, amount=told(amount, currency), key=key, wanted=wanted)
        return parsing.refund_of(made.data)

    def portal(self, customer: str, *, back: str) -> str:
        token = signing.dumps({"customer": find(customer, "customer").id, "back": back}, salt=PORTAL_SALT)
        return settings.BASE_URL + reverse("sandbox:portal", args=[token])

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        # The signature's clock is that of the machines, not the one that can be put forward.
        signed = headers.get(signature.HEADER, "")
        signature.verify(body, signed, secret(), now=int(timezone.now().timestamp()))
        return parsing.event_in(body)

    def target_of(self, kind: str, payload: Mapping[str, Any]) -> tuple[Topic | None, str]:
        return parsing.target_of(kind, payload)

    def since(self, moment: datetime) -> Recent:
        made = StripeObject.objects.filter(made_at__gte=moment).order_by("made_at")
        return Recent(
            checkouts=tuple(made.filter(kind=checkouts.SESSION).values_list("id", flat=True)),
            subscriptions=tuple(made.filter(kind=billing.SUBSCRIPTION).values_list("id", flat=True)),
            intents=tuple(made.filter(kind=INTENT, data__status="succeeded").values_list("id", flat=True)),
        )

    def check(self) -> str:
        ahead = models.desk().ahead
        return f"sandbox: takes no money{f', its clock is {ahead.days} days ahead' if ahead.days else ''}"
