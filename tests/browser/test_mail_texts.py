"""An administrator edits what an email says, and sees it while typing."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import sign_in

RECEIPT = "/panel/mail/kinds/payments.receipt/"


def test_what_an_email_says_is_seen_while_it_is_typed(page: Page, product: Product) -> None:
    sign_in(page, product.credentials["admin"])
    page.goto(RECEIPT)
    problems, preview = page.locator("#problems"), page.locator("#preview")

    page.get_by_label("Subject").fill("Thanks, {{ nmae }}")
    expect(problems).to_contain_text("There is no variable “nmae”. Did you mean “name”?")
    expect(preview).to_contain_text("Your receipt for")
    page.get_by_label("Subject").fill("Thanks, {{ name }}!")
    expect(preview).to_contain_text("Thanks, Lea Learner!")
    expect(problems).to_be_empty()
    expect(preview).to_contain_text("not saved yet")
    light = page.frame_locator("iframe[title='Preview, light']")
    expect(light.locator("h1")).to_have_text("Thanks, Lea Learner!")

    page.get_by_role("radio", name="Dark").check(force=True)
    dark = page.frame_locator("iframe[title='Preview, dark']")
    expect(dark.locator("h1")).to_have_css("color", "rgb(234, 230, 221)")
    page.get_by_role("radio", name="Phone").check(force=True)
    assert page.locator("iframe[title='Preview, dark']").bounding_box()["width"] == 322  # type: ignore[index]
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Saved.")
    expect(page.locator("main")).to_contain_text("edited, version 1")


def test_a_text_is_previewed_without_script(page_without_script: Page, product: Product) -> None:
    page = page_without_script
    sign_in(page, product.credentials["admin"])
    page.goto(RECEIPT)

    page.get_by_label("Introduction").fill("Said without script.")
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_label("Introduction")).to_have_value("Said without script.")
    page.get_by_role("radio", name="Plain text").check(force=True)
    expect(page.locator(".preview__pane--text")).to_contain_text("Said without script.")
