"""Coupons: who may use one, and that it is held once, whatever comes at the same moment."""

import pytest
from django.db import transaction

from momentum.accounts.models import User
from momentum.core.errors import InvalidError
from momentum.events.models import Event
from momentum.payments import actions
from momentum.payments.actions import coupons
from momentum.payments.models.coupon import Redemption
from tests.payments.till import (
    make_paid_course,
)

pytestmark = pytest.mark.django_db


def test_a_coupon_is_held_once_by_each_learner_whatever_comes_at_once(admin: User, learner: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    first = actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    second = actions.order_course(user=learner, course=make_paid_course())

    with pytest.raises(InvalidError, match="already used"), transaction.atomic():
        coupons.redeem(second, coupon)

    coupon.refresh_from_db()
    assert coupon.uses == 1
    assert Redemption.objects.get().order == first


def test_what_was_given_back_and_used_again_elsewhere_is_not_held_twice(admin: User, learner: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    first = actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    coupons.release(first)
    coupons.hold_again(first)
    coupon.refresh_from_db()
    assert coupon.uses == 1

    coupons.release(first)
    actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    coupons.hold_again(first)

    coupon.refresh_from_db()
    assert coupon.uses == 1
    assert Redemption.objects.get(order=first).released_at is not None


def test_a_coupon_of_an_amount_that_cannot_be_charged_is_refused(admin: User) -> None:
    with pytest.raises(InvalidError) as refused:
        actions.save_coupon(actor=admin, code="TIDES", amount=150, currency="JPQ")

    assert refused.value.data["fields"]


def test_switching_a_coupon_to_what_it_is_changes_nothing(admin: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    before = Event.objects.count()

    coupons.switch_coupon(actor=admin, coupon=coupon, active=True)

    assert Event.objects.count() == before
    assert not coupons.switch_coupon(actor=admin, coupon=coupon, active=False).active
    assert Event.objects.latest("id").data == {"code": "TIDES", "active": False}
