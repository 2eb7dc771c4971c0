"""What the tests of payments share: mail that stays in memory, a course that is for sale, and a payment."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def course() -> Any:
    """For sale at 29 euros."""
    from tests.payments.till import make_paid_course

    return make_paid_course(title="Tides")


@pytest.fixture
def payment(learner: Any) -> Any:
    """What the learner paid for one course."""
    from momentum.payments.models import Payment
    from tests.payments.till import buy, make_paid_course

    buy(learner, make_paid_course(title="Tides"))
    return Payment.objects.get()
