"""Receiving the body of a request, whole, before anybody works on it."""

import asyncio
import io
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
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
# Of those that have come for longest, the slowest is given up first.
OLDEST = 50
YOUNG_SECONDS = 2.0


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
        self._begun = asyncio.get_running_loop().time()
        self._patience = asyncio.timeout(BODY_SECONDS)
        self._given_up = False
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
        ends = 0
        try:
            async with self._patience as patience:
                async for chunk in self:
                    if not chunk:
                        ends += 1
                        continue
                    self.received += len(chunk)
                    if self.received > most:
                        raise _too_large(most)
                    whole.write(chunk)
                    if patience.expired() or self._given_up:
                        continue
                    patience.reschedule(self._begun + BODY_SECONDS + self.received / BODY_RATE)
        except TimeoutError:
            raise RefusedError(408, "The request took too long to arrive.") from None
        if ends > 1 or (self._declared is not None and self.received != self._declared):
            raise RefusedError(400, "The request ended before its end.")

    @property
    def rate(self) -> float:
        """Return how many bytes came in a second so far; without end at first, when nothing can be said of it."""
        return float("inf") if self.is_young else self.received / self._age

    @property
    def is_young(self) -> bool:
        """Say whether it began to come a moment ago."""
        return self._age <= YOUNG_SECONDS

    @property
    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._begun

    def give_up(self) -> None:
        """Wait no longer for the rest."""
        self._given_up = True
        with suppress(RuntimeError):  # it has just come, or is being given up already
            self._patience.reschedule(self._begun)

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


class Arrivals:
    """The bodies that are on their way: so many in all, and so many from one address.

    Where there are too many, the slowest is given up, and never the newest refused: people behind the address of an
    attacker, whose forms arrive in no time, aren't kept out by it. Nothing can be said yet of those that have just
    begun to come, so an address may have more of them for a moment.
    """

    def __init__(self, most: int, most_of_address: int) -> None:
        self._most, self._most_of_address = most, most_of_address
        self._all: dict[Body, str] = {}
        self._of: defaultdict[str, dict[Body, None]] = defaultdict(dict)

    @contextmanager
    def admit(self, address: str, body: Body) -> Iterator[None]:
        """Count this one while it comes."""
        if len(self._all) >= self._most:
            crowd = max(self._of.values(), key=len)
            self._give_up(_slowest(crowd if len(crowd) > self._most_of_address else self._all))
        elif len(self._of[address]) >= self._most_of_address:
            slowest = _slowest(self._of[address])
            if not slowest.is_young:
                self._give_up(slowest)
        self._all[body] = address
        self._of[address][body] = None
        try:
            yield
        finally:
            self._forget(body)

    def _give_up(self, body: Body) -> None:
        self._forget(body)
        body.give_up()

    def _forget(self, body: Body) -> None:
        address = self._all.pop(body, None)
        if address is not None:
            self._of[address].pop(body, None)
            if not self._of[address]:
                del self._of[address]


def _slowest(bodies: Iterable[Body]) -> Body:
    return min(islice(bodies, OLDEST), key=lambda body: body.rate)


def nothing() -> IO[bytes]:
    """Return the body of a request that has none."""
    return io.BytesIO()


def _too_large(most: int) -> RefusedError:
    return RefusedError(413, f"You can send at most {most // MB} MB here.")
