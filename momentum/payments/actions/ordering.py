"""Ordering: first our order, then the provider's page. However often and fast somebody clicks, there is one of each."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from momentum.events.record import record
from momentum.learning.models import Enrolment
from momentum.payments.actions.coupons import Quote, quote, redeem, release
from momentum.payments.actions.settling import give_what_was_bought, settle_checkout
from momentum.payments.models import Customer, Order, Plan, Subscription
from momentum.payments.models.order import Kind
from momentum.providers.payments import CheckoutRequest, PaymentError, get_provider

# Stripe takes 30 minutes to 24 hours. Long enough to find the card, short enough for coupons to come back soon.
SESSION_LASTS = timedelta(hours=1)
# A session with less time left than this isn't shown to anybody any more.
SESSION_SPARE = timedelta(minutes=5)


def order_course(*, user: User, course: Course, code: str = "") -> Order:
    """Order a paid course; the order that waits already is given again.

    The price is the database's; the answer has `session_url`, where to pay, unless it is paid with nothing.

    Raises:
        ForbiddenError: `email_unverified`.
        NotFoundError: where it isn't in the catalogue, or not for sale.
        ConflictError: `owned`, where the learner has it; `payment_on_its_way`.
        InvalidError: where the coupon is no good.
        UnavailableError: where the provider can't be reached.
    """
    _require_buyer(user)
    fresh = Course.objects.with_category().get(pk=course.pk)
    if not fresh.is_visible or fresh.access != Access.PAID:
        raise NotFoundError(_("This course isn’t for sale."))
    _require_not_owned(user, fresh)
    price = quote(user=user, course=fresh, code=code)
    wanted = Order(
        user=user,
        kind=Kind.COURSE,
        course=fresh,
        title=fresh.title,
        list_amount=price.list_amount,
        amount=price.amount,
        currency=price.currency,
        coupon=price.coupon,
        provider=get_provider().name,
    )
    return _place(wanted, price)


def order_premium(*, user: User, plan: Plan) -> Order:
    """Order premium by this plan; raises as `order_course`, and ConflictError `subscribed` where it runs already."""
    _require_buyer(user)
    if not plan.active:
        raise NotFoundError(_("This plan is no longer for sale."))
    if Subscription.objects.running().filter(user=user).exists():
        raise ConflictError(_("You already have premium."), code="subscribed")
    wanted = Order(
        user=user,
        kind=Kind.PREMIUM,
        plan=plan,
        title=_("Momentum premium, %(billed)s") % {"billed": plan.get_interval_display()},
        list_amount=plan.amount,
        amount=plan.amount,
        currency=plan.currency,
        provider=get_provider().name,
    )
    return _place(wanted, Quote(plan.amount, plan.amount, plan.currency))


def _require_buyer(user: User) -> None:
    if not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        raise ForbiddenError(
            _("Confirm your email address first, so that we can send you the receipt."),
            code="email_unverified",
        )


def _require_not_owned(user: User, course: Course) -> None:
    place = Enrolment.objects.filter(user=user, course=course).first()
    if place and (place.status != Enrolment.Status.CANCELLED or place.may_be_resumed):
        raise ConflictError(_("You already own this course."), code="owned", data={"course": course.slug})


def _place(wanted: Order, price: Quote) -> Order:
    """Return an order like `wanted` with a page on which to pay it: the one that waits, or a new one."""
    order = _waiting(wanted) or _create(wanted, price)
    if order.amount == 0:
        return order
    return _open_session(order)


def _waiting(wanted: Order) -> Order | None:
    """Return the order that waits, where it still is what is wanted; close it where it isn't."""
    found = _alike(wanted)
    if found is None:
        return None
    if found.status == Order.Status.PENDING:
        raise ConflictError(
            _("Your payment is being processed. This can take a few days with this payment method."),
            code="payment_on_its_way",
        )
    same = (found.amount, found.currency, found.coupon_id, found.plan_id, found.provider) == (
        wanted.amount,
        wanted.currency,
        wanted.coupon_id,
        wanted.plan_id,
        wanted.provider,
    )
    # A page that was to be opened, and wasn't, can be for a while: providers want one to last half an hour at least.
    spare = SESSION_SPARE if found.session_id else SESSION_LASTS / 2 + SESSION_SPARE
    if same and found.session_expires_at and found.session_expires_at > get_provider().now() + spare:
        return found
    _close(found)
    return None


