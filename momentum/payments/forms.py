"""What learners fill in when they buy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.payments.models import Plan


class CouponForm(forms.Form):
    """A code, or none."""

    coupon = forms.CharField(label=_("Coupon code"), max_length=40, required=False, strip=True)


class PlanForm(forms.Form):
    """One of the plans that are on sale."""

    plan = forms.ModelChoiceField(Plan.objects.filter(active=True))


class WithdrawalForm(forms.Form):
    """That it is meant: nothing else has to be said."""

    confirmed = forms.BooleanField(label=_("I withdraw from this contract."))
