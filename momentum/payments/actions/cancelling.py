"""Cancelling premium, and taking that back; and when somebody deletes their account, which cancels too."""

from momentum.accounts.models import User
from momentum.core import durable
from momentum.events.models import Event
from momentum.payments.actions.premium import running_subscription, unreachable
from momentum.payments.actions.settling import settle_subscription
from momentum.payments.models import Subscription
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider


def set_cancellation(*, user: User, cancel: bool) -> Subscription:
    """Let the learner's subscription end with the period that is paid for, or go on after all."""
    found = running_subscription(user)
    try:
        get_provider().set_cancellation(found.ref, cancel=cancel)
        return settle_subscription(found.ref) or found
    except PaymentError as error:
        raise unreachable(error) from error


def stop_renewals(event: Event) -> None:
    """Have the subscriptions of who deletes their account end with what is paid for: nobody pays for nobody."""
    for found in Subscription.objects.running().filter(user_id=str(event.subject_id)):
        durable.enqueue(
            "payments.stop_renewal",
            found.ref,
            workflow_id=f"payments.stop_renewal/{found.ref}",
            queue=PAYMENTS,
        )


def stop_renewal(ref: str) -> None:
    """Tell the provider that a subscription isn't to be renewed. Again does nothing.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    if get_provider().subscription(ref).ended_at is None:
        get_provider().set_cancellation(ref, cancel=True)
    settle_subscription(ref)
