"""The threads that make pages, one page at a time, and whose turn it is."""

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from momentum.core.gateway.limits import QUEUE_SECONDS, QUEUED, QUEUED_OF_ADDRESS, Places, RefusedError

# A page that takes longer than this waits for something; the next one begins beside it.
PATIENCE = 1.0
LOOK_SECONDS = 0.2
MOST_THREADS = 8
# When no page is finished for so long although some are wanted, this process is stuck.
STUCK_SECONDS = 90.0

type Work[Result] = Callable[[], Result]


class Job:
    """Something to be done in a page worker, and who waits for it in the event loop."""

    def __init__(self, work: Work[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work, self.loop = work, loop
        self.result: asyncio.Future[Any] = loop.create_future()
        self.begun = self.given_up = False

    def do(self) -> None:
        """Do it, in a page worker, and have the event loop hear of it."""
        try:
            result = self.work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, whoever waits must hear of it
            self.loop.call_soon_threadsafe(self._settle, None, error)
        else:
            self.loop.call_soon_threadsafe(self._settle, result, None)

    def _settle(self, result: object, error: BaseException | None) -> None:
        if self.result.done():
            return
        if error is not None:
            self.result.set_exception(error)
        else:
            self.result.set_result(result)


class Turns:
    """Who waits for a worker: one of each address in turn, so that who asks for a thousand pages delays nobody else."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Job]] = OrderedDict()

    def wait(self, address: str, job: Job) -> None:
        """Put a job behind those of other addresses that have waited for longer."""
        self._waiting.setdefault(address, deque()).append(job)

    def next(self) -> Job | None:
        """Take the one whose turn it is."""
        while self._waiting:
            address, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[address] = jobs
            if not job.given_up:
                return job
        return None


class PageWorkers:
    """So many threads as are needed: one, while pages are quick; another for each page that waits for something.

    A thread that has made a page takes the next one itself: going by way of the event loop would cost two more changes
    of threads for each page.
    """

    def __init__(self, at_once: int = 1, *, on_thread_end: Callable[[], None] = lambda: None) -> None:
        """Have `at_once` pages made at a time; `on_thread_end` is called in each thread that is let go."""
        self._at_once, self._on_thread_end = at_once, on_thread_end
        self._places = Places(QUEUED, QUEUED_OF_ADDRESS)  # of the event loop
        self._lock = threading.Lock()  # for what follows; never held for long
        self._turns = Turns()
        self._idle: list[_Thread] = []
        self._working: set[_Thread] = set()
        self._number = 0
        self._progress = time.monotonic()
        self._looks = False

    async def run[Result](self, address: str, work: Work[Result]) -> Result:
        """Do the work in a thread, when it is its turn, and return what it returns. Called in the event loop.

        Raises:
            RefusedError: 503 or 429 where too many wait already, 503 where it waited too long.
        """
        loop = asyncio.get_running_loop()
        job = Job(work, loop)
        with self._places.take(address):
            with self._lock:
                # Once it waits and the lock is free, a thread may take it, and `job.begun` changes.
                job.begun = at_once = self._has_room()
                if at_once:
                    thread = self._thread()
                else:
                    self._turns.wait(address, job)
            if at_once:
                thread.give(job)
            limit = None if at_once else loop.call_later(QUEUE_SECONDS, self._give_up, job)
            self._look_after(loop)
            try:
                result: Result = await job.result
            finally:
                job.given_up = True  # where whoever waited is gone, it needn't be done any more
                if limit is not None:
                    limit.cancel()
        return result

    @property
    def stuck(self) -> bool:
        """Say whether all threads have been held for so long that nothing more can be hoped for."""
        return len(self._working) >= MOST_THREADS and time.monotonic() - self._progress > STUCK_SECONDS

    def _has_room(self) -> bool:
        """Say whether another page may be made now. The caller holds the lock."""
        busy = sum(not thread.waits for thread in self._working)
        return busy < self._at_once and len(self._working) < MOST_THREADS

    def _thread(self) -> "_Thread":
        """Return a thread for another page. The caller holds the lock."""
        if self._idle:
            thread = self._idle.pop()
        else:
            self._number += 1
            thread = _Thread(f"page-{self._number}", self)
            thread.start()
        thread.waits = False
        self._working.add(thread)
        return thread

    def _give_up(self, job: Job) -> None:
        """Refuse a job that waited too long; one that was begun goes on."""
        with self._lock:
            if job.begun or job.result.done():
                return
            job.given_up = True
        job.result.set_exception(RefusedError(503, "Too many requests just now.", retry_after=10))

    def _look_after(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin the next page beside one that waits for something; look again as long as any is being made."""
        if self._looks:
            return
        self._looks = True
        loop.call_later(LOOK_SECONDS, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        late = time.monotonic() - PATIENCE
        begin: list[tuple[_Thread, Job]] = []
        with self._lock:
            for thread in self._working:
                thread.waits = thread.since < late
            while self._has_room() and (job := self._next()) is not None:
                begin.append((self._thread(), job))
            self._looks = bool(self._working)
        for thread, job in begin:
            thread.give(job)
        if self._looks:
            loop.call_later(LOOK_SECONDS, self._look, loop)

    def _next(self) -> Job | None:
        """Take the next job. The caller holds the lock."""
        if (job := self._turns.next()) is not None:
            job.begun = True
        return job

    def following(self, thread: "_Thread") -> Job | None:
        """Return what a thread that has made its page does next; None where it has nothing more to do."""
        with self._lock:
            self._progress = thread.since = time.monotonic()
            thread.waits = False
            others = sum(not other.waits for other in self._working if other is not thread)
            if others < self._at_once and (job := self._next()) is not None:
                return job
            self._working.discard(thread)
            if len(self._idle) < self._at_once:
                self._idle.append(thread)
            else:
                thread.ends = True
            return None

    def ended(self) -> None:
        """Called in a thread that is let go."""
        self._on_thread_end()


class _Thread(threading.Thread):
    """Makes pages as long as there are any, then waits to be given one."""

    def __init__(self, name: str, workers: PageWorkers) -> None:
        super().__init__(name=name, daemon=True)
        self._workers = workers
        self._given = threading.Semaphore(0)
        self._job: Job | None = None
        self.since = time.monotonic()
        self.waits = self.ends = False

    def give(self, job: Job) -> None:
        """Have it do something; it must be idle."""
        self._job, self.since, self.waits = job, time.monotonic(), False
        self._given.release()

    def run(self) -> None:
        """Do what comes."""
        while not self.ends:
            self._given.acquire()
            job, self._job = self._job, None
            while job is not None:
                job.do()
                job = self._workers.following(self)
        self._workers.ended()
