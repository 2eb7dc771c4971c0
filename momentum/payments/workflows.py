"""Payments as durable work. Imports `dbos`: for the worker alone. What they do is in `actions`."""

from datetime import datetime, timedelta

from django.db import OperationalError

from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import task
from momentum.payments import actions
from momentum.payments.models import Membership, Reconciliation, Subscription
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider, is_open
from momentum.providers.payments.deadlines import patiently

# Two days in all, each wait twice the one before.
ATTEMPTS, FIRST_WAIT = 16, 5.0
# Somebody looks at a page that waits for it: two minutes.
OPEN_ATTEMPTS = 8
# Longer than a provider tries to deliver an event.
LOOK_BACK = timedelta(days=4)


def _may_pass(error: BaseException) -> bool:
    passing = isinstance(error, PaymentError) and not error.permanent
    return passing or isinstance(error, OperationalError | OSError)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def handle_event(event_id: str) -> str:
    """Do what a webhook calls for."""
    return actions.handle_event(event_id)


@task(attempts=OPEN_ATTEMPTS, first_wait=1.0, retry_if=_may_pass)
@patiently
def open_checkout(order_id: str) -> None:
    """Open the page on which an order is paid, which took too long for the page that asked for it."""
    actions.open_checkout(order_id)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def set_cancellation(subscription_ref: str, *, cancel: bool) -> None:
    """Let a subscription end with what is paid for, or go on, which took too long for the page that asked."""
    actions.tell_cancellation(subscription_ref, cancel=cancel)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def send_refund(refund_id: str) -> None:
    """Give money back."""
    actions.send_refund(refund_id)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def undo_order(order_id: str) -> None:
    """End what an order began, and give the money back."""
    actions.undo_order(order_id)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def stop_renewal(subscription_ref: str) -> None:
    """End a subscription with what is paid for, after its learner's account is gone."""
    actions.stop_renewal(subscription_ref)


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def end_grace(subscription_ref: str) -> None:
    """Look at a subscription again once its grace is over."""
    actions.settle_subscription(subscription_ref)


@task(attempts=5, retry_if=_may_pass)
@patiently
def review_everybody(at: datetime, context: object) -> None:
    """Every hour: end premium whose time is over, or whose account is gone, should nothing else have noticed."""
    if not is_open():
        return
    late = Subscription.objects.running().filter(grace_until__lte=get_provider().now())
    members = Membership.objects.filter(user__subscriptions__in=late).select_related("user")
    for member in members.distinct():
        actions.review_premium(user=member.user)
    actions.stop_for_nobody()


@task(attempts=ATTEMPTS, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def reconcile_daily(at: datetime, context: object) -> None:
    """Every night: hold our books against the provider's."""
    if is_open():
        actions.reconcile(since=get_provider().now() - LOOK_BACK)


@task(attempts=5, first_wait=FIRST_WAIT, retry_if=_may_pass)
@patiently
def reconcile_now(report_id: str) -> None:
    """Hold our books against the provider's because an administrator says so."""
    report = Reconciliation.objects.get(pk=report_id)
    if is_open():
        actions.reconcile(since=report.since, report=report)


QUEUES = [Queue(PAYMENTS, at_once=16)]
SCHEDULES = [Schedule(review_everybody, "23 * * * *"), Schedule(reconcile_daily, "40 2 * * *")]
