"""A provider that never finishes its answer: a page is told in time, durable work goes on waiting."""

import pytest

from momentum.providers.payments import PaymentError, deadlines
from momentum.providers.payments.stripe import StripePayments
from tests.providers.dripping import dripping
from tests.providers.fake_stripe import KEY, SECRET


def test_a_page_is_told_while_the_answer_still_drips() -> None:
    with dripping() as (base, enough):
        provider = StripePayments(KEY, SECRET, base=base)

        with deadlines.at_most(0.3), pytest.raises(PaymentError) as refused:
            provider.checkout("cs_1")

        assert not enough.is_set()
        assert not refused.value.permanent


def test_what_a_page_asks_one_after_the_other_shares_its_time() -> None:
    with dripping() as (base, _enough):
        provider = StripePayments(KEY, SECRET, base=base)
        with deadlines.at_most(0.3):
            for _question in range(3):
                with pytest.raises(PaymentError):
                    provider.intent("pi_1")

            assert deadlines.seconds_left() <= 0


def test_durable_work_is_patient() -> None:
    assert deadlines.seconds_left() == deadlines.PAGE_SECONDS
    with deadlines.at_most(0.01):
        assert deadlines.patiently(deadlines.seconds_left)() == deadlines.WORKER_SECONDS
    assert not deadlines.is_patient()
