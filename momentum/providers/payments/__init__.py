"""What Momentum asks of whoever takes the money, and what it is told back.

Shapes and names are Stripe's, since every provider that matters can be told in them. Amounts are whole numbers of the
currency's own minor unit (`core.money`), however the provider counts; currencies are upper-case ISO 4217 codes.
Statuses are open-ended: an unknown one is kept, never guessed at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from momentum.core.errors import UnavailableError

SANDBOX = "sandbox"
STRIPE = "stripe"
OFF = "off"

# What a subscription has to be for its learner to have premium; past_due for a while more (the grace period).
GOOD = frozenset({"active", "trialing"})
LATE = frozenset({"past_due"})


class PaymentError(Exception):
    """The provider said no, or couldn't be reached.

    Args:
        message: its own words, for the log and for administrators.
        code: its machine-readable code.
        permanent: whether asking again with the same words is pointless.
    """

    def __init__(self, message: str, *, code: str = "provider_error", permanent: bool = False) -> None:
        super().__init__(message)
        self.code, self.permanent = code, permanent


class BadSignatureError(PaymentError):
    """A webhook that the provider didn't sign, or not within the last minutes."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="bad_signature", permanent=True)


class BadEventError(PaymentError):
    """A webhook that is signed, and isn't an event all the same."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="bad_event", permanent=True)


@dataclass(frozen=True)
class CheckoutRequest:
    """A page on which to pay. `key` makes asking twice harmless: never use one again after changing anything else.

    Args:
        key: the idempotency key.
        order: our order's id; it comes back with everything that follows.
        mode: "payment" or "subscription".
        interval: "month" or "year", of a subscription.
        success_url: where the learner comes back to after paying.
        customer: the provider's name for the learner, where it is known; else `email` is filled in.
        promotions: whether the page takes promotion codes of the provider's own.
    """

    key: str
    order: str
    mode: str
    name: str
    amount: int
    currency: str
    email: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    interval: str = ""
    customer: str = ""
    promotions: bool = False


@dataclass(frozen=True)
class Checkout:
    """A checkout session. `status`: open, complete, expired. `payment_status`: paid, unpaid, no_payment_required.

    `amount` is what is paid: `subtotal`, which was asked for, without `discount`, which the provider's own promotion
    codes took off. A tax is part of the price, and isn't added to it.
    """

    id: str
    order: str
    mode: str
    status: str
    payment_status: str
    amount: int
    currency: str
    livemode: bool
    created: datetime
    subtotal: int
    discount: int = 0
    expires_at: datetime | None = None
    url: str = ""
    customer: str = ""
    payment_intent: str = ""
    subscription: str = ""

    @property
    def is_paid(self) -> bool:
        return self.status == "complete" and self.payment_status in {"paid", "no_payment_required"}


@dataclass(frozen=True)
class Subscription:
    """A subscription with one item, whose period it is."""

    id: str
    order: str
    status: str
    customer: str
    amount: int
    currency: str
    interval: str
    livemode: bool
    created: datetime
    period_start: datetime
    period_end: datetime
    cancel_at_period_end: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Invoice:
    """One bill of a subscription. `status`: draft, open, paid, uncollectible, void."""

    id: str
    subscription: str
    status: str
    amount_paid: int
    currency: str
    payment_intent: str
    billing_reason: str
    created: datetime
    period_start: datetime | None = None
    period_end: datetime | None = None


@dataclass(frozen=True)
class Refund:
    """`status`: pending, requires_action, succeeded, failed, canceled. `wanted`: our name, of one we asked for."""

    id: str
    payment_intent: str
    amount: int
    currency: str
    status: str
    created: datetime
    reason: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Dispute:
    """`status` as Stripe's: needs_response, under_review, won, lost, warning_..., prevented."""

    id: str
    payment_intent: str
    amount: int
    currency: str
    status: str
    created: datetime
    reason: str = ""

    @property
    def took_money(self) -> bool:
        """Whether the amount is gone from the balance now: warnings take nothing, and what is won comes back."""
        return not self.status.startswith("warning_") and self.status not in {"won", "prevented"}


