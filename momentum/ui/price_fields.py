"""Fields for an amount of money and its currency. An amount is read once its currency is known."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.core import money
from momentum.core.errors import InvalidError
from momentum.providers.payments import currencies


class AmountField(forms.CharField):
    """An amount as people write it; `read_amount` makes minor units of it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - what a field takes
        super().__init__(**{"max_length": 20, "strip": True, **options})


def _currencies() -> list[tuple[str, str]]:
    return [(code, f"{code} – {money.name_of(code)}") for code in currencies.TAKEN]


def currency_field(**options: Any) -> forms.ChoiceField:  # noqa: ANN401 - what a field takes
    """Return a choice of the currencies that can be charged; with `required=False`, or of none."""
    return forms.ChoiceField(**{"label": _("Currency"), "choices": _offer(options), **options})


def _offer(options: dict[str, Any]) -> Callable[[], list[tuple[str, str]]]:
    optional = options.get("required") is False
    return lambda: [("", "–"), *_currencies()] if optional else _currencies()


def read_amount(form: forms.Form, name: str, currency: str) -> int | None:
    """Return the amount in a form's field in minor units; None, with the reason on the form, where it is none."""
    typed = form.cleaned_data.get(name)
    if not typed or not currency:
        return None
    try:
        return currencies.read(typed, currency)
    except InvalidError as error:
        form.add_error(name, str(error))
        return None
