"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Table

PERSONAL: dict[str, Table] = {
    # The mails to them, and what they said, unless it let them in. Those to addresses without an account are nobody's.
    "mail.Email": Table(
        owners=OWNER, hidden="text html",
        mine="user created_at kind address language subject state sent_at"
        " delivered_at opened_at clicked_at bounced_at complained_at",
        plain="id updated_at cause keeps attempts last_attempt error text_fault provider_id",
    ),
    # What a provider told of them. Those of mails that aren't known name nobody.
    "mail.EmailEvent": Table(
        owners=("email__user",), mine="type at detail", plain=f"{ROW} provider_id carried email noted_at"
    ),
    # Those of addresses without an account are nobody's, and go with an account that gets the address.
    "mail.Suppression": Table(
        owners=OWNER, mine="user address reason at revoked_at", trace="revoked_by", plain=ROW
    ),
    # What administrators wrote; who they are is forgotten with their account, and in the audit log only an id.
    "mail.EmailText": Table(trace="author", plain=f"{ROW} kind language version subject introduction"),
    "mail.SwitchedOffKind": Table(plain=f"{ROW} kind"),
}  # fmt: skip
