"""Browsers that push services send to, as tests turn notifications on in them."""

import json
from typing import Any

from django.test import Client

from momentum.notifications.actions import push_subscriptions
from momentum.notifications.models import PushSubscription
from tests.providers.push.service import Browser


def subscribe(user: Any, browser: Browser, **more: str) -> PushSubscription:
    return push_subscriptions.subscribe(
        user=user, endpoint=browser.endpoint, p256dh=browser.p256dh, auth=browser.auth, **more
    )


def post(client: Client, path: str, **said: Any) -> Any:
    return client.post(f"/api/push/{path}", json.dumps(said), content_type="application/json")


def turn_on(client: Client, browser: Browser, **more: str) -> Any:
    said = {key: value for key, value in browser.as_json().items() if key != "expirationTime"}
    return post(client, "subscriptions", **said, **more)


def owners() -> dict[str, str]:
    """Return whose each browser is."""
    held = PushSubscription.objects.select_related("user")
    return {one.endpoint.rpartition("/")[2]: one.user.email for one in held}
