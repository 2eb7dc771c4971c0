"""Forgetting whom the sandbox sold to. Ids, amounts and states stay, so that what is open can still be settled."""

import json
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from momentum.providers.payments.sandbox.models import Delivery, StripeObject

_PERSONAL = ("customer_details", "email")


@transaction.atomic
def forget(*, refs: Collection[str], orders: Collection[str]) -> None:
    """Empty what objects say of a person, and what events said; again changes nothing.

    Args:
        refs: the sandbox's ids of what is theirs: sessions, customers, subscriptions, intents, bills.
        orders: the ids of their orders; each may have had several sessions.
    """
    theirs = Q(pk__in=refs) | Q(data__customer__in=refs) | Q(data__client_reference_id__in=orders)
    things = list(StripeObject.objects.select_for_update().filter(theirs).order_by("pk"))
    for thing in things:
        thing.data = _bare(thing.data)
        thing.save(update_fields=["data"])
    named = Q(pk__in=[])
    for thing in things:
        named |= Q(payload__contains=thing.id)
    for delivery in Delivery.objects.select_for_update().filter(named).order_by("pk"):
        body = json.loads(delivery.payload)
        body["data"]["object"] = _bare(body["data"]["object"])
        delivery.payload = json.dumps(body)
        delivery.save(update_fields=["payload"])


def _bare(data: dict[str, Any]) -> dict[str, Any]:
    return data | {name: {} if isinstance(data[name], dict) else None for name in _PERSONAL if name in data}
