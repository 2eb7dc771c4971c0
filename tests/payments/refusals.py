"""A payment provider that refuses, says nothing, or answers as a test wants."""

from types import SimpleNamespace
from typing import Any

from momentum.payments.models import (
    Plan,
)
from momentum.providers.payments import PaymentError, get_provider


def silent(*_args: object, **_options: object) -> Any:
    raise PaymentError("no answer in time")


def refusing(*_args: object, **_options: object) -> Any:
    raise PaymentError("this account can't do that", permanent=True)


def monthly() -> Plan:
    return Plan.objects.get(interval="month")


def provider(**ways: Any) -> Any:
    return lambda: SimpleNamespace(name=get_provider().name, **ways)
