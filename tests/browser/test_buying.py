"""Every payment outcome with the mouse in the sandbox, and every page on the way looked at."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import at_rest, faults
from tests.browser.sandbox import at_the_desk, path_of, until

SLUG = "sql-in-ten-minute-mornings"
WIDTHS = (390, 820, 1440)


def _look(page: Page, found: dict[str, list[str]]) -> None:
    """Note what axe finds, in light and dark, and what sticks out."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        rules = None if scheme == "light" else ["color-contrast"]
        if wrong := faults(page, rules=rules):
            found[f"{page.url} {scheme}"] = wrong
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        at_rest(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{page.url} at {width}"] = ["sticks out"]


def test_everything_about_buying_with_the_mouse(browser: Browser, product: Product) -> None:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_up(page, "buyer@example.com")
    found: dict[str, list[str]] = {}

    page.goto(f"/courses/{SLUG}/")
    _look(page, found)
    page.get_by_role("link", name="Buy for €29.00").click()
    page.get_by_label("Coupon code").fill("NOTHING")
    page.get_by_role("button", name="Apply code").click()
    expect(page.get_by_text("This code isn’t valid for this course.", exact=True)).to_be_visible()
    _look(page, found)
    page.get_by_label("Coupon code").fill("welcome20")
    page.get_by_role("button", name="Apply code").click()
    page.get_by_role("button", name="Pay €23.20").click()
    _look(page, found)
    page.get_by_label("Declined card").check()
    page.get_by_role("button", name="Pay €23.20").click()
    expect(page.get_by_role("alert")).to_contain_text("Your card was declined.")
    page.get_by_label("Card that requires 3-D Secure").first.check()
    page.get_by_role("button", name="Pay €23.20").click()
    _look(page, found)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("h1")).to_have_text("Payment successful")
    _look(page, found)
    page.get_by_role("link", name="Go to course").click()
    page.get_by_role("link", name="Start with day 1").click()
    expect(page).to_have_url(re.compile(f"/courses/{SLUG}/lessons/1/"))

    page.goto("/premium/")
    _look(page, found)
    page.get_by_role("button", name="Get premium, monthly").click()
    page.get_by_role("button", name="Pay €12.00").click()
    page.get_by_role("link", name="View all orders").click()
    _look(page, found)
    page.get_by_role("link", name=re.compile(r"^\d{4}-\d{6}$")).first.click()
    _look(page, found)
    page.goto("/orders/")
    page.get_by_role("button", name="Payment method and invoices").click()
    _look(page, found)
    page.get_by_role("link", name="Back to Momentum").click()
    page.get_by_role("link", name="Withdraw from contract").first.click()
    _look(page, found)
    page.get_by_label("I withdraw from this contract.").check()
    page.get_by_role("button", name="Confirm withdrawal").click()
    expect(page.get_by_text("You have withdrawn. We’ve emailed you a confirmation.")).to_be_visible()
    assert found == {}


def test_without_script_the_pages_work_too(page_without_script: Page, product: Product) -> None:
    product.sign_in(page_without_script, "learner")

    page_without_script.goto("/premium/")
    page_without_script.get_by_role("button", name="Get premium, yearly").click()
    page_without_script.get_by_label("Card that requires 3-D Secure").first.check()
    page_without_script.get_by_role("button", name="Pay €96.00").click()
    page_without_script.get_by_role("button", name="Decline").click()

    expect(page_without_script.get_by_role("alert")).to_contain_text(
        "Your bank couldn’t confirm that it was you."
    )


@pytest.fixture
def admin(browser: Browser, product: Product) -> Page:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_in(page, "admin")
    return page


def test_money_that_comes_late_goes_back_and_is_disputed(
    browser: Browser, product: Product, admin: Page
) -> None:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_up(page, "late@example.com")
    found: dict[str, list[str]] = {}

    page.goto(f"/courses/{SLUG}/order/")
    page.get_by_role("button", name="Pay €29.00").click()
    page.get_by_label("Direct debit that succeeds later").check()
    page.get_by_role("button", name="Pay €29.00").click()
    expect(page.locator("h1")).to_have_text("Waiting for your bank")
    order = path_of(page)
    admin.goto("/sandbox/")
    _look(admin, found)
    until(page, order, "Payment successful")

    admin.goto("/panel/payments/?q=late@example.com")
    admin.locator("tbody th a").first.click()
    payment = path_of(admin)
    admin.get_by_role("link", name="Refund").click()
    _look(admin, found)
    admin.get_by_label("Amount").fill("10.00")
    admin.get_by_label("Reason").fill("A lesson was missing for a day.")
    admin.get_by_role("button", name="Continue").click()
    _look(admin, found)
    admin.get_by_role("button", name="Refund €10.00").click()
    until(admin, payment, "Partially refunded")
    until(page, order, "Payment successful")

    at_the_desk(admin, "€29.00", "Dispute")
    until(admin, payment, "The learner’s bank has disputed this payment.")
    _look(admin, found)
    until(page, order, "Your bank has disputed this payment.")
    _look(page, found)
    at_the_desk(admin, "€29.00", "Win")
    until(page, order, "Payment successful")

    until(admin, payment, "charge.dispute.closed")
    admin.get_by_role("link", name="charge.dispute.closed").click()
    _look(admin, found)
    admin.get_by_role("button", name="Process again").click()
    expect(admin.get_by_text("The event is being processed again.")).to_be_visible()
    admin.goto("/panel/reconciliations/")
    admin.get_by_role("button", name="Reconcile now").click()
    until(admin, path_of(admin), "No differences")
    _look(admin, found)
    admin.goto("/panel/orders/?q=late@example.com")
    admin.locator("tbody th a").first.click()
    _look(admin, found)
    admin.goto("/panel/ledger/")
    expect(admin.get_by_text("Balanced")).to_be_visible()
    _look(admin, found)
    assert found == {}


def test_premium_that_cannot_be_collected_is_late_recovers_and_ends(
    browser: Browser, product: Product, admin: Page
) -> None:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_up(page, "monthly@example.com")
    found: dict[str, list[str]] = {}

    page.goto("/premium/")
    page.get_by_role("button", name="Get premium, monthly").click()
    page.get_by_label("Card whose renewals fail").check()
    page.get_by_role("button", name="Pay €12.00").click()
    expect(page.locator("h1")).to_have_text("Payment successful")

    at_the_desk(admin, "€12.00/month", "Advance to that day")
    until(page, "/orders/", "Your last payment failed.")
    _look(page, found)
    until(admin, "/panel/", "past due")
    admin.goto("/panel/subscriptions/?state=late")
    admin.get_by_role("link", name="monthly@example.com").click()
    _look(admin, found)
    subscription = path_of(admin)
    page.get_by_role("button", name="Payment method and invoices").click()
    page.get_by_label("Successful card", exact=False).first.check()
    page.get_by_role("button", name="Use this card").click()
    until(page, "/orders/", "€12.00, renews on")

    until(admin, subscription, "Active")
    admin.get_by_role("button", name="Cancel at period end").click()
    expect(admin.get_by_text("Subscription cancelled. It ends with the paid period.")).to_be_visible()
    until(page, "/orders/", "Cancelled. You have premium until")
    page.get_by_role("button", name="Resume subscription").click()
    page.get_by_role("button", name="Cancel premium").click()
    at_the_desk(admin, "cancelled", "Advance to that day")
    until(page, "/orders/", "It ended on")
    page.get_by_role("link", name="Momentum premium, monthly").click()
    expect(page.locator("h1")).to_have_text("This premium subscription has ended.")
    assert found == {}
