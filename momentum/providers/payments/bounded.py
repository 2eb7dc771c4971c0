"""Stripe's HTTP client with an end: an answer that drips in byte by byte is given up in time, too.

`requests` counts the silence between two bytes, and starts anew with each. So a call that a page waits for is made by
a thread of its own, and left there when the time is over; it ends by itself, and its answer goes nowhere. What it may
have made is known by its idempotency key, and found when asked again.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, override

import stripe

from momentum.providers.payments.patience import is_patient, seconds_left

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
    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        if is_patient():
            return super().request(method, url, headers, post_data)
        left = seconds_left()
        if left > LEAST_SECONDS:
            answer = self._threads.submit(self._quick.request, method, url, headers, post_data)
            try:
                return answer.result(left)
            except TimeoutError:
                answer.cancel()
        raise stripe.APIConnectionError("Stripe didn’t answer in time.", should_retry=False)

    @override
    def _should_retry(self, *args: Any, **kwargs: Any) -> bool:
        return is_patient() and super()._should_retry(*args, **kwargs)
