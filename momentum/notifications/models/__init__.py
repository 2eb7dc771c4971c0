"""What people are told, by which channels, and what they chose about it."""

from momentum.notifications.models.delivery import Channel, Delivery, DeliveryQuerySet
from momentum.notifications.models.device import Device, DeviceQuerySet
from momentum.notifications.models.notification import Notification, NotificationQuerySet
from momentum.notifications.models.preferences import Choice, Preferences
from momentum.notifications.models.push_key import PushKey
from momentum.notifications.models.push_subscription import PushSubscription, PushSubscriptionQuerySet
from momentum.notifications.models.scheduled import ScheduledNotification, ScheduledNotificationQuerySet

__all__ = [
    "Channel",
    "Choice",
    "Delivery",
    "DeliveryQuerySet",
    "Device",
    "DeviceQuerySet",
    "Notification",
    "NotificationQuerySet",
    "Preferences",
    "PushKey",
    "PushSubscription",
    "PushSubscriptionQuerySet",
    "ScheduledNotification",
    "ScheduledNotificationQuerySet",
]
