"""The queue that payments run on: their own, so that a provider that is away keeps nothing else waiting."""

PAYMENTS = "payments"
