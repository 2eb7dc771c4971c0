"""What administrators fill in about money."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Access, Course
from momentum.core.ids import uuid7
from momentum.payments.models import Coupon, Payment, Plan
from momentum.ui.words import money

DAYS = ((1, _("One day")), (7, _("A week")), (30, _("30 days")), (90, _("90 days")))


def major(minor: int) -> Decimal:
    """Return an amount in minor units as people write it."""
    return Decimal(minor).scaleb(-2)


def minor(amount: Decimal | None) -> int | None:
    """Return an amount as people write it in minor units."""
    return None if amount is None else int(amount * 100)


def _price(label: object, **options: Any) -> forms.DecimalField:  # noqa: ANN401 - what a field takes
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        min_value=Decimal("0.01"),
        max_value=Decimal(100_000),
        decimal_places=2,
        **options,
    )


def _currency(**options: Any) -> forms.RegexField:  # noqa: ANN401 - what a field takes
    return forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Z]{3}$",
        error_messages={"invalid": _("A three-letter code in capitals, such as EUR.")},
        **options,
    )


class RefundForm(forms.Form):
    """How much goes back, and why. `key` names this one wish, so that sending it twice gives back once."""

    amount = _price(_("Amount"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For future reference. The learner can see it too.")
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    most, currency = 0, ""

    @classmethod
    def of(cls, payment: Payment, data: QueryDict | None = None) -> "RefundForm":
        """Return the form for a payment, with all that is left filled in."""
        left = payment.left - payment.on_its_way_back()
        form = cls(data, initial={"amount": major(left), "key": uuid7()})
        form.most, form.currency = left, payment.currency
        return form

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        # What was confirmed is for the action to judge, which knows whether it was asked for before.
        if 0 < self.most < amount * 100 and not self.data.get("confirmed"):
            most = money(self.most, self.currency)
            raise ValidationError(_("At most %(amount)s of this payment can be refunded.") % {"amount": most})
        return amount

    @property
    def minor(self) -> int:
        return minor(self.cleaned_data["amount"]) or 0

    @property
    def is_confirmed(self) -> bool:
        """Whether this very amount was shown once more, and meant."""
        return bool(self.cleaned_data["confirmed"] == str(self.minor))

    def for_action(self) -> dict[str, Any]:
        """Return what was filled in, as `refund_payment` takes it."""
        key: UUID = self.cleaned_data["key"]
        return {"amount": self.minor, "reason": self.cleaned_data["reason"], "key": key}


class Moment(forms.DateTimeField):
    """A day and a time, in the reader's zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CouponEditForm(forms.Form):
    """A coupon."""

    code = forms.RegexField(
        label=_("Code"), regex=r"^[A-Za-z0-9_-]{3,40}$", help_text=_("3 to 40 letters, digits, - and _."),
        error_messages={"invalid": _("3 to 40 letters, digits, - and _, without spaces.")},
    )  # fmt: skip
    percent = forms.IntegerField(label=_("Percent off"), required=False, min_value=1, max_value=100)
    amount = _price(_("Or amount off"), required=False)
    currency = _currency(required=False, help_text=_("Currency of the amount, such as EUR."))
    max_uses = forms.IntegerField(
        label=_("Usage limit"), required=False, min_value=1, max_value=1_000_000,
        help_text=_("Empty: unlimited. Each learner can use it once."),
    )  # fmt: skip
    starts_at = Moment(label=_("Valid from"), required=False)
    ends_at = Moment(label=_("Valid until"), required=False)
    courses = forms.ModelMultipleChoiceField(
        Course.objects.none(), label=_("Only for these courses"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None selected: valid for every paid course."),
    )  # fmt: skip
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)

    def __init__(self, data: QueryDict | None = None, *, coupon: Coupon | None = None) -> None:
        super().__init__(data, initial=self._initial(coupon) if coupon else None)
        for_sale = Q(access=Access.PAID)
        if coupon:
            for_sale |= Q(coupons=coupon)
        self.fields["courses"].queryset = (  # type: ignore[attr-defined]
            Course.objects.filter(for_sale).distinct().order_by("title")
        )

    @staticmethod
    def _initial(coupon: Coupon) -> dict[str, Any]:
        names = ("code", "percent", "currency", "max_uses", "starts_at", "ends_at", "active")
        values: dict[str, Any] = {name: getattr(coupon, name) for name in names}
        values["amount"] = major(coupon.amount) if coupon.amount else None
        return values | {"courses": list(coupon.courses.values_list("pk", flat=True))}

    def for_action(self) -> dict[str, Any]:
        """Return what was filled in, as `save_coupon` takes it."""
        values = dict(self.cleaned_data)
        values["amount"] = minor(values["amount"])
        return values


class PlanForm(forms.Form):
    """What a plan costs."""

    amount = _price(_("Price"))
    currency = _currency()
    active = forms.BooleanField(label=_("For sale"), required=False)

    @classmethod
    def of(cls, plan: Plan, data: QueryDict | None = None) -> "PlanForm":
        """Return the form of a plan; each has its own names for its fields."""
        initial = {"amount": major(plan.amount), "currency": plan.currency, "active": plan.active}
        return cls(data, initial=initial, prefix=plan.interval)

    def for_action(self) -> dict[str, Any]:
        """Return what was filled in, as `save_plan` takes it."""
        return self.cleaned_data | {"amount": minor(self.cleaned_data["amount"])}


class ComparisonForm(forms.Form):
    """How far back the books are compared."""

    days = forms.TypedChoiceField(label=_("Look back"), choices=DAYS, coerce=int, initial=7)
