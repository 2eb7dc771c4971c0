"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    # A visitor's address is forgotten with the account that has the same one: `actions.forgetting`.
    "support.Conversation": Table(
        owners=OWNER, mine="user created_at subject page language status last_at", hidden="address",
        trace="assigned_to", plain="id updated_at spell waiting_since reminded_at version link_number",
    ),
    "support.Message": Table(
        owners=("conversation__user",), mine="conversation created_at author text", trace="administrator",
        plain="id updated_at key",
    ),
}  # fmt: skip
