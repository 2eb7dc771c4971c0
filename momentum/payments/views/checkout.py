"""Buying a course, or premium."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.models import User
from momentum.accounts.permissions import signed_in, user_of
from momentum.catalog.models import Access, Course
from momentum.core.errors import InvalidError, NotFoundError
from momentum.payments import actions
from momentum.payments.domain.faq import QUESTIONS
from momentum.payments.forms import CouponForm, PlanForm
from momentum.payments.models import Kind, Order, Plan, Subscription
from momentum.payments.queries.prices import yearly_saving
from momentum.providers.payments import is_open
from momentum.providers.payments.deadlines import at_most
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@at_most()
def order_course(request: HttpRequest, slug: str) -> HttpResponse:
    """What a course costs, with a coupon or without; POST goes on to the payment page."""
    course = get_object_or_404(Course.objects.with_category(), slug=slug)
    if not course.is_visible or course.access != Access.PAID:
        raise NotFoundError(_("This course isn’t for sale."))
    user = user_of(request)
    if waiting := Order.objects.of(user).filter(status=Order.Status.PENDING, course=course).first():
        return redirect("payments:order", waiting.id)
    form = CouponForm(request.POST if request.method == "POST" else request.GET or None)
    code = form.cleaned_data["coupon"] if form.is_bound and form.is_valid() else ""
    if request.method == "POST" and form.is_valid():
        order = attempt(form, lambda: actions.order_course(user=user, course=course, code=code))
        if order is not None:
            return _on(order)
    price = (
        attempt(form, lambda: actions.quote(user=user, course=course, code=code)) if form.is_valid() else None
    )
    plain = actions.quote(user=user, course=course)
    context = {"course": course, "form": form, "price": price or plain, "code": code if price else ""}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "payments/order_new.html", context, status=status)


@require_safe
def premium(request: HttpRequest) -> HttpResponse:
    """What premium is, and what it costs."""
    waiting = _waiting_premium(request.user)
    courses = Course.objects.on_shelf().filter(access=Access.PREMIUM)
    plans = list(Plan.objects.filter(active=True))
    context = {
        "plans": plans,
        "saving": yearly_saving(plans),
        "offer": _offer(request.user, waiting),
        "waiting": waiting,
        "courses": courses.with_category().newest()[:6],
        "questions": QUESTIONS,
    }
    return render(request, "payments/premium.html", context)


def _offer(user: object, waiting: Order | None) -> str:
    """Say what the visitor is offered: nothing where they have premium, or their money for it is on its way."""
    if isinstance(user, User):
        if Subscription.objects.running().filter(user=user).exists():
            return "running"
        if user.is_premium:
            return "given"
    if waiting:
        return "waiting"
    return "open" if is_open() else "closed"


def _waiting_premium(user: object) -> Order | None:
    """Return the visitor's order for premium whose money is on its way."""
    if not isinstance(user, User):
        return None
    pending = Order.objects.filter(user=user, kind=Kind.PREMIUM, status=Order.Status.PENDING)
    return pending.first()


@require_POST
@signed_in
@at_most()
def order_premium(request: HttpRequest) -> HttpResponse:
    """Go on to the payment page for a plan."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise InvalidError(_("Choose a plan."))
    return _on(actions.order_premium(user=user_of(request), plan=form.cleaned_data["plan"]))


def _on(order: Order) -> HttpResponse:
    """Lead to where an order is paid, to where one waits for that, or to where the order stands."""
    if order.status == Order.Status.OPEN:
        return redirect(order.session_url or reverse("payments:checkout", args=[order.id]))
    return redirect("payments:order", order.id)


@require_POST
@signed_in
@at_most()
def portal(request: HttpRequest) -> HttpResponse:
    """Lead to the provider's page for cards and bills."""
    return redirect(actions.open_portal(user=user_of(request)))


@require_POST
@signed_in
@at_most()
def cancellation(request: HttpRequest) -> HttpResponse:
    """Let premium end with what is paid for, or (state=running) go on after all."""
    cancel = request.POST.get("state") != "running"
    found = actions.set_cancellation(user=user_of(request), cancel=cancel)
    if found.cancel_at_period_end != cancel:
        messages.success(request, _("We’re passing that on to our payment provider. It takes a moment."))
        return redirect("payments:orders")
    said = _("Your premium will end with the paid period.") if cancel else _("Your premium continues.")
    messages.success(request, said)
    return redirect("payments:orders")
