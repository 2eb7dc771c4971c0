"""Every page of an administrator, in light and dark, on a phone and on a desk: axe finds nothing."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.accessibility import be_a_learner, be_an_administrator, look_around
from tests.browser.conftest import Product


def test_axe_finds_nothing_and_nothing_sticks_out_for_an_administrator(
    browser: Browser, product: Product, shared_folder: Path
) -> None:
    learner = browser.new_context(base_url=product.url).new_page()
    product.sign_in(learner, "learner")
    be_a_learner(learner)
    learner.context.close()
    context = browser.new_context(base_url=product.url, reduced_motion="reduce")
    product.sign_in(page := context.new_page(), "admin")
    also = be_an_administrator(page)
    page.close()

    assert look_around(context, product.url, "admin", shared_folder / "looked-at", also) == {}
