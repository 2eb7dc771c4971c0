"""The threads that make pages, one page at a time, and whose turn it is."""

import asyncio
import logging
import queue
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from momentum.core.gateway.limits import QUEUE_SECONDS, QUEUED, QUEUED_OF_ADDRESS, Places, RefusedError

logger = logging.getLogger(__name__)

# A page that takes longer than this waits for something; the next one begins beside it.
PATIENCE = 1.0
MOST_THREADS = 8
# When no page is finished for so long although some are wanted, this process is stuck.
STUCK_SECONDS = 90.0

type Work[Result] = Callable[[], Result]


class Turns:
    """Who waits for a worker: one of each address in turn, so that who asks for a thousand pages delays nobody else."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    def wait(self, address: str) -> asyncio.Future[None]:
        """Return what is done when it is this one's turn."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(turn)
        return turn

    def give(self) -> bool:
        """Let the next one work; say whether there was one."""
        while self._waiting:
            address, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[address] = turns
            if not turn.done():
                turn.set_result(None)
                return True
        return False


class PageWorkers:
    """So many threads as are needed: one, while pages are quick; another for each page that waits for something.

    Used from the event loop alone.
    """

    def __init__(self, at_once: int = 1, *, on_thread_end: Callable[[], None] = lambda: None) -> None:
        """Have `at_once` pages made at a time; `on_thread_end` is called in each thread that is let go."""
        self._at_once, self._on_thread_end = at_once, on_thread_end
        self._turns = Turns()
        self._places = Places(QUEUED, QUEUED_OF_ADDRESS)
        self._idle: list[_Thread] = []
        self._threads = self._quick = self._slow = 0
        self._progress = time.monotonic()

    async def run[Result](self, address: str, work: Work[Result]) -> Result:
        """Do the work in a thread, when it is its turn, and return what it returns.

        Raises:
            RefusedError: 503 or 429 where too many wait already, 503 where it waited too long.
        """
        with self._places.take(address):
            if self._is_full():
                await self._turn(address)
            else:
                self._quick += 1
        return await self._do(work)

    @property
    def stuck(self) -> bool:
        """Say whether all threads have been held for so long that nothing more can be hoped for."""
        full = self._quick + self._slow >= MOST_THREADS
        return full and time.monotonic() - self._progress > STUCK_SECONDS

    def _is_full(self) -> bool:
        return self._quick >= self._at_once or self._quick + self._slow >= MOST_THREADS

    async def _turn(self, address: str) -> None:
        turn = self._turns.wait(address)
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                await turn
        except TimeoutError:
            if turn.cancelled():
                raise RefusedError(503, "Too many requests just now.", retry_after=10) from None

    async def _do[Result](self, work: Work[Result]) -> Result:
        loop = asyncio.get_running_loop()
        waited = False

        def wait_no_longer() -> None:
            nonlocal waited
            waited = True
            self._quick -= 1
            self._slow += 1
            self._next()

        timer = loop.call_later(PATIENCE, wait_no_longer)
        thread = self._idle.pop() if self._idle else self._start()
        try:
            return await thread.do(work)
        finally:
            timer.cancel()
            if waited:
                self._slow -= 1
            else:
                self._quick -= 1
            self._progress = time.monotonic()
            self._put_back(thread)
            self._next()

    def _next(self) -> None:
        if not self._is_full() and self._turns.give():
            self._quick += 1

    def _start(self) -> "_Thread":
        self._threads += 1
        thread = _Thread(f"page-{self._threads}", self._on_thread_end)
        thread.start()
        return thread

    def _put_back(self, thread: "_Thread") -> None:
        if len(self._idle) < self._at_once:
            self._idle.append(thread)
        else:
            thread.end()


class _Thread(threading.Thread):
    def __init__(self, name: str, on_end: Callable[[], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._on_end = on_end

    def do[Result](self, work: Work[Result]) -> asyncio.Future[Result]:
        """Have it done; the thread must be idle."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()

        def settle(result: Result | None, error: BaseException | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]

        def job() -> None:
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - whatever it is, whoever waits must hear of it
                loop.call_soon_threadsafe(settle, None, error)
            else:
                loop.call_soon_threadsafe(settle, result, None)

        self._jobs.put(job)
        return future

    def end(self) -> None:
        """Let it go."""
        self._jobs.put(None)

    def run(self) -> None:
        """Do what comes."""
        while (job := self._jobs.get()) is not None:
            job()
        self._on_end()
