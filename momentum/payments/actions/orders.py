"""Ordering: first our order, then the provider's page. However often and fast somebody clicks, there is one of each."""

import logging
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course
from momentum.core import durable
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from momentum.learning.models import Enrolment
from momentum.payments.actions.coupons import Quote, quote, redeem, release
from momentum.payments.actions.locks import lock_order
from momentum.payments.actions.settlement import give_what_was_bought, note, settle_checkout
from momentum.payments.models import Customer, Order, Plan, Subscription
from momentum.payments.models.order import Kind
from momentum.payments.queues import PAYMENTS
from momentum.payments.site_settings import PaymentSettings
from momentum.providers.payments import Checkout, CheckoutRequest, PaymentError, get_provider
from momentum.providers.payments.breaker import OPEN as RESTING
from momentum.site.queries.current import current

logger = logging.getLogger(__name__)

# Providers take 30 minutes to 24 hours. Long enough to find the card, short enough for coupons to come back soon.
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
    """Return an order like `wanted`, the one that waits or a new one, and have its page opened.

    Without `session_url`, the provider takes its time: the worker goes on, and the page comes in a moment.
    """
    order = _waiting(wanted) or _create(wanted, price)
    if order.amount == 0:
        return order
    try:
        return open_checkout(order.pk)
    except PaymentError as error:
        if error.code == RESTING:
            raise _unreachable(error) from error
        _open_later(order)
        return order


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
    _expire(order)


@transaction.atomic
def _expire(order: Order) -> None:
    locked = lock_order(order.pk)
    if locked.status == Order.Status.OPEN and locked.session_id == order.session_id:
        locked.become(Order.Status.EXPIRED)
        release(locked)
        note(locked, "order.expired")


def _create(wanted: Order, price: Quote) -> Order:
    # By the provider's clock, and kept from the start, so that asking again for the page asks the same.
    wanted.session_expires_at = get_provider().now().replace(microsecond=0) + SESSION_LASTS
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
            if price.coupon is not None:
                redeem(wanted, price.coupon)
            note(wanted, "order.placed", amount=wanted.amount)
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


def open_checkout(order_id: UUID | str) -> Order:
    """Have the provider open the page on which an order is paid, and keep where it is. Again does nothing.

    An order that the provider refuses for good has failed; nothing was charged.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    order = Order.objects.select_related("user", "plan", "course").get(pk=order_id)
    if order.session_id or order.status != Order.Status.OPEN or order.user is None:
        return order
    try:
        session = get_provider().open_checkout(_request(order, order.user))
    except PaymentError as error:
        if not error.permanent:
            raise
        return _fail(order_id, str(error))
    order, kept = _keep_page(order_id, session)
    if not kept:
        # Given up meanwhile, for other terms perhaps: nobody shall pay it.
        get_provider().close_checkout(session.id)
    return order


@transaction.atomic
def _keep_page(order_id: UUID | str, session: Checkout) -> tuple[Order, bool]:
    """Return the order as it is now, and whether it is paid on this page."""
    locked = lock_order(order_id)
    if locked.status != Order.Status.OPEN or locked.session_id not in {"", session.id}:
        return locked, False
    locked.session_id, locked.session_url = session.id, session.url
    locked.save(update_fields=["session_id", "session_url", "updated_at"])
    return locked, True


@transaction.atomic
def _fail(order_id: UUID | str, problem: str) -> Order:
    logger.error("The provider refuses to open a page for order %s: %s", order_id, problem)
    locked = lock_order(order_id)
    if locked.status == Order.Status.OPEN and not locked.session_id:
        locked.become(Order.Status.FAILED, problem=problem[:200])
        release(locked)
        note(locked, "order.failed")
    return locked


def _request(order: Order, user: User) -> CheckoutRequest:
    provider = get_provider()
    known = Customer.objects.filter(user=user, provider=provider.name).first()
    page = settings.BASE_URL + reverse("payments:order", args=[order.id])
    back = (
        reverse("learning:course", args=[order.course.slug]) if order.course else reverse("payments:premium")
    )
    return CheckoutRequest(
        # The order's terms never change, so its id is key enough, also after a crash.
        key=f"checkout:{order.id}",
        order=str(order.id),
        mode=order.mode,
        name=order.title,
        amount=order.asked,
        currency=order.currency,
        # One code an order, ours or the provider's.
        promotions=order.coupon_id is None and current(PaymentSettings).promotion_codes,
        email=user.email,
        interval=order.plan.interval if order.plan else "",
        customer=known.ref if known else "",
        success_url=page,
        cancel_url=settings.BASE_URL + back,
        expires_at=order.session_expires_at or provider.now() + SESSION_LASTS,
    )


@transaction.atomic
def _open_later(order: Order) -> None:
    """Have the worker open the page; whoever waits for it looks at "One moment" meanwhile."""
    # Once a minute at most: a page that failed then is tried again when somebody asks again.
    minute = f"{timezone.now():%Y%m%d%H%M}"
    durable.enqueue(
        "payments.open_checkout",
        str(order.id),
        workflow_id=f"payments.open_checkout/{order.id}/{minute}",
        queue=PAYMENTS,
    )


def _unreachable(error: PaymentError) -> UnavailableError:
    return UnavailableError(
        _("Payments aren’t working at the moment. Nothing was charged. Try again in a few minutes."),
        code="provider_unavailable",
        data={"reason": error.code},
    )
