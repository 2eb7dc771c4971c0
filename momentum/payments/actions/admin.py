"""What administrators do besides giving money back: prices of premium, asking the provider, comparing the books."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.payments.actions.premium import unreachable
from momentum.payments.actions.settlement import settle_checkout
from momentum.payments.models import Order, Plan, Reconciliation
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider
from momentum.providers.payments.currencies import require_chargeable

LONGEST_DAYS = 90


@transaction.atomic
def save_plan(*, actor: User, plan: Plan, amount: int, currency: str, active: bool) -> Plan:
    """Change what a plan costs, and whether it is on sale. Who subscribed keeps the price they subscribed at.

    Raises:
        ForbiddenError: for who isn't an administrator.
        InvalidError: where the price makes no sense; `data["fields"]` says what.
    """
    require_admin(actor)
    saved = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    saved.amount, saved.currency, saved.active = amount, currency.strip().upper(), active
    require_chargeable(saved.amount, saved.currency)
    saved.save()
    record("plan.saved", actor_id=actor.id, subject_id=saved.id, amount=saved.amount, currency=saved.currency)
    return saved


def check_order(*, actor: User, order: Order) -> Order:
    """Ask the provider how an order stands, and return it as it is then.

    Raises:
        ForbiddenError: for who isn't an administrator.
        ConflictError: `no_session`, where the provider never heard of it.
        UnavailableError: where the provider can't be reached.
    """
    require_admin(actor)
    if not order.session_id:
        raise ConflictError(
            _("No payment page was opened for this order, so there is nothing to check."), code="no_session"
        )
    with transaction.atomic():
        record("order.checked", actor_id=actor.id, subject_id=order.id)
    try:
        return settle_checkout(order.session_id) or order
    except PaymentError as error:
        raise unreachable(error) from error


@transaction.atomic
def request_reconciliation(*, actor: User, days: int) -> Reconciliation:
    """Have our books compared with the provider's for the last `days`; the worker does it, and fills in the report.

    Raises:
        ForbiddenError: for who isn't an administrator.
        InvalidError: for days that are none, or too many.
        ConflictError: `reconciling`, where a comparison is at work.
    """
    require_admin(actor)
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidError(_("Choose 1 to %(most)d days.") % {"most": LONGEST_DAYS})
    provider = get_provider()
    begun = Reconciliation.objects.filter(provider=provider.name, finished_at=None).first()
    if begun is not None and begun.is_at_work:
        raise ConflictError(
            _("A reconciliation is already running. Try again in a minute."), code="reconciling"
        )
    report = Reconciliation.objects.create(
        provider=provider.name, since=provider.now() - timedelta(days=days)
    )
    durable.enqueue(
        "payments.reconcile_now",
        str(report.id),
        workflow_id=f"payments.reconcile_now/{report.id}",
        queue=PAYMENTS,
    )
    record("reconciliation.requested", actor_id=actor.id, subject_id=report.id, days=days)
    return report
