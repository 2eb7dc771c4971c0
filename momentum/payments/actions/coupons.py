"""Coupons: what one is worth, taking a use of it, and giving that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.payments.models import Coupon, Order, Redemption
from momentum.providers.payments.currencies import refusal_of


@dataclass(frozen=True)
class Quote:
    """What a course costs this learner now."""

    list_amount: int
    amount: int
    currency: str
    coupon: Coupon | None = None

    @property
    def discount(self) -> int:
        return self.list_amount - self.amount


def quote(*, user: User, course: Course, code: str = "") -> Quote:
    """Return the price of a paid course, with the coupon of this code where one is given.

    Raises:
        InvalidError: `coupon_unknown`, where the code is good for nothing, or not for this, now, by this learner.
    """
    price, currency = course.price_minor or 0, course.currency
    if not code.strip():
        return Quote(price, price, currency)
    coupon = Coupon.objects.filter(code=code.strip().upper()).first()
    if coupon is None or not coupon.runs(timezone.now()) or not coupon.fits(course):
        raise _refused(_("This code isn’t valid for this course."))
    held = coupon.redemptions.filter(user=user, released_at=None)
    if held.exclude(order__course=course, order__status__in=("open", "pending")).exists():
        raise _refused(_("You have already used this code."))
    if coupon.max_uses is not None and coupon.uses >= coupon.max_uses and not held.exists():
        raise _refused(_("This code has already been used up."))
    return Quote(price, coupon.price(price, currency), currency, coupon)


def redeem(order: Order, coupon: Coupon) -> None:
    """Take one use of the coupon for this order, in its transaction.

    Raises:
        InvalidError: `coupon_unknown`, where somebody else took the last one meanwhile.
    """
    # One statement checks and counts, so that two can't both take the last use.
    free = Q(max_uses__isnull=True) | Q(uses__lt=F("max_uses"))
    if not Coupon.objects.filter(free, pk=coupon.pk, active=True).update(uses=F("uses") + 1):
        raise _refused(_("This code has already been used up."))
    try:
        with transaction.atomic():
            Redemption.objects.create(coupon=coupon, order=order, user=order.user)
    except IntegrityError:
        raise _refused(_("You have already used this code.")) from None


def release(order: Order) -> None:
    """Give the use back that an order held, when it came to nothing. Again does nothing."""
    held = Redemption.objects.filter(order=order, released_at=None)
    if held.update(released_at=timezone.now()):
        Coupon.objects.filter(redemptions__order=order).update(uses=F("uses") - 1)


def hold_again(order: Order) -> None:
    """Count the use of an order that was paid after all. The limit has no say: the money is there."""
    if Redemption.objects.filter(order=order).exclude(released_at=None).exists():
        try:
            with transaction.atomic():
                Redemption.objects.filter(order=order).update(released_at=None)
                Coupon.objects.filter(redemptions__order=order).update(uses=F("uses") + 1)
        except IntegrityError:
            # Used again meanwhile, or used up: the order keeps its price all the same.
            return


@transaction.atomic
def save_coupon(
    *,
    actor: User,
    coupon: Coupon | None = None,
    code: str,
    percent: int | None = None,
    amount: int | None = None,
    currency: str = "",
    max_uses: int | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    active: bool = True,
    courses: Iterable[Course] = (),
) -> Coupon:
    """Make a coupon, or change one; orders that hold it keep their price.

    Raises:
        ForbiddenError: for who isn't an administrator.
        InvalidError: where it makes no sense; `data["fields"]` says what.
        ConflictError: where the code is taken.
    """
    require_admin(actor)
    saved = Coupon.objects.select_for_update(no_key=True).get(pk=coupon.pk) if coupon else Coupon()
    values = {
        "code": code.strip().upper(),
        "percent": percent,
        "amount": amount,
        "currency": currency.upper(),
        "max_uses": max_uses,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "active": active,
    }
    for name, value in values.items():
        setattr(saved, name, value)
    _require_sense(saved)
    try:
        saved.clean_fields()
        saved.validate_constraints()
    except ValidationError as error:
        raise _confused(error) from error
    if Coupon.objects.filter(code=saved.code).exclude(pk=saved.pk).exists():
        sentence = _("A coupon with this code already exists.")
        raise ConflictError(sentence, code="coupon_exists", data={"fields": {"code": [sentence]}})
    saved.save()
    saved.courses.set(courses)
    record("coupon.saved", actor_id=actor.id, subject_id=saved.id, code=saved.code)
    return saved


@transaction.atomic
def switch_coupon(*, actor: User, coupon: Coupon, active: bool) -> Coupon:
    """Let a coupon be used, or not; orders that hold it keep their price. Again does nothing.

    Raises:
        ForbiddenError: for who isn't an administrator.
    """
    require_admin(actor)
    saved = Coupon.objects.select_for_update(no_key=True).get(pk=coupon.pk)
    if saved.active != active:
        saved.active = active
        saved.save(update_fields=["active", "updated_at"])
        record("coupon.saved", actor_id=actor.id, subject_id=saved.id, code=saved.code, active=active)
    return saved


def _require_sense(coupon: Coupon) -> None:
    """Say exactly what is wrong where several values don't go together."""
    wrong: dict[str, list[str]] = {}
    if (coupon.percent is None) == (coupon.amount is None):
        wrong["percent"] = [_("Enter either a percentage or an amount, not both.")]
    elif coupon.percent is not None and not 1 <= coupon.percent <= 100:
        wrong["percent"] = [_("Enter a percentage from 1 to 100.")]
    elif coupon.amount is not None and not coupon.currency:
        wrong["currency"] = [_("Enter the currency of the amount.")]
    elif coupon.amount is not None and (refused := refusal_of(coupon.amount, coupon.currency)):
        wrong |= refused
    if coupon.max_uses is not None and coupon.max_uses < coupon.uses:
        said = ngettext(
            "It has already been used %(number)d time, so the limit can’t be lower.",
            "It has already been used %(number)d times, so the limit can’t be lower.",
            coupon.uses,
        )
        wrong["max_uses"] = [said % {"number": coupon.uses}]
    if coupon.starts_at and coupon.ends_at and coupon.starts_at >= coupon.ends_at:
        wrong["ends_at"] = [_("The end must be after the start.")]
    if wrong:
        first = next(iter(wrong.values()))[0]
        raise InvalidError(first, code="coupon_senseless", data={"fields": wrong})


def _refused(sentence: str) -> InvalidError:
    return InvalidError(sentence, code="coupon_unknown", data={"fields": {"coupon": [sentence]}})


def _confused(error: ValidationError) -> InvalidError:
    fields = {name: found for name, found in error.message_dict.items() if name != "__all__"}
    sentence = _(
        "Enter a code of 3 to 40 letters and digits, and either a percentage (1 to 100) or an amount off."
    )
    return InvalidError(sentence, code="coupon_senseless", data={"fields": fields})
