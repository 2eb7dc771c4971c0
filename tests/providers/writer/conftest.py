"""A fake of all language models, and AWS's variables filled in so that nothing looks for others."""

from collections.abc import Iterator

import pytest

from tests.providers.fake_models import FakeModels
from tests.providers.writer.model_cast import KEY


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModels]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAFAKE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    for variable in ("AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE", "ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with FakeModels() as server:
        yield server
