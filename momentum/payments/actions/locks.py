"""The one order in which rows about money are locked. Whatever changes any of them begins here.

1. The order. Everything that is bought hangs on one: its payments, their refunds and disputes, its subscription. They
   have no locks of their own; who changes them holds their order's.
2. The coupon that the order holds.
3. The counter of receipts (`ReceiptCounter.next`).
4. The learner's account (`review_premium`), or, of a course order, the course and then the place in it
   (`learning.actions.entitlements`).

Nobody takes a lock of a smaller number while holding one of a greater. Locks leave the keys alone, since foreign keys
are checked at the commit: a row that only names an order waits for nobody who changes it.

Nothing is asked of a provider while a lock is held: `provider_sync` asks first, and its answer is applied under the
lock.
"""

from collections.abc import Iterable
from uuid import UUID

from momentum.payments.models import Order


def lock_order(order_id: UUID | str) -> Order:
    """Return an order as it is now, with its learner, course and plan; held until the transaction ends."""
    held = Order.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("user", "course", "plan").get(pk=order_id)


def lock_orders_of(user_id: UUID) -> Iterable[Order]:
    """Hold all orders of a learner, before their account is locked."""
    return list(Order.objects.select_for_update(no_key=True).filter(user=user_id).order_by("pk"))
