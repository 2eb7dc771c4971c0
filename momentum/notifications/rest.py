"""Turning notifications on and off on a device, under /api/push: browsers by their session, telephones by a token."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Field, Router, Schema, Status

from momentum.notifications.actions import mobile_devices, push_subscriptions
from momentum.notifications.actions.push_keys import push_key
from momentum.notifications.queries.push import known_endpoints

browsers = Router(tags=["Notifications in browsers"])
telephones = Router(tags=["Notifications on telephones"])


class PushOut(Schema):
    """What a browser needs to turn notifications on, and to know whether they are."""

    public_key: str = Field(description="The `applicationServerKey` of the Push API.")
    csrf_token: str = Field(description="Sent as `X-CSRFToken` with what changes something.")
    known: list[str] = Field(
        description="The SHA-256 of the endpoints of one's own browsers, in hexadecimal."
    )


class KeysIn(Schema):
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=40)


class SubscriptionIn(Schema):
    """As `PushSubscription.toJSON()` has it."""

    endpoint: str = Field(max_length=2000)
    keys: KeysIn
    replaces: str = Field("", max_length=2000, description="The endpoint that this browser had before.")


class EndpointIn(Schema):
    endpoint: str = Field(max_length=2000)


class AcknowledgementIn(Schema):
    notification_id: UUID


class DeviceIn(Schema):
    platform: str = Field(pattern="^(apple|google)$", description="`apple` or `google`.")
    token: str = Field(
        min_length=1, max_length=500, pattern=r"^[\x21-\x7e]+$", description="From APNs or FCM."
    )


class TokenIn(Schema):
    token: str = Field(max_length=500)


@browsers.get("/", response=PushOut, url_name="push", summary="What a browser needs")
def push(request: HttpRequest) -> dict[str, Any]:
    """Say with which key to subscribe, and which browsers are subscribed."""
    known = known_endpoints(request.user)  # type: ignore[arg-type]  # whoever comes here is signed in
    return {"public_key": push_key().public, "csrf_token": get_token(request), "known": known}


@browsers.post(
    "/subscriptions", response={204: None}, url_name="push-subscriptions", summary="Notify in this browser"
)
def subscribe(request: HttpRequest, asked: SubscriptionIn) -> Status[None]:
    """Notify in this browser from now on; again changes nothing. Who was notified in it before is so no longer."""
    subscription = push_subscriptions.subscribe(
        user=request.user,  # type: ignore[arg-type]  # the same
        endpoint=asked.endpoint,
        p256dh=asked.keys.p256dh.rstrip("="),
        auth=asked.keys.auth.rstrip("="),
        user_agent=request.headers.get("User-Agent", ""),
        replaces=asked.replaces,
    )
    request.session[push_subscriptions.IN_SESSION] = str(subscription.pk)
    return Status(204, None)


@browsers.post(
    "/subscriptions/removal",
    response={204: None},
    url_name="push-subscription-removal",
    summary="Notify in this browser no longer",
)
def unsubscribe(request: HttpRequest, asked: EndpointIn) -> Status[None]:
    """Notify in this browser no longer; again changes nothing."""
    push_subscriptions.unsubscribe(user=request.user, endpoint=asked.endpoint)  # type: ignore[arg-type]  # the same
    request.session.pop(push_subscriptions.IN_SESSION, None)
    return Status(204, None)


@browsers.post(
    "/ack", response={204: None}, url_name="push-ack", summary="Say that a notification was opened"
)
def acknowledge(request: HttpRequest, asked: AcknowledgementIn) -> Status[None]:
    """Mark one of one's own notifications as read."""
    push_subscriptions.acknowledge(user=request.user, notification_id=asked.notification_id)  # type: ignore[arg-type]
    return Status(204, None)


@telephones.post("", response={204: None}, url_name="devices", summary="Notify on this telephone")
def register(request: HttpRequest, asked: DeviceIn) -> Status[None]:
    """Notify on this telephone from now on. Call it with every token that the system gives the app."""
    mobile_devices.register(
        user=request.user,  # type: ignore[arg-type]  # the same
        platform=asked.platform,
        token=asked.token,
        grant_id=getattr(request.user, "grant_id", None),
    )
    return Status(204, None)


@telephones.post(
    "/removal", response={204: None}, url_name="device-removal", summary="Notify on this telephone no longer"
)
def unregister(request: HttpRequest, asked: TokenIn) -> Status[None]:
    """Notify on this telephone no longer; again changes nothing. Call it before signing out."""
    mobile_devices.unregister(user=request.user, token=asked.token)  # type: ignore[arg-type]  # the same
    return Status(204, None)
