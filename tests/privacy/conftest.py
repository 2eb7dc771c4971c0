"""Somebody who has left traces everywhere."""

from typing import Any

import pytest


@pytest.fixture
def lea(db: None) -> Any:
    from tests.privacy.traces import CANARY, leave_traces

    return leave_traces(CANARY)
