"""What the tests of engagement share: a course to learn from."""

from typing import Any

import pytest


@pytest.fixture
def tides(db: None) -> Any:
    """Three days about tides."""
    from tests.factories import make_course

    return make_course(title="Tides", slug="tides")
