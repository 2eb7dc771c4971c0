"""Cancelling premium, and taking that back."""

from momentum.accounts.models import User
from momentum.payments.actions.premium import running_subscription, unreachable
from momentum.payments.actions.settling import settle_subscription
from momentum.payments.models import Subscription
from momentum.providers.payments import PaymentError, get_provider


def set_cancellation(*, user: User, cancel: bool) -> Subscription:
    """Let the learner's subscription end with the period that is paid for, or go on after all."""
    found = running_subscription(user)
    try:
        get_provider().set_cancellation(found.ref, cancel=cancel)
        return settle_subscription(found.ref) or found
    except PaymentError as error:
        raise unreachable(error) from error
