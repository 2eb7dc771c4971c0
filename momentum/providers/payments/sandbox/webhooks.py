"""Sending webhooks over HTTP, as Stripe does: signed anew each time, any 2xx is a yes, redirects are a no."""

import urllib.error
import urllib.request

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from momentum.providers.payments import signature
from momentum.providers.payments.sandbox.models import Delivery
from momentum.providers.payments.sandbox.provider import secret

SECONDS = 20


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def send(event_id: str) -> bool:
    """Send one event once; say whether it was taken."""
    delivery = Delivery.objects.get(pk=event_id)
    answered, taken = _post(delivery)
    fresh = Delivery.objects.filter(pk=event_id)
    fresh.update(attempts=F("attempts") + 1, answered=answered[:120])
    if taken:
        fresh.filter(delivered_at=None).update(delivered_at=timezone.now())
    return taken


def header(payload: bytes) -> str:
    """Return the signature of a body, as of now."""
    return signature.sign(payload, secret(), at=int(timezone.now().timestamp()))


def _post(delivery: Delivery) -> tuple[str, bool]:
    body = delivery.payload.encode()
    headers = {"Content-Type": "application/json; charset=utf-8", signature.HEADER: header(body)}
    request = urllib.request.Request(settings.SANDBOX_WEBHOOK_URL, body, headers, method="POST")  # noqa: S310 - ours
    try:
        with _opener.open(request, timeout=SECONDS) as response:
            return str(response.status), 200 <= response.status < 300
    except urllib.error.HTTPError as error:
        return str(error.code), False
    except OSError as error:
        return type(error).__name__, False
