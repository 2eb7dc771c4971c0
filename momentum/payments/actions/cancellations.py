"""Cancelling premium, and taking that back; and when somebody deletes their account, which cancels too."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.payments.actions.premium import running_subscription, unreachable
from momentum.payments.actions.settlement import settle_subscription
from momentum.payments.models import Subscription
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider


def set_cancellation(*, user: User, cancel: bool) -> Subscription:
    """Let the learner's subscription end with the period that is paid for, or go on after all.

    Where the provider takes its time, the worker tells it; the subscription returned is as it was then.
    """
    return _tell(running_subscription(user), cancel=cancel)


def _tell(found: Subscription, *, cancel: bool) -> Subscription:
    try:
        return tell_cancellation(found.ref, cancel=cancel) or found
    except PaymentError as error:
        if error.permanent:
            raise unreachable(error) from error
    with transaction.atomic():
        # Each time anew, so that the last word counts.
        durable.enqueue("payments.set_cancellation", found.ref, cancel=cancel, queue=PAYMENTS)
    return found


def tell_cancellation(ref: str, *, cancel: bool) -> Subscription | None:
    """Tell the provider whether a subscription ends with what is paid for, and take over how it stands then.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    get_provider().set_cancellation(ref, cancel=cancel)
    return settle_subscription(ref)


def set_cancellation_of(*, actor: User, subscription: Subscription, cancel: bool) -> Subscription:
    """Let somebody's subscription end with the period that is paid for, or go on after all.

    Raises:
        ForbiddenError: for who isn't an administrator.
        ConflictError: `subscription_ended`.
        UnavailableError: where the provider can't be reached.
    """
    require_admin(actor)
    if subscription.ended_at is not None:
        raise ConflictError(_("This subscription has already ended."), code="subscription_ended")
    told = _tell(subscription, cancel=cancel)
    name = "subscription.cancelled" if cancel else "subscription.resumed"
    with transaction.atomic():
        record(name, actor_id=actor.id, subject_id=subscription.id)
    return told


def stop_renewals(event: Event) -> None:
    """Have the subscriptions of who deletes their account end with what is paid for: nobody pays for nobody."""
    for found in Subscription.objects.running().filter(user_id=str(event.subject_id)):
        durable.enqueue(
            "payments.stop_renewal",
            found.ref,
            workflow_id=f"payments.stop_renewal/{found.ref}",
            queue=PAYMENTS,
        )


def stop_for_nobody() -> None:
    """Stop what would renew for an account that is gone: begun on an open page while that was being deleted.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    nobodys = Subscription.objects.running().filter(user=None, cancel_at_period_end=False)
    for ref in nobodys.values_list("ref", flat=True):
        stop_renewal(ref)


def stop_renewal(ref: str) -> None:
    """Tell the provider that a subscription isn't to be renewed. Again does nothing.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    if get_provider().subscription(ref).ended_at is None:
        get_provider().set_cancellation(ref, cancel=True)
    settle_subscription(ref)
