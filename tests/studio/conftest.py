"""The cast of the studio's tests: a scribe for a writer, a shelf, and a request for a course on tides."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def scribe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Who writes all courses of this test."""
    from momentum.studio.actions import writers
    from tests.studio.scribe.writer import Scribe

    writer = Scribe()
    monkeypatch.setattr(writers, "writer_named", lambda name: writer)
    return writer


@pytest.fixture
def shelf(db: None) -> Any:
    from momentum.catalog.models import Category

    return Category.objects.get_or_create(
        slug="personal-development", defaults={"name": "Personal Development"}
    )[0]


@pytest.fixture
def start(admin: Any, shelf: Any, scribe: Any) -> Callable[..., Any]:
    """Ask for a course of three days about tides."""
    from momentum.providers.writer import CourseRequest
    from momentum.studio import actions
    from tests.studio.scribe.writer import NAME

    def begin(**changes: Any) -> Any:
        request: dict[str, Any] = {"topic": "Tides", "days": 3} | changes.pop("request", {})
        asked: dict[str, Any] = {"actor": admin, "category": shelf, "writer": NAME, **changes}
        return actions.start_generation(request=CourseRequest(**request), **asked)

    return begin
