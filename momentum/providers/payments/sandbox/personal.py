"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import Table

PERSONAL: dict[str, Table] = {
    "sandbox.StripeObject": Table(plain="id kind about data due_at made_at notes"),
    "sandbox.Call": Table(plain="key digest answer"),
    "sandbox.Delivery": Table(plain="id type payload made_at attempts delivered_at answered"),
    "sandbox.Desk": Table(plain="id ahead copies shuffled"),
}  # fmt: skip
