"""Whose body is given up where an address has too many on their way."""

import asyncio

import pytest

from momentum.core.gateway import body as bodies
from momentum.core.gateway.body import Arrivals, Body
from momentum.core.gateway.limits import RefusedError


class Silence:
    """A client that sends nothing."""

    def __aiter__(self) -> "Silence":
        return self

    async def __anext__(self) -> bytes:
        await asyncio.Event().wait()
        raise AssertionError


async def _come(arrivals: Arrivals, address: str) -> None:
    body = Body(Silence(), 2, lambda: 2)
    with arrivals.admit(address, body):
        await body.receive()


async def _given_up(addresses: list[str], *, most: int, pause: float) -> list[int]:
    """Let bodies come one after the other, which never arrive; return the places of those that were given up."""
    arrivals = Arrivals(most, 2)
    coming = []
    for address in addresses:
        coming.append(asyncio.create_task(_come(arrivals, address)))
        await asyncio.sleep(pause)
    await asyncio.sleep(0.05)
    found = [place for place, task in enumerate(coming) if task.done()]
    for place in found:
        with pytest.raises(RefusedError, match="too long"):
            coming[place].result()
    for task in coming:
        task.cancel()
    await asyncio.gather(*coming, return_exceptions=True)
    return found


@pytest.mark.parametrize(
    ("addresses", "most", "young", "given_up"),
    [
        # They had their time: the first of this address goes for each that comes, and no other's.
        ("baaaa", 9, 0.0, [1, 2]),
        # They have only just begun: an address may have more for a moment,
        ("baaaa", 9, 60.0, []),
        # but not where all places are taken: then one of the address that has most of them goes.
        ("baaaa", 4, 60.0, [1]),
        ("abcd", 3, 60.0, [0]),
    ],
)
def test_the_first_of_a_crowd_is_given_up_once_it_had_its_time(
    monkeypatch: pytest.MonkeyPatch, addresses: str, most: int, young: float, given_up: list[int]
) -> None:
    monkeypatch.setattr(bodies, "YOUNG_SECONDS", young)

    assert asyncio.run(_given_up(list(addresses), most=most, pause=0.01)) == given_up
