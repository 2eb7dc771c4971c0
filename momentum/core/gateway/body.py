"""Receiving the body of a request, whole, before anybody works on it."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from momentum.core.gateway.limits import BODY_RATE, BODY_SECONDS, FORM_BYTES, MB, RefusedError

# What is larger waits on the disk, in a file without a name that goes when it is closed, whatever ends us.
IN_MEMORY = 64 * 1024
# A client that is refused may be in the middle of sending, and reads no answer before it has sent all. So as long as
# something comes, and for a while, we take it, and throw it away.
LINGER_SECONDS = 5.0
LINGER_PAUSE = 0.2
LINGER_BYTES = 64 * MB


class Incoming(Protocol):
    """The body as Granian gives it: chunks, then one that is empty; two that are empty, where it was cut off."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class Body:
    """One body on its way in.

    Args:
        incoming: where it comes from.
        declared: what Content-Length said; None where it comes in chunks.
        limit: says how large it may be; asked only where that is in doubt.
    """

    def __init__(self, incoming: Incoming, declared: int | None, limit: Callable[[], int]) -> None:
        self._chunks = aiter(incoming)
        self._declared, self._limit = declared, limit
        self.received = 0

    async def receive(self) -> IO[bytes]:
        """Return it as a file, at its beginning.

        Raises:
            RefusedError: 413 where it is too large (at once, where that was declared), 408 where it takes too long,
                400 where it ends before its end.
        """
        if self._declared is not None and self._declared <= FORM_BYTES:
            most = FORM_BYTES
        else:
            most = self._limit()
            if self._declared is not None and self._declared > most:
                raise _too_large(most)
        whole = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever answers the request closes it
        try:
            await self._fill(whole, most)
        except BaseException:
            whole.close()
            raise
        whole.seek(0)
        return whole

    async def _fill(self, whole: IO[bytes], most: int) -> None:
        loop = asyncio.get_running_loop()
        begun, ends = loop.time(), 0
        try:
            async with asyncio.timeout(BODY_SECONDS) as patience:
                async for chunk in self:
                    if not chunk:
                        ends += 1
                        continue
                    self.received += len(chunk)
                    if self.received > most:
                        raise _too_large(most)
                    whole.write(chunk)
                    patience.reschedule(begun + BODY_SECONDS + self.received / BODY_RATE)
        except TimeoutError:
            raise RefusedError(408, "The request took too long to arrive.") from None
        if ends > 1 or (self._declared is not None and self.received != self._declared):
            raise RefusedError(400, "The request ended before its end.")

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self  # and not what comes in, which can be begun only once

    async def __anext__(self) -> bytes:
        return await anext(self._chunks)

    async def discard(self) -> None:
        """Take what is just being sent."""
        loop = asyncio.get_running_loop()
        until, taken = loop.time() + LINGER_SECONDS, 0
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_PAUSE) as patience:
                async for chunk in self:
                    taken += len(chunk)
                    if taken > LINGER_BYTES:
                        return
                    patience.reschedule(min(loop.time() + LINGER_PAUSE, until))


def nothing() -> IO[bytes]:
    """Return the body of a request that has none."""
    return io.BytesIO()


def _too_large(most: int) -> RefusedError:
    return RefusedError(413, f"This is too large; at most {most // MB} MB are taken here.")
