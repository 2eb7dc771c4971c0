"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import Leaving, Table

PERSONAL: dict[str, Table] = {
    "events.Event": Table(
        owners=("actor_id", "subject_id"),
        leaving=Leaving.ANONYMISED,
        mine="name at actor_id subject_id data",
        plain="id",
    ),
    "events.AuditEntry": Table(
        owners=("actor_id", "subject_id"), leaving=Leaving.KEPT, mine="name at data", hidden="actor_id subject_id",
        plain="id request_id",
    ),
}  # fmt: skip
