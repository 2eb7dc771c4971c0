"""What the tests of learning share: a course that opens a lesson a day."""

from typing import Any

import pytest

SECRET = "The tide turns twice a day."


@pytest.fixture
def tides(db: None) -> Any:
    """Five days about tides, one a day."""
    from tests.factories import make_course

    course = make_course(title="Tides", slug="tides", days=5, rhythm="one_a_day")
    course.lessons.update(content=f"<p>{SECRET}</p>")
    return course