@dataclass(frozen=True)
class Intent:
    """One payment and all that became of it. `status`: succeeded, processing, requires_payment_method, canceled ..."""

    id: str
    status: str
    amount: int
    currency: str
    created: datetime
    failure_code: str = ""
    refunds: tuple[Refund, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def refunded(self) -> int:
        """What went back, or is on its way."""
        return sum(
            one.amount for one in self.refunds if one.status in {"pending", "requires_action", "succeeded"}
        )

    @property
    def disputed(self) -> int:
        return sum(one.amount for one in self.disputes if one.took_money)

    @property
    def net(self) -> int:
        """What is left of it, by the provider's own books."""
        return (self.amount if self.status == "succeeded" else 0) - self.refunded - self.disputed


class Topic(StrEnum):
    """What the provider has to be asked about after an event."""

    CHECKOUT = "checkout"
    SUBSCRIPTION = "subscription"
    PAYMENT = "payment"


@dataclass(frozen=True)
class Event:
    """A webhook, read by the provider that sent it. It says where to look, and may be old by now.

    Args:
        id: the provider's.
        type: in the provider's own words, for the log.
        topic: what to ask about; None where nothing follows from it.
        ref: the provider's id of that.
        names: the provider's ids of everything that it is about.
        customer: the provider's name for the learner, where it says it.
        order: our order's id, where it says it.
        payload: all that was sent, as JSON.
    """

    id: str
    type: str
    created: datetime
    livemode: bool
    topic: Topic | None
    ref: str
    names: tuple[str, ...]
    customer: str
    order: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Recent:
    """Ids of what was made lately, to hold one's own books against."""

    checkouts: tuple[str, ...] = ()
    subscriptions: tuple[str, ...] = ()
    intents: tuple[str, ...] = field(default=())


class PaymentProvider(Protocol):
    """Takes money. Every method asks the provider anew and may raise `PaymentError`."""

    name: str
    livemode: bool

    def now(self) -> datetime:
        """Return the time by the clock that subscriptions run on."""

    def open_checkout(self, request: CheckoutRequest) -> Checkout: ...

    def checkout(self, checkout_id: str) -> Checkout: ...

    def close_checkout(self, checkout_id: str) -> Checkout:
        """Make sure that an open session can't be paid any more, and return what became of it."""

    def subscription(self, subscription_id: str) -> Subscription: ...

    def invoices(self, subscription_id: str) -> list[Invoice]:
        """Return its bills, the newest first, a hundred at most."""

    def set_cancellation(self, subscription_id: str, *, cancel: bool) -> Subscription:
        """Let it end with the period that is paid for, or take that back."""

    def end_subscription(self, subscription_id: str) -> Subscription:
        """End it now. What was paid isn't given back by that."""

    def intent(self, intent_id: str) -> Intent: ...

    def refund(self, intent_id: str, *, amount: int, currency: str, key: str, wanted: str = "") -> Refund:
        """Give money back; `wanted` is our name for it, which comes back with everything that follows."""

    def portal(self, customer: str, *, back: str) -> str:
        """Return the address, good for a short while, where a learner minds cards and bills."""

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Return what a webhook says, as it came over HTTP.

        Raises:
            BadSignatureError: before anything in it is read, where it isn't signed by the provider.
            BadEventError: where it is, and says nothing that an event says.
        """

    def target_of(self, kind: str, payload: Mapping[str, Any]) -> tuple[Topic | None, str]:
        """Return what to ask about after a stored event of this type, and its id; see `Event`."""

    def since(self, moment: datetime) -> Recent: ...

    def check(self) -> str:
        """Say in a few words that it works; raises `PaymentError` where it doesn't."""


def is_open() -> bool:
    """Say whether anything can be bought here."""
    return bool(settings.PAYMENTS != OFF)


def get_provider() -> PaymentProvider:
    """Return the provider that is configured. It is never exchanged for another when it fails.

    Raises:
        UnavailableError: where payments are switched off.
    """
    if not is_open():
        raise UnavailableError(_("Purchases aren’t available right now."), code="payments_off")
    return _made(settings.PAYMENTS)


@cache
def _made(name: str) -> PaymentProvider:
    from momentum.providers.payments.breaker import guarded

    if name == STRIPE:
        from momentum.providers.payments.stripe import StripePayments

        return guarded(StripePayments.from_settings())
    from momentum.providers.payments.sandbox.provider import SandboxPayments

    return guarded(SandboxPayments())
