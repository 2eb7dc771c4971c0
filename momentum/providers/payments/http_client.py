"""Stripe's HTTP client with an end: an answer that drips in byte by byte is given up in time, too.

`requests` counts the silence between two bytes, and starts anew with each. So a call that a page waits for is made by
a thread of its own, and left there when the time is over; it ends by itself, and its answer goes nowhere. What it may
have made is known by its idempotency key, and found when asked again.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, override

import stripe

from momentum.providers.payments.deadlines import is_patient, may_ask_again, seconds_left

# Calls that are given up hold one each until they end; with none left, a page is refused without waiting.
THREADS = 8
LEAST_SECONDS = 0.05


class BoundedClient(stripe.RequestsClient):
    """See the module."""

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(THREADS, thread_name_prefix="stripe")

    @cached_property
    def _quick(self) -> stripe.RequestsClient:
        return stripe.RequestsClient(timeout=2)

    @override
    def request(self, *args: Any, **options: Any) -> Any:
        if is_patient():
            return super().request(*args, **options)
        left = seconds_left()
        if left > LEAST_SECONDS:
            answer = self._threads.submit(self._quick.request, *args, **options)
            try:
                return answer.result(left)
            except TimeoutError:
                answer.cancel()
        raise stripe.APIConnectionError("Stripe didn’t answer in time.", should_retry=False)  # type: ignore[no-untyped-call]

    @override
    def _should_retry(self, *args: Any, **options: Any) -> bool:
        return may_ask_again() and super()._should_retry(*args, **options)
