"""Forgetting what people were told long ago."""

from datetime import timedelta

from django.utils import timezone

from momentum.notifications.actions import mobile_devices, push_subscriptions
from momentum.notifications.models import Notification
from momentum.notifications.site_settings import NotificationSettings
from momentum.site.queries.current import current


def forget() -> None:
    """Remove notifications that are past their time, with how they were delivered, and devices that take none."""
    push_subscriptions.forget_dead()
    mobile_devices.forget_dead()
    kept = timedelta(days=current(NotificationSettings).kept_days)
    Notification.objects.filter(created_at__lt=timezone.now() - kept).delete()
