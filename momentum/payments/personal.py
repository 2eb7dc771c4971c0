"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Leaving, Table

PERSONAL: dict[str, Table] = {
    "payments.Order": Table(
        owners=OWNER, leaving=Leaving.UNLINKED,
        mine="user created_at kind course plan title list_amount amount currency coupon status paid_at withdrawn_at",
        hidden="session_id session_url", plain="id updated_at provider session_expires_at problem revision",
    ),
    "payments.Subscription": Table(
        owners=OWNER, leaving=Leaving.UNLINKED,
        mine="user status interval amount currency period_start period_end cancel_at_period_end ended_at grace_until",
        hidden="ref customer", plain=f"{ROW} order provider",
    ),
    "payments.Payment": Table(
        owners=("order__user", "subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount refunded currency status failure paid_at period_start period_end receipt",
        hidden="intent invoice", plain=f"{ROW} order subscription provider",
    ),
    "payments.Refund": Table(
        owners=("payment__order__user", "payment__subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount status reason created_at", hidden="ref", trace="requested_by", plain="id updated_at payment error",
    ),
    "payments.Dispute": Table(
        owners=("payment__order__user", "payment__subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount status reason created_at", hidden="ref", plain="id updated_at payment",
    ),
    "payments.Redemption": Table(
        owners=OWNER, leaving=Leaving.UNLINKED, mine="user coupon created_at released_at", plain="id updated_at order"
    ),
    "payments.Membership": Table(owners=OWNER, mine="user began_at", plain=ROW),
    "payments.Customer": Table(owners=OWNER, mine="user provider", hidden="ref", plain=ROW),
    "payments.Coupon": Table(plain=f"{ROW} code percent amount currency max_uses uses starts_at ends_at active"),
    "payments.Coupon_courses": Table(plain="id coupon course"),
    "payments.Plan": Table(plain=f"{ROW} interval amount currency active"),
    "payments.ReceiptCounter": Table(plain="year last"),
    "payments.LedgerEntry": Table(plain="id cause account amount currency payment at"),
    "payments.Reconciliation": Table(plain=f"{ROW} provider since checked findings finished_at"),
    # What the provider told us of what happened; `privacy.actions.retention` empties the texts of what was handled.
    "payments.WebhookEvent": Table(
        plain=f"{ROW} provider ref type livemode happened_at payload about outcome error handled_at"
        " handled_times"
    ),
}  # fmt: skip
