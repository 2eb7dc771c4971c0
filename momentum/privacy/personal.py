"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    "privacy.Export": Table(
        owners=OWNER, mine="user created_at ready_at expires_at fetched_at", hidden="file", plain="id updated_at failed"
    ),
    "privacy.Deletion": Table(
        owners=OWNER, mine="user created_at due_at withdrawn_at begun_at", plain="id updated_at"
    ),
}  # fmt: skip
