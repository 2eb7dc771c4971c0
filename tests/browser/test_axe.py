"""Every page, in light and dark, on a phone and on a desk: axe finds nothing, and nothing sticks out."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Product
from tests.browser.journeys import faults, sign_in

COURSE = "/courses/a-habit-that-holds/"
PUBLIC = (
    "/", "/courses/", "/courses/?q=volcano", COURSE, f"{COURSE}reviews/", f"{COURSE}lessons/1/", "/account/login/",
    "/account/signup/",
    "/account/password/reset/", "/nothing-here/", "/ui/",
)  # fmt: skip
LEARNER = (
    "/", "/today/", "/courses/", COURSE, f"{COURSE}review/", f"{COURSE}lessons/1/", "/profile/", "/account/email/",
    "/account/password/change/", "/account/logout/", "/panel/",
)  # fmt: skip
ADMIN = (
    "/panel/",
    "/panel/courses/",
    "/panel/courses/new/",
    "/panel/reviews/",
    "/panel/certificates/",
    "/panel/mail/",
    "/panel/studio/",
    "/panel/studio/start/",
)
WIDTHS = (390, 820, 1440)


@pytest.fixture(scope="module")
def people(browser: Browser, product: Product) -> dict[str, dict[str, object]]:
    """How each kind of visitor is signed in, to be used again and again."""
    states: dict[str, dict[str, object]] = {"visitor": {}}
    for name, who in product.credentials.items():
        context = browser.new_context(base_url=product.url)
        sign_in(context.new_page(), who)
        states[name] = dict(context.storage_state())
        context.close()
    return states


def _addresses(page: Page, who: str) -> list[str]:
    """Return the pages of this person; those of rows of the demo are found by their links."""
    if who != "admin":
        return list(PUBLIC if who == "visitor" else LEARNER)
    page.goto("/panel/courses/")
    course = page.locator("main th a").first.get_attribute("href") or ""
    page.goto(course)
    lesson = page.locator(".lessons a").first.get_attribute("href") or ""
    return [*ADMIN, course, lesson, f"{course}lessons/new/"]


def _overflow(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("async () => { await document.fonts.ready }")
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(e => e.tagName + "." + e.className)"""
    )


@pytest.mark.parametrize("who", ["visitor", "learner", "admin"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, product: Product, people: dict[str, dict[str, object]], who: str, scheme: str
) -> None:
    context: BrowserContext = browser.new_context(
        base_url=product.url, color_scheme=scheme, storage_state=people[who] or None, reduced_motion="reduce"
    )
    page = context.new_page()
    # Only colours differ in the dark.
    rules = ["color-contrast"] if scheme == "dark" else None
    found_on: dict[str, list[str]] = {}
    for address in _addresses(page, who):
        page.goto(address)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if found := faults(page, rules=rules):
                found_on[f"{address} at {width}"] = found
        for width in WIDTHS if scheme == "light" else ():
            if found := _overflow(page, width):
                found_on[f"{address} sticks out at {width}"] = found
    context.close()
    assert found_on == {}


def test_a_broken_address_says_so(page: Page) -> None:
    answer = page.goto("/nothing-here/")

    assert answer is not None
    assert answer.status == 404
    assert re.search("nothing", page.locator("h1").inner_text())
