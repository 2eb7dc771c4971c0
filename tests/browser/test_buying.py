"""Buying with the mouse in the sandbox, every page on the way looked at: a course, premium, the portal, withdrawing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import at_rest, faults, sign_in, sign_up

SLUG = "sql-in-ten-minute-mornings"
WIDTHS = (390, 820, 1440)


@contextmanager
def _sold(admin: Page) -> Iterator[None]:
    """Have the course cost something for as long as the block lasts."""
    admin.goto("/panel/courses/?q=SQL")
    admin.get_by_role("link", name=re.compile("SQL in ten")).first.click()
    address = admin.url
    try:
        _set_access(admin, address, "paid")
        yield
    finally:
        _set_access(admin, address, "free")


def _set_access(admin: Page, address: str, access: str) -> None:
    admin.goto(address)
    admin.locator("[name=access]").select_option(access)
    admin.get_by_label("Price").fill("29.00" if access == "paid" else "")
    admin.get_by_label("Currency").fill("EUR" if access == "paid" else "")
    admin.get_by_role("button", name="Save").first.click()
    admin.wait_for_load_state()


def _look(page: Page, found: dict[str, list[str]]) -> None:
    """Note what axe finds, in light and dark, and what sticks out."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(300)  # what changes its colour in the open page glides there
        rules = None if scheme == "light" else ["color-contrast"]
        if wrong := faults(page, rules=rules):
            found[f"{page.url} {scheme}"] = wrong
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        at_rest(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{page.url} at {width}"] = ["sticks out"]


def test_everything_about_buying_with_the_mouse(browser: Browser, product: Product) -> None:
    admin = browser.new_context(base_url=product.url).new_page()
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    sign_in(admin, product.credentials["admin"])
    sign_up(page, product.home, "buyer@example.com")
    found: dict[str, list[str]] = {}

    with _sold(admin):
        page.goto(f"/courses/{SLUG}/")
        _look(page, found)
        page.get_by_role("link", name="Buy for 29.00 EUR").click()
        page.get_by_label("Coupon code").fill("NOTHING")
        page.get_by_role("button", name="Use this code").click()
        expect(page.get_by_text("This code isn’t good for this course.")).to_be_visible()
        _look(page, found)
        page.get_by_role("button", name="Pay 29.00 EUR").click()
        _look(page, found)
        page.get_by_label("Card that is declined").check()
        page.get_by_role("button", name="Pay 29.00 EUR").click()
        expect(page.get_by_role("alert")).to_contain_text("The card was declined.")
        page.get_by_label("(3-D Secure)").check()
        page.get_by_role("button", name="Pay 29.00 EUR").click()
        _look(page, found)
        page.get_by_role("button", name="Yes, pay").click()
        expect(page.locator("h1")).to_have_text("It’s yours.")
        _look(page, found)
        page.get_by_role("link", name="Go to the course").click()
        page.get_by_role("link", name="Start with day 1").click()
        expect(page).to_have_url(re.compile(f"/courses/{SLUG}/lessons/1/"))

    page.goto("/premium/")
    _look(page, found)
    page.get_by_role("button", name="Go premium, monthly").click()
    page.get_by_role("button", name="Pay 12.00 EUR").click()
    page.get_by_role("link", name="All your orders").click()
    _look(page, found)
    page.get_by_role("link", name=re.compile(r"^\d{4}-\d{6}$")).first.click()
    _look(page, found)
    page.goto("/orders/")
    page.get_by_role("button", name="Cards and bills").click()
    _look(page, found)
    page.get_by_role("link", name="Back to Momentum").click()
    page.get_by_role("link", name="Withdraw from contract").first.click()
    _look(page, found)
    page.get_by_label("I withdraw from this contract.").check()
    page.get_by_role("button", name="Confirm withdrawal").click()
    expect(page.get_by_text("You have withdrawn.")).to_be_visible()
    admin.goto("/sandbox/")
    _look(admin, found)
    assert found == {}


def test_without_script_the_pages_work_too(page_without_script: Page, product: Product) -> None:
    sign_in(page_without_script, product.credentials["learner"])

    page_without_script.goto("/premium/")
    page_without_script.get_by_role("button", name="Go premium, yearly").click()
    page_without_script.get_by_label("(3-D Secure)").check()
    page_without_script.get_by_role("button", name="Pay 96.00 EUR").click()
    page_without_script.get_by_role("button", name="No, it isn’t me").click()

    expect(page_without_script.get_by_role("alert")).to_contain_text(
        "The bank didn’t confirm that it was you."
    )
