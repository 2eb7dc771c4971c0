"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Table

PERSONAL: dict[str, Table] = {
    # The mails to them, and what they said, unless it let them in. Those to addresses without an account are nobody's.
    "mail.Email": Table(
        owners=OWNER, mine="user created_at kind address language subject state sent_at", hidden="text html",
        plain="id updated_at cause keeps attempts last_attempt error text_fault",
    ),
    # What administrators wrote; who they are is forgotten with their account, and in the audit log only an id.
    "mail.EmailText": Table(trace="author", plain=f"{ROW} kind language version subject introduction"),
    "mail.SwitchedOffKind": Table(plain=f"{ROW} kind"),
}  # fmt: skip
