"""What the tests of search share: courses to be found."""

import pytest


@pytest.fixture
def four(db: None) -> None:
    """The same word in a title, a summary, a description and a lesson; the most popular is the last."""
    from momentum.search.actions import rebuild
    from tests.factories import make_category, make_course

    shelf = make_category(name="Shelf")
    make_course(title="Volcanoes up close", category=shelf, days=1)
    make_course(title="In summary", summary="On volcanoes, and volcanoes.", category=shelf, days=1)
    described = "<p>About volcanoes, volcanoes and volcanoes.</p>"
    make_course(title="In description", description=described, category=shelf, days=1, enrolment_count=5)
    deep = make_course(title="In a lesson", category=shelf, days=1, enrolment_count=99)
    deep.lessons.update(content="<p>Volcanoes, volcanoes, volcanoes, volcanoes.</p>")
    make_course(title="Somewhere else", category=shelf, days=1)
    rebuild()
