"""Momentum on a home screen: the manifest with its icons, the service worker, the page for when nobody answers."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.pages import soup, words


def _size(address: str) -> tuple[int, int]:
    with Image.open(_file(address)) as picture:
        return picture.size


@pytest.fixture
def visitor(db: None) -> Client:
    return Client()


def _file(address: str) -> Path:
    """Return the file behind a static address, whose name may bear a digest."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix("/static/"))
    found = finders.find(name)
    assert isinstance(found, str), address
    return Path(found)


def test_the_manifest_says_all_that_a_home_screen_needs(visitor: Client) -> None:
    page = soup(visitor.get("/account/login/"))
    link = page.select_one("link[rel=manifest]")
    assert link is not None
    answer = visitor.get(str(link["href"]))
    said = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["name"], said["display"], said["scope"]) == ("Momentum", "standalone", "/")
    assert visitor.get(said["start_url"]).status_code == 302
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        if icon["type"] == "image/png":
            assert "{}x{}".format(*_size(icon["src"])) == icon["sizes"]
    assert {icon["sizes"] for icon in said["icons"]} >= {"192x192", "512x512"}


def test_a_telephone_finds_its_icon_and_its_colours(visitor: Client) -> None:
    page = soup(visitor.get("/account/login/"))

    icon = page.select_one("link[rel=apple-touch-icon]")
    assert icon is not None
    assert _size(str(icon["href"])) == (180, 180)
    assert [str(one["media"]) for one in page.select("meta[name=theme-color]")] == [
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)",
    ]


def test_the_service_worker_is_asked_for_anew_and_names_what_is_there(visitor: Client) -> None:
    answer = visitor.get("/service-worker.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    kept = re.findall(r'"(/[^"]*)"', answer.text.partition("const SHELL = ")[2].partition(";")[0])
    assert kept[0] == "/offline/"
    for address in kept:
        if address.startswith("/static/"):
            assert _file(address).exists()
        else:
            assert visitor.get(address).status_code == 200


def test_the_service_worker_is_another_one_when_what_it_keeps_is(visitor: Client, monkeypatch: Any) -> None:
    before = visitor.get("/service-worker.js").content

    monkeypatch.setattr("momentum.ui.install.stylesheet_url", lambda: "/styles/another.css")

    assert visitor.get("/service-worker.js").content != before


def test_the_offline_page_is_nobodys_and_asks_no_database(
    as_learner: Client, learner: Any, visitor: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = visitor.get("/offline/")

    assert "Your changes are kept on this device" in words(page)
    assert "have been deleted" in words(visitor.get("/offline/signed-out/"))
    assert as_learner.get("/offline/").text.count(learner.display_name) == 0
    parts = [str(one["src"]) for one in soup(page).select("script[src]")]
    shell = visitor.get("/service-worker.js").text
    # Everything that it shows itself with is kept beside it.
    assert [part for part in parts if part not in shell] == []
    assert io.StringIO(shell).readline().startswith("const VERSION = ")