def _alike(wanted: Order) -> Order | None:
    return Order.objects.waiting().filter(user=wanted.user, kind=wanted.kind, course=wanted.course).first()


def _close(order: Order) -> None:
    """Make sure that an order that nobody wants any more can't be paid; what was paid meanwhile stands."""
    if order.session_id:
        try:
            get_provider().close_checkout(order.session_id)
        except PaymentError as error:
            raise _unreachable(error) from error
        order = settle_checkout(order.session_id) or order
    if not order.is_waiting:
        if order.status == Order.Status.PAID:
            raise ConflictError(_("This has already been paid."), code="owned")
        return
    with transaction.atomic():
        locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if locked.status == Order.Status.OPEN and locked.session_id == order.session_id:
            locked.become(Order.Status.EXPIRED)
            release(locked)


def _create(wanted: Order, price: Quote) -> Order:
    # By the provider's clock, and kept from the start, so that asking again for the page asks the same.
    wanted.session_expires_at = get_provider().now().replace(microsecond=0) + SESSION_LASTS
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
            if price.coupon is not None:
                redeem(wanted, price.coupon)
            record("order.placed", actor_id=wanted.user_id, subject_id=wanted.id, amount=wanted.amount)
            if wanted.amount == 0:
                wanted.become(Order.Status.PAID, paid_at=timezone.now())
                give_what_was_bought(wanted)
    except IntegrityError:
        # Somebody clicked twice: the other click's order is this one's.
        if found := _alike(wanted):
            return found
        if wanted.amount == 0:
            raise ConflictError(_("You already own this."), code="owned") from None
        raise
    return wanted


@transaction.atomic
def _open_session(order: Order) -> Order:
    """Ask the provider for a page on which to pay this order, once."""
    # Locked, so that of many clicks one asks, and the others are told the same.
    locked = (
        Order.objects.select_for_update(of=("self",))
        .select_related("user", "plan", "course")
        .get(pk=order.pk)
    )
    if locked.session_id or locked.status != Order.Status.OPEN or locked.user is None:
        return locked
    provider = get_provider()
    known = Customer.objects.filter(user=locked.user, provider=provider.name).first()
    page = settings.BASE_URL + reverse("payments:order", args=[locked.id])
    back = (
        reverse("learning:course", args=[locked.course.slug])
        if locked.course
        else reverse("payments:premium")
    )
    request = CheckoutRequest(
        # The order's terms never change, so its id is key enough, also after a crash.
        key=f"checkout:{locked.id}",
        order=str(locked.id),
        mode=locked.mode,
        name=locked.title,
        amount=locked.asked,
        currency=locked.currency,
        promotions=locked.takes_promotions,
        email=locked.user.email,
        interval=locked.plan.interval if locked.plan else "",
        customer=known.ref if known else "",
        success_url=f"{page}?session={{CHECKOUT_SESSION_ID}}",
        cancel_url=settings.BASE_URL + back,
        expires_at=locked.session_expires_at or provider.now() + SESSION_LASTS,
    )
    try:
        session = provider.open_checkout(request)
    except PaymentError as error:
        raise _unreachable(error) from error
    locked.session_id, locked.session_url = session.id, session.url
    locked.save(update_fields=["session_id", "session_url", "updated_at"])
    return locked


def _unreachable(error: PaymentError) -> UnavailableError:
    return UnavailableError(
        _("The payment page couldn’t be opened. You haven’t been charged. Try again in a few minutes."),
        code="provider_unavailable",
        data={"reason": error.code},
    )
