"""The list of coupons in the panel."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from momentum.payments import actions
from momentum.payments.models import (
    Coupon,
)
from momentum.payments.panel import filters
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import date_words, money, number
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing

_TEMPLATE = "payments/panel/list.html"


def _discount(coupon: Coupon) -> str:
    if coupon.amount:
        return money(coupon.amount, coupon.currency)
    return _("%(percent)s%% off") % {"percent": coupon.percent}


def _courses(coupon: Coupon) -> str:
    titles = ((isolated(course.title, course.language),) for course in coupon.courses.all())
    return format_html_join(", ", "{}", titles) or _("All paid courses")


def _valid(coupon: Coupon) -> str:
    said = []
    if coupon.starts_at:
        said.append(_("from %(day)s") % {"day": date_words(coupon.starts_at)})
    if coupon.ends_at:
        said.append(_("until %(day)s") % {"day": date_words(coupon.ends_at)})
    return " ".join(said) or _("always")


def _coupon_status(coupon: Coupon) -> Cell:
    now = timezone.now()
    if not coupon.active:
        return Cell(_("Inactive"), tag="")
    if coupon.max_uses is not None and coupon.uses >= coupon.max_uses:
        return Cell(_("Used up"), tag="care")
    if not coupon.runs(now):
        over = coupon.ends_at and coupon.ends_at <= now
        return Cell(_("Expired") if over else _("Scheduled"), tag="care")
    return Cell(_("Active"), tag="good")


def _uses(coupon: Coupon) -> str:
    if coupon.max_uses is None:
        return number(coupon.uses)
    return f"{number(coupon.uses)} {_('of %(most)s') % {'most': number(coupon.max_uses)}}"


COUPONS = ListPage(
    title=gettext_lazy("Coupons"),
    route="panel:payments:coupons",
    form=filters.CouponsForm,
    template=_TEMPLATE,
    links=(Link(gettext_lazy("New coupon"), "panel:payments:coupon-new", main=True),),
    columns=(
        Column(
            label=gettext_lazy("Code"),
            cell=lambda coupon: Cell(coupon.code, reverse("panel:payments:coupon", args=[coupon.id])),
            sort="code",
            by=("code",),
        ),
        Column(label=gettext_lazy("Discount"), cell=_discount),
        Column(label=gettext_lazy("Courses"), cell=_courses),
        Column(label=gettext_lazy("Valid"), cell=_valid),
        Column(label=gettext_lazy("Status"), cell=_coupon_status),
        Column(
            label=gettext_lazy("Used"),
            cell=_uses,
            sort="used",
            by=("uses",),
            newest_first=True,
            numeric=True,
        ),
    ),
    actions=(
        BulkAction(
            name="activate",
            label=gettext_lazy("Activate selected"),
            act=lambda one: actions.switch_coupon(actor=one.actor, coupon=one.row, active=True),
            done=ngettext_lazy("%(num)d coupon activated.", "%(num)d coupons activated.", "num"),
        ),
        BulkAction(
            name="deactivate",
            label=gettext_lazy("Deactivate selected"),
            act=lambda one: actions.switch_coupon(actor=one.actor, coupon=one.row, active=False),
            done=ngettext_lazy("%(num)d coupon deactivated.", "%(num)d coupons deactivated.", "num"),
        ),
    ),
    count=ngettext_lazy("%(num)d coupon", "%(num)d coupons", "num"),
    nothing=Nothing(
        gettext_lazy("No coupons yet"),
        gettext_lazy("A coupon takes a percentage or an amount off the price of a course."),
    ),
    no_match=Nothing(gettext_lazy("No matching coupons"), gettext_lazy("Try a different part of the code.")),
)
