"""The ways to pay on the sandbox's pages, each with one outcome. The numbers are Stripe's test cards."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """What paying with `number` leads to.

    Args:
        number: what is typed on the page, without spaces.
        title: what happens, for people.
        refusal: the decline code, where the payment is refused.
        asks: whether the bank asks first (3-D Secure).
        later: "", or "succeeds" or "fails": what a delayed method does after the page said thanks.
        disputed: whether the payment is disputed at once.
        refunds_fail: whether a refund comes back a while after it was made.
        recurring: whether later bills can be collected with it.
    """

    number: str
    title: str | Promise
    refusal: str = ""
    asks: bool = False
    later: str = ""
    disputed: bool = False
    refunds_fail: bool = False
    recurring: bool = True

    @property
    def shown(self) -> str:
        """Its number in groups of four, as on a card."""
        return " ".join(self.number[start : start + 4] for start in range(0, len(self.number), 4))


WAYS = (
    Way("4242424242424242", _("Successful card")),
    Way("4000000000000002", _("Declined card"), refusal="card_declined"),
    Way("4000000000009995", _("Card with insufficient funds"), refusal="insufficient_funds"),
    Way("4000000000000069", _("Expired card"), refusal="expired_card"),
    Way("4000000000000119", _("Card that can’t be processed"), refusal="processing_error"),
    Way("4000002760003184", _("Card that requires 3-D Secure"), asks=True),
    Way(
        "4000008260003178",
        _("Card that requires 3-D Secure, then has insufficient funds"),
        asks=True,
        refusal="insufficient_funds",
    ),
    Way("4000000000000259", _("Successful card, disputed immediately"), disputed=True),
    Way("4000000000005126", _("Successful card, refunds fail later"), refunds_fail=True),
    Way("4000000000000341", _("Card whose renewals fail"), recurring=False),
    Way("DE89370400440532013000", _("Direct debit that succeeds later"), later="succeeds"),
    Way("DE62370400440532013001", _("Direct debit that fails later"), later="fails"),
)
BY_NUMBER = {way.number: way for way in WAYS}
GOOD = WAYS[0]

REFUSALS: dict[str, str | Promise] = {
    "card_declined": _("Your card was declined. Try another card."),
    "insufficient_funds": _("Your card has insufficient funds. Try another card."),
    "expired_card": _("Your card has expired. Try another card."),
    "processing_error": _("Your card couldn’t be processed. Try again, or use another card."),
    "authentication_required": _(
        "Your bank couldn’t confirm that it was you. Try again, or use another card."
    ),
    "incorrect_number": _("Only the card numbers listed below work here."),
}


def way_of(number: str) -> Way | None:
    """Return the way to pay with this number, however it is spaced."""
    return BY_NUMBER.get("".join(number.split()).upper())
