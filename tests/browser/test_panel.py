"""An administrator at work in the panel."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product


def _new_course(page: Page, title: str) -> None:
    page.goto("/panel/courses/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Summary").fill("A course made in a browser.")
    page.get_by_label("Days").fill("2")
    page.get_by_label("Category").select_option(label="Technology & Data")


def _type(page: Page, label: str, text: str) -> None:
    """Write into the editor over a text area."""
    editor = page.get_by_role("textbox", name=label)
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_an_administrator_makes_a_course_with_the_editor_reorders_and_publishes(
    page: Page, product: Product
) -> None:
    product.sign_in(page, "admin")
    _new_course(page, "Made in a browser")
    _type(page, "Description", "What it is about.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("h1")).to_have_text("Made in a browser")
    course = page.url
    for title in ("First", "Second"):
        page.goto(f"{course}lessons/new/")
        page.get_by_label("Title").first.fill(title)
        _type(page, "Text", f"The text of {title}.")
        page.keyboard.press("Control+A")
        page.get_by_role("button", name="Bold").first.click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".note, [role=status]").first).to_contain_text("added as a draft")
        page.get_by_role("button", name="Mark as ready").click()
    page.goto(course)
    expect(page.locator(".lessons__title a")).to_have_text(["First", "Second"])

    page.get_by_role("button", name="Move “Second” up").click()
    expect(page.locator(".lessons__title a")).to_have_text(["Second", "First"])
    page.get_by_role("button", name="Publish").click()

    expect(page.locator("main")).to_contain_text("Published. Learners can now find this course.")
    page.get_by_role("link", name="Preview").click()
    expect(page.locator("main")).to_contain_text("What it is about.")
    page.get_by_role("link", name=re.compile("Second")).click()
    expect(page.locator(".prose strong")).to_have_text("The text of Second.")


def test_a_course_is_made_and_a_lesson_edited_without_script(
    page_without_script: Page, product: Product
) -> None:
    page = page_without_script
    product.sign_in(page, "admin")
    _new_course(page, "Made without script")
    page.get_by_label("Description").fill("<p>What it is about.</p>")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Add lesson").click()
    page.get_by_label("Title").first.fill("Only")
    page.get_by_label("Text").fill("<p>Typed <strong>by hand</strong>.</p>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Text")).to_have_value("<p>Typed <strong>by hand</strong>.</p>")


def _switch_the_coupon(page: Page) -> None:
    """Deactivate the demo's coupon, and activate it again."""
    for act, said, state in (("Deactivate", "deactivated", "Inactive"), ("Activate", "activated", "Active")):
        page.goto("/panel/coupons/")
        button = page.get_by_role("button", name=f"{act} selected", exact=True)
        expect(button).to_be_hidden()
        page.get_by_role("checkbox", name="Select “WELCOME20”").check()
        button.click()
        expect(page.locator("#messages")).to_contain_text(f"1 coupon {said}.")
        expect(page.locator("tbody .tag")).to_have_text(state)


def test_a_list_is_sorted_searched_and_changed_in_place(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/panel/users/")
    title = page.locator("h1").element_handle()

    page.get_by_role("link", name="User").last.click()

    expect(page.locator("th[aria-sort]")).to_have_text("User ↑")
    expect(page.locator("#sort-name")).to_be_focused()
    page.get_by_label("Name or email").fill("admin@")
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_contain_text("1 account")
    assert "sort=name" in page.url
    expect(page.locator("#announcements")).to_have_text("1 account")
    # The page is the same one; only the list was fetched.
    assert title is not None
    assert title.evaluate("title => title.isConnected")
    page.get_by_role("checkbox", name="Select all on this page").check()
    expect(page.locator(".bulk output")).to_have_text("1 selected")
    page.get_by_role("button", name="Suspend selected").click()
    expect(page.locator("h1")).to_have_text("Suspend 1 account and sign it out everywhere?")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#list")).to_contain_text("1 account")
    page.go_back()
    _switch_the_coupon(page)


def test_a_list_needs_no_script(page_without_script: Page, product: Product) -> None:
    page = page_without_script
    product.sign_in(page, "admin")
    page.goto("/panel/users/?sort=name")
    page.get_by_label("Name or email").fill("admin@")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("th[aria-sort]")).to_have_text("User ↑")
    expect(page.locator("tbody tr")).to_have_count(1)
    _switch_the_coupon(page)
