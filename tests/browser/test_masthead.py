"""The head of every page holds, whatever the fonts: they may come late or never, and a house may have a long name."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Product

WIDTHS = (320, 360, 390, 820)
WIDE_FONT = "body, .brand, .btn { letter-spacing: 0.12em !important; word-spacing: 0.2em; }"
LONG_NAME = """() => { for (const name of document.querySelectorAll(".brand__name"))
    name.textContent = "Northumberland Academy of Lifelong Learning" }"""
STICKS_OUT = """() => [...document.querySelectorAll(".masthead, .masthead *")]
    .filter(e => e.getClientRects().length && !e.closest(".menu__sheet") && getComputedStyle(e).overflow !== "hidden")
    .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
    .map(e => e.tagName + "." + e.className)"""


def _without_web_fonts(browser: Browser, product: Product) -> Page:
    # What is put in by this test is not ours to forbid.
    context = browser.new_context(base_url=product.url, bypass_csp=True)
    context.route("**/*.woff2", lambda route: route.abort())
    return context.new_page()


def _faults(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        found += [f"{width}: {element}" for element in page.evaluate(STICKS_OUT)]
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: the page")
    return found


@pytest.mark.parametrize("who", ["visitor", "learner", "admin"])
def test_the_masthead_holds_without_web_fonts_with_wide_ones_and_with_a_long_name(
    browser: Browser, product: Product, who: str
) -> None:
    page = _without_web_fonts(browser, product)
    if who != "visitor":
        product.sign_in(page, who)
    found = {}
    for address in ("/courses/?q=volcano", "/", *(("/panel/",) if who == "admin" else ())):
        page.goto(address)
        found[f"{address} without web fonts"] = _faults(page)
        page.add_style_tag(content=WIDE_FONT)
        found[f"{address} with wide fonts"] = _faults(page)
        page.evaluate(LONG_NAME)
        found[f"{address} with a long name"] = _faults(page)
    page.context.close()
    assert {place: faults for place, faults in found.items() if faults} == {}
