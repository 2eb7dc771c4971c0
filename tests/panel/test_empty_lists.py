"""A house in which nothing has happened yet."""

from typing import Any

import pytest
from django.urls import reverse

from tests.pages import main, titles
from tests.panel.test_lists import LISTS

# Whoever looks is an account, and looking at data is an entry.
NEVER_EMPTY = {"panel:users", "panel:audit"}


def test_a_list_with_nothing_in_it_says_what_would_be_there(as_admin: Any, subtests: pytest.Subtests) -> None:
    for route, listing in LISTS.items():
        with subtests.test(route=route):
            page = as_admin.get(reverse(route))

            assert page.status_code == 200
            if route not in NEVER_EMPTY:
                assert titles(page, "#list .empty h2") == [str(listing.nothing.title)]
                assert main(page).select("#list table, #list form") == []


def test_a_search_that_finds_nothing_can_be_taken_back(as_admin: Any) -> None:
    page = as_admin.get("/panel/users/?q=nobody-at-all")

    assert titles(page, "#list .empty h2") == ["No matching accounts"]
    assert [str(link["href"]) for link in main(page).select("#list .empty a")] == ["/panel/users/"]
