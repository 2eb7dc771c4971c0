"""What tests of notifications share: a push service on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from momentum.providers.push.web import WebPush
from tests.providers.push.service import PushService, running


@pytest.fixture(scope="module")
def _service() -> Iterator[PushService]:
    with running() as service:
        yield service


@pytest.fixture
def service(_service: PushService, monkeypatch: pytest.MonkeyPatch) -> PushService:
    _service.received.clear()
    _service.answers.clear()
    usual = WebPush.__init__

    def here(self: WebPush, **options: Any) -> None:
        usual(self, **options, session=_service.session())

    monkeypatch.setattr(WebPush, "__init__", here)
    return _service
