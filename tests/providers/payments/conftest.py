"""Stripe, played on this machine, and a shop that sells by it."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def fake() -> Iterator[Any]:
    """A server that speaks Stripe's shapes."""
    from tests.providers.fake_stripe import fake_stripe

    with fake_stripe() as running:
        yield running


@pytest.fixture
def provider(fake: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The adapter, which asks that server."""
    import stripe

    from momentum.providers.payments.stripe import StripePayments
    from tests.providers.fake_stripe import KEY, SECRET

    # The pauses between the SDK's attempts.
    monkeypatch.setattr(stripe.HTTPClient, "_sleep_time_seconds", lambda *_args, **_kwargs: 0)
    return StripePayments(KEY, SECRET, base=fake.url)


@pytest.fixture
def shop(provider: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Momentum, selling by Stripe."""
    from momentum.providers import payments

    settings.PAYMENTS = "stripe"
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    monkeypatch.setattr(payments, "_made", lambda name: provider)
    return provider
