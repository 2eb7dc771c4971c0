"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Table

PERSONAL: dict[str, Table] = {
    "notifications.Notification": Table(
        owners=OWNER, mine="user created_at kind title body path read_at archived_at",
        plain="id updated_at cause about in_inbox",
    ),
    "notifications.Delivery": Table(
        owners=OWNER, mine="user channel state reason done_at",
        plain=f"{ROW} notification due_at expires_at attempts",
    ),
    "notifications.Preferences": Table(
        owners=OWNER, mine="user reminder_at quiet_from quiet_until daily_cap choices", plain="updated_at",
    ),
    "notifications.ScheduledNotification": Table(
        owners=OWNER, mine="user kind next_at", plain=ROW,
    ),
}  # fmt: skip
