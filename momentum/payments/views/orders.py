"""A learner's orders: each of them, all of them, receipts, and withdrawing from one."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import NotFoundError
from momentum.payments import actions
from momentum.payments.forms import WithdrawalForm
from momentum.payments.models import Order, Payment, Subscription
from momentum.payments.queries.order_page import order_page
from momentum.providers.payments import PaymentError
from momentum.providers.payments.deadlines import at_most

SHOWN = 100
# After which somebody who waits for a payment page is offered to ask for it anew.
PATIENCE = timedelta(seconds=45)


@require_safe
@signed_in
@at_most()
def order(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """How an order stands. It asks the provider, so it is right before the webhook has come."""
    found = _own(request, order_id)
    asked = True
    try:
        found = actions.settle_order(found)
    except PaymentError:
        asked = False
    # Back from the payment page, or while the provider doesn't answer, the page goes on by itself.
    going = found.status == Order.Status.OPEN and ("session" in request.GET or not asked)
    context = {"order": found, "shown": order_page(found, asked=asked), "going": going}
    return render(request, "payments/order.html", context)


@require_safe
@never_cache
@signed_in
def checkout(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """One moment: goes on to the payment page once the provider has opened it, or to the order, should it fail."""
    found = _own(request, order_id)
    onward = (
        found.session_url if found.status == Order.Status.OPEN else reverse("payments:order", args=[found.id])
    )
    if not onward:
        late = timezone.now() - found.updated_at > PATIENCE
        return render(request, "payments/one_moment.html", {"order": found, "late": late})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": onward})
    return redirect(onward)


@require_safe
@signed_in
def orders(request: HttpRequest) -> HttpResponse:
    """Everything that was bought, what was paid for it, and the subscription."""
    user = user_of(request)
    paid = Payment.objects.of(user).exclude(receipt=None)
    context = {
        "orders": Order.objects.of(user).exclude(status=Order.Status.EXPIRED)[:SHOWN],
        "payments": paid[:SHOWN],
        "subscription": Subscription.objects.filter(user=user).first(),
    }
    return render(request, "payments/orders.html", context)


@require_safe
@signed_in
def receipt(request: HttpRequest, payment_id: uuid.UUID) -> HttpResponse:
    """One receipt, to print or keep."""
    found = Payment.objects.of(user_of(request)).exclude(receipt=None).filter(pk=payment_id).first()
    if found is None:
        raise NotFoundError
    return render(
        request, "payments/receipt.html", {"payment": found, "refunds": found.refunds.exclude(ref="")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdrawal(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """Withdraw from a contract: a page that says what that means, and a button that does it."""
    found = _own(request, order_id)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(user=user_of(request), order=found)
        messages.success(request, _("You have withdrawn. We’ve emailed you a confirmation."))
        return redirect("payments:orders")
    context = {"order": found, "form": form}
    return render(request, "payments/withdrawal.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, order_id: uuid.UUID) -> Order:
    found = Order.objects.of(user_of(request)).filter(pk=order_id).first()
    if found is None:
        raise NotFoundError
    return found
