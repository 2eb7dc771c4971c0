"""Every page of visitors and learners, in light and dark, on a phone and on a desk: axe finds nothing.

The administrators' are in test_axe_panel.py, which another worker looks at meanwhile.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import be_a_learner, be_a_visitor, look_around
from tests.browser.conftest import Product


def test_axe_finds_nothing_and_nothing_sticks_out_for_a_visitor(
    browser: Browser, product: Product, shared_folder: Path
) -> None:
    context = browser.new_context(base_url=product.url, reduced_motion="reduce")
    administrator = browser.new_context(base_url=product.url)
    product.sign_in(administrator.new_page(), "admin")
    also = be_a_visitor(context, administrator, product.home)
    administrator.close()

    assert look_around(context, product.url, "visitor", shared_folder / "looked-at", also) == {}


def test_axe_finds_nothing_and_nothing_sticks_out_for_a_learner(
    browser: Browser, product: Product, shared_folder: Path
) -> None:
    context = browser.new_context(base_url=product.url, reduced_motion="reduce")
    product.sign_in(page := context.new_page(), "learner")
    be_a_learner(page)
    page.close()

    assert look_around(context, product.url, "learner", shared_folder / "looked-at") == {}


def test_a_broken_address_says_so(page: Page) -> None:
    answer = page.goto("/nothing-here/")

    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_contain_text("Page not found")
