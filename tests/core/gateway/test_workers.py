"""Whose turn it is at the threads that make pages, and what becomes of whoever waits too long."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from momentum.core.gateway import workers
from momentum.core.gateway.limits import RefusedError
from momentum.core.gateway.workers import PageWorkers


async def _held(pages: PageWorkers) -> tuple["asyncio.Task[None]", threading.Event]:
    """Have the only thread busy until the event is set."""
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go_on.wait(30)

    holding = asyncio.create_task(pages.run("first", hold))
    await asyncio.to_thread(begun.wait, 30)
    return holding, go_on


def test_who_asks_for_many_pages_waits_in_turn_with_others() -> None:
    made: list[str] = []

    async def ask() -> None:
        pages = PageWorkers()
        holding, go_on = await _held(pages)
        wanted = [("many", "many 1"), ("many", "many 2"), ("many", "many 3"), ("one", "one 1")]
        tasks = [
            asyncio.create_task(pages.run(who, lambda what=what: made.append(what))) for who, what in wanted
        ]
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(holding, *tasks)

    asyncio.run(ask())

    assert made == ["many 1", "one 1", "many 2", "many 3"]


def test_who_waits_too_long_is_refused_and_what_they_wanted_is_never_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "QUEUE_SECONDS", 0.05)
    made: list[str] = []

    async def ask() -> None:
        pages = PageWorkers()
        holding, go_on = await _held(pages)
        with pytest.raises(RefusedError) as refused:
            await pages.run("second", lambda: made.append("second"))
        go_on.set()
        await holding
        await pages.run("third", lambda: made.append("third"))
        assert refused.value.status == 503

    asyncio.run(ask())

    assert made == ["third"]


def test_whoever_is_gone_has_nothing_done_and_an_error_reaches_who_asked() -> None:
    made: list[str] = []

    def fail() -> None:
        raise ZeroDivisionError

    async def ask() -> None:
        pages = PageWorkers()
        holding, go_on = await _held(pages)
        gone = asyncio.create_task(pages.run("second", lambda: made.append("gone")))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        go_on.set()
        await holding
        with pytest.raises(ZeroDivisionError):
            await pages.run("second", fail)
        await pages.run("third", lambda: made.append("third"))

    asyncio.run(ask())

    assert made == ["third"]


def test_a_page_that_waits_for_something_lets_the_next_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.05)

    async def ask() -> str:
        pages = PageWorkers()
        holding, go_on = await _held(pages)
        said = await pages.run("second", lambda: "made beside it")
        assert not holding.done()
        go_on.set()
        await holding
        return said

    assert asyncio.run(ask()) == "made beside it"


class _Lock:
    """A lock; who lets go of it for the first time once `between` is set doesn't go on before that has been called."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.between: Callable[[], object] | None = None

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self._lock.release()
        between, self.between = self.between, None
        if between is not None:
            between()


def test_a_page_that_a_thread_takes_at_the_moment_it_is_wanted_is_made_once() -> None:
    made: list[str] = []
    done = threading.Event()

    def make() -> None:
        made.append("second")
        done.set()

    async def ask() -> None:
        pages = PageWorkers()
        lock = _Lock()
        pages._lock = lock  # type: ignore[assignment]
        holding, go_on = await _held(pages)

        def take() -> None:
            go_on.set()
            done.wait(30)

        lock.between = take
        await pages.run("second", make)
        await holding

    asyncio.run(ask())

    assert made == ["second"]
