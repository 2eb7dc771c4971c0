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
    "notifications.PushSubscription": Table(
        owners=OWNER, mine="user created_at user_agent last_ok_at", hidden="endpoint sealed_keys",
        plain="id updated_at failures rests_until",
    ),
    "notifications.Device": Table(
        owners=OWNER, mine="user created_at platform enabled last_ok_at", hidden="token endpoint_arn grant_id",
        plain="id updated_at failures rests_until",
    ),
    "notifications.PushKey": Table(plain="id created_at sealed_private"),
    "notifications.ScheduledNotification": Table(
        owners=OWNER, mine="user kind next_at", plain=ROW,
    ),
}  # fmt: skip
