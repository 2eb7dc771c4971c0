"""The examples of ui/README.md, run as they stand there."""

import re
from pathlib import Path
from typing import Any

from django.template import engines
from django.test import RequestFactory

import momentum.ui
from momentum.catalog.forms.course import ImportForm
from tests.factories import make_category, make_course
from tests.pages import main, soup, titles, words

README = (Path(momentum.ui.__file__).parent / "README.md").read_text()
IMPORTS = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy
from momentum.catalog.models import Category
from momentum.ui.list_page import Cell, Column, ListPage, Nothing
from momentum.ui.listing import FilterForm, words
"""


def _examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_each_is_about_ten_lines_long() -> None:
    examples = [*_examples("html"), *_examples("python")]

    assert len(examples) == 3
    assert [one for one in examples if sum(bool(line) for line in one.splitlines()) > 16] == []


def test_the_page_and_the_form_are_rendered(rf: RequestFactory, db: None) -> None:
    page, form = _examples("html")
    request = rf.get("/")
    course = make_course(title="Tides")

    shown = engines["jinja2"].from_string(page).render({"courses": [course]}, request)
    filled = engines["jinja2"].from_string(form).render({"form": ImportForm({}, {})}, request)

    assert "Tides" in shown
    assert "New courses" in shown
    assert "This field is required." in filled
    assert "Save changes" in filled


def test_the_list_searches_sorts_and_pages(as_admin: Any, admin: Any, rf: RequestFactory) -> None:
    (example,) = _examples("python")
    names: dict[str, Any] = {}
    exec(IMPORTS + example, names)  # noqa: S102 - our own words
    for name in ("Tidal zones", "Tidal waves", "Sea ice"):
        make_category(name=name)

    def asked(query: str) -> Any:
        request = rf.get(f"/{query}")
        request.user = admin
        request.resolver_match = None
        return names["categories"](request)

    assert titles(asked("?q=TIDAL&sort=-name"), "tbody th") == ["Tidal zones", "Tidal waves"]
    assert titles(asked("?q=sea ice"), "tbody th") == ["Sea ice"]
    assert "2 categories" in words(asked("?q=tidal"))
    assert "No results Remove a filter or try different words." in words(main(asked("?q=nothing")))
    assert soup(asked("")).title is not None
