"""HeyGen, played on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def fake() -> Iterator[Any]:
    """A server that speaks HeyGen's shapes."""
    from tests.providers.fake_heygen import fake_heygen

    with fake_heygen() as running:
        yield running


@pytest.fixture
def provider(fake: Any) -> Any:
    """The adapter, which asks that server, without pauses between its tries."""
    from momentum.providers.video.heygen.client import Client
    from momentum.providers.video.heygen.provider import HeyGenVideos
    from tests.providers.fake_heygen import KEY

    client = Client(KEY, base=fake.url, silence=10.0, pause=0)
    return HeyGenVideos(client, at_once=3, usd_micros_a_minute=1_000_000, pause=0)
