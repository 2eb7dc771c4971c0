"""Whether a visit may be counted: asked once, and nothing kept or sent before a yes."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.conftest import Product
from tests.browser.journeys import at_rest, faults

# The narrowest is also what 1280 pixels are at a zoom of 400 %.
WIDTHS = (320, 390, 820, 1440)

# Controls that the question stands over, wherever the page is scrolled to.
COVERED = """() => {
  const found = [];
  const question = document.querySelector("visit-choice.consent");
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (question.contains(one) || !one.checkVisibility()) continue;
    one.scrollIntoView({ block: "end", behavior: "instant" });
    const box = one.getBoundingClientRect(), over = question.getBoundingClientRect();
    const beside = box.right <= over.left || over.right <= box.left;
    const apart = beside || box.bottom <= over.top + 1 || over.bottom <= box.top + 1;
    if (!apart) found.push(one.outerHTML.slice(0, 80));
  }
  return found;
}"""


@pytest.fixture
def fresh(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    made: BrowserContext = browser.new_context(base_url=product.url, asked=True)
    yield made
    made.close()


@pytest.fixture
def sent(fresh: BrowserContext) -> list[str]:
    """The paths of what this browser told the server about its visit."""
    paths: list[str] = []

    def note(request: Request) -> None:
        if "/visits/" in request.url:
            paths.append(request.url.split("/", 3)[3])

    fresh.on("request", note)
    return paths


def _kept(page: Page) -> Any:
    return page.evaluate("({ ...localStorage })")


def _question(page: Page) -> Any:
    return page.locator("visit-choice.consent")


def test_nothing_is_kept_or_sent_before_a_yes(fresh: BrowserContext, sent: list[str]) -> None:
    page = fresh.new_page()
    for address in ("/", "/courses/", "/courses/"):
        page.goto(address)
        expect(_question(page)).to_be_visible()
        at_rest(page)

    assert (_kept(page), fresh.cookies(), sent) == ({}, [], [])


def test_a_no_is_remembered_and_nothing_else(fresh: BrowserContext, sent: list[str]) -> None:
    page = fresh.new_page()
    page.goto("/")
    _question(page).get_by_role("button", name="Decline").click()
    expect(_question(page)).to_be_hidden()
    page.goto("/courses/")
    expect(_question(page)).to_be_hidden()

    assert (list(_kept(page)), fresh.cookies(), sent) == (["momentum.visits"], [], [])
    assert "id" not in _kept(page)["momentum.visits"]


def test_a_yes_is_told_once_a_day_without_a_cookie_and_can_be_taken_back(
    fresh: BrowserContext, sent: list[str]
) -> None:
    page = fresh.new_page()
    page.goto("/")
    with page.expect_response("**/visits/") as answer:
        _question(page).get_by_role("button", name="Accept").click()
    assert answer.value.status == 204
    page.goto("/courses/")
    page.goto("/privacy/")
    expect(page.get_by_text("You agreed.")).to_be_visible()
    assert (sent, fresh.cookies()) == (["visits/"], [])

    with page.expect_response("**/visits/forgetting/") as answer:
        page.get_by_role("button", name="Decline").click()
    assert answer.value.status == 204
    expect(page.get_by_text("You declined. Nothing is counted.")).to_be_visible()
    assert "id" not in _kept(page)["momentum.visits"]


def test_a_browser_that_says_no_by_itself_is_not_asked(fresh: BrowserContext, sent: list[str]) -> None:
    fresh.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })"
    )
    page = fresh.new_page()
    page.goto("/privacy/")
    expect(page.get_by_text("Your browser asks not to be tracked.")).to_be_visible()

    expect(_question(page)).to_be_hidden()
    assert (_kept(page), sent) == ({}, [])


def test_a_yes_ends_after_thirteen_months(fresh: BrowserContext, sent: list[str]) -> None:
    old = '{"id":"0b4f5e0e-8b1c-4c39-9d53-6d2d3b7c1c11","on":"2020-01-01T00:00:00Z"}'
    fresh.add_init_script(f"localStorage.setItem('momentum.visits', '{old}')")
    page = fresh.new_page()
    page.goto("/")

    expect(_question(page)).to_be_visible()
    assert sent == []


def test_without_scripts_nothing_is_asked(page_without_script: Page) -> None:
    page_without_script.goto("/")

    expect(page_without_script.locator("visit-choice")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_question_can_be_read_and_covers_no_control_at_any_width_or_zoom(
    fresh: BrowserContext, theme: Any
) -> None:
    page = fresh.new_page()
    page.emulate_media(color_scheme=theme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/", "/account/signup/"):
            page.goto(address)
            expect(_question(page)).to_be_visible()
            assert faults(page) == []
            assert page.evaluate(COVERED) == [], (width, address)


def test_who_answers_by_keyboard_is_not_lost(fresh: BrowserContext) -> None:
    page = fresh.new_page()
    page.goto("/")
    _question(page).get_by_role("button", name="Decline").press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
