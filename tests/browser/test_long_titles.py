"""A title as long as titles may be, with a word wider than a phone, sticks out nowhere in the panel."""

from playwright.sync_api import Page

from tests.browser.conftest import Product
from tests.browser.journeys import sign_in

TITLE = f"{'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau' * 2} and other incomprehensibilities"[
    :160
]


def test_a_title_with_a_very_long_word_sticks_out_nowhere(page: Page, product: Product) -> None:
    sign_in(page, product.credentials["admin"])
    page.goto("/panel/courses/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Category").select_option(index=1)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()

    found = []
    for address in (page.url, f"{page.url}lessons/new/", f"{page.url}delete/", "/panel/", "/panel/courses/"):
        page.goto(address)
        for width in (320, 390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} at {width}")
    page.goto("/panel/courses/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Delete draft").click()
    page.locator("main form button").click()

    assert found == []
