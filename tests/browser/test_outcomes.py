"""What goes wrong with money, with the mouse in the sandbox, while each event comes thrice and in any order."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.sandbox import at_the_desk, path_of, until

SLUG = "sql-in-ten-minute-mornings"


@pytest.fixture
def admin(browser: Browser, product: Product) -> Page:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_in(page, "admin")
    page.goto("/sandbox/")
    page.get_by_label("Duplicates per event").fill("2")
    page.get_by_label("In any order").check()
    page.get_by_role("button", name="Save").click()
    return page


def _buy(page: Page, way: str) -> str:
    """Buy the course, paying like that; return the path of the order."""
    page.goto(f"/courses/{SLUG}/order/")
    page.get_by_role("button", name="Pay €29.00").click()
    page.get_by_label(way).check()
    page.get_by_role("button", name="Pay €29.00").click()
    expect(page).to_have_url(re.compile("/orders/"))
    return path_of(page)


def _give_all_back(admin: Page, address: str) -> str:
    """Give the newest payment of somebody back; return the path of its page."""
    admin.goto(f"/panel/payments/?q={address}&state=succeeded")
    admin.locator("tbody th a").first.click()
    payment = path_of(admin)
    admin.get_by_role("link", name="Refund").click()
    admin.get_by_label("Reason").fill("It wasn’t what they expected.")
    admin.get_by_role("button", name="Continue").click()
    admin.get_by_role("button", name="Refund €29.00").click()
    return payment


def test_what_goes_wrong_with_a_course_ends_as_it_should(
    browser: Browser, product: Product, admin: Page
) -> None:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_up(page, "unlucky@example.com")

    order = _buy(page, "Direct debit that fails later")
    expect(page.locator("h1")).to_have_text("Waiting for your bank")
    at_the_desk(admin, "€29.00", "Settle now")
    until(page, order, "Payment failed")

    order = _buy(page, "Successful card, disputed immediately")
    until(page, order, "Your bank has disputed this payment.")
    at_the_desk(admin, "€29.00", "Lose")
    admin.goto("/panel/payments/?q=unlucky@example.com&state=disputed")
    admin.locator("tbody th a").first.click()
    until(admin, path_of(admin), "charge.dispute.closed")
    until(page, order, "Your bank has disputed this payment.")

    order = _buy(page, "Successful card, refunds fail later")
    until(page, order, "Payment successful")
    payment = _give_all_back(admin, "unlucky@example.com")
    until(page, order, "This purchase was refunded.")
    page.goto(f"/courses/{SLUG}/lessons/2/")
    expect(page.get_by_text("Buy the course to read this lesson.")).to_be_visible()
    until(admin, payment, "Returned")
    until(page, order, "Payment successful")

    admin.goto("/panel/reconciliations/")
    admin.get_by_role("button", name="Reconcile now").click()
    until(admin, path_of(admin), "No differences")
    admin.goto("/panel/ledger/")
    expect(admin.get_by_text("Balanced")).to_be_visible()


def test_premium_that_is_never_collected_ends_after_its_grace(
    browser: Browser, product: Product, admin: Page
) -> None:
    page = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900}).new_page()
    product.sign_up(page, "broke@example.com")

    page.goto("/premium/")
    page.get_by_role("button", name="Get premium, yearly").click()
    page.get_by_label("Card whose renewals fail").check()
    page.get_by_role("button", name="Pay €96.00").click()
    until(page, path_of(page), "Payment successful")
    order = path_of(page)
    at_the_desk(admin, "€96.00/year", "Advance to that day")
    until(page, "/orders/", "Your last payment failed.")
    until(page, order, "Payment successful")

    for _attempt in range(6):
        admin.goto("/sandbox/")
        row = admin.locator("tr").filter(has_text="€96.00/year").filter(has_text="past due")
        if not row.count():
            break
        row.first.get_by_role("button", name="Advance to that day").click()

    until(page, order, "This premium subscription has ended.")
    until(admin, "/panel/subscriptions/?q=broke@example.com", "Ended")
