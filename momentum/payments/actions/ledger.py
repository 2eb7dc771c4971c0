"""Writing in the ledger: always both sides, each movement once. The caller holds the payment's lock."""

from momentum.payments.models import Account, LedgerEntry, Payment

UNDONE = "/undone"


def post(payment: Payment, cause: str, against: Account, amount: int) -> bool:
    """Move `amount` into what the provider holds for us (out of it, where negative); say whether that was news.

    Args:
        payment: whose money it is.
        cause: names the movement; the same one is written once.
        against: the account that says why.
        amount: in the payment's currency.
    """
    if LedgerEntry.objects.filter(cause=cause).exists():
        return False
    both = ((Account.CASH, amount), (against, -amount))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(cause=cause, account=account, amount=moved, currency=payment.currency, payment=payment)
        for account, moved in both
    )
    return True


def undo(payment: Payment, cause: str) -> bool:
    """Write the contrary of a movement that was written; say whether there was any, and this is news."""
    written = list(LedgerEntry.objects.filter(cause=cause))
    if not written or LedgerEntry.objects.filter(cause=cause + UNDONE).exists():
        return False
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            cause=cause + UNDONE,
            account=entry.account,
            amount=-entry.amount,
            currency=entry.currency,
            payment=payment,
        )
        for entry in written
    )
    return True
