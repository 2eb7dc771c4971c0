"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    # The mails to them, and what they said, unless it let them in. Those to addresses without an account are nobody's.
    "mail.Email": Table(
        owners=OWNER, mine="user created_at kind address language subject state sent_at", hidden="text html",
        plain="id updated_at cause keeps attempts last_attempt error",
    ),
}  # fmt: skip
