"""What the tests of payments share: mail that stays in memory, a course that is for sale, and a payment."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture(autouse=True)
def _asks_outside_of_transactions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No provider is asked while a transaction is open, beyond the one that a test itself may run in."""
    from django.db import connection

    from momentum.providers.payments import breaker

    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("_django_db_helper")
    own, ask = len(connection.atomic_blocks), breaker._let_through

    def asked(provider: str) -> dict[str, Any]:
        assert len(connection.atomic_blocks) <= own, f"{provider} was asked inside a transaction"
        return ask(provider)

    monkeypatch.setattr(breaker, "_let_through", asked)


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
