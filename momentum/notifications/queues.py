"""The queue that notifications go by."""

NOTIFICATIONS = "notifications"
