"""A learner's whole path, from signing up to the last lesson."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import complete, sign_up

COURSE = "/courses/a-habit-that-holds/"


def _start(page: Page, product: Product, address: str) -> None:
    page.goto(COURSE)
    page.get_by_role("link", name="Start free").last.click()
    sign_up(page, product.home, address, at=page.url)
    page.goto(COURSE)
    page.get_by_role("button", name="Start course").click()
    expect(page).to_have_url(re.compile(r"/lessons/1/$"))


def _first_day(page: Page) -> None:
    item = page.locator(".tick__button").first
    expect(item).to_have_attribute("aria-pressed", "false")
    item.click()
    expect(page.locator(".tick__button").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#today [role=status]")).to_contain_text("1 of")
    complete(page, 1, 1)
    expect(page.locator("#finish")).to_contain_text("Day 1 complete.")


def _the_rest(page: Page) -> None:
    page.goto("/today/")
    expect(page.locator("main")).to_contain_text("1 of 7 lessons done")
    page.get_by_role("link", name="Continue with day 2").click()
    complete(page, 2, 7)
    expect(page.locator("main")).to_contain_text("You’ve completed A habit that holds.")
    expect(page.locator("#moment")).to_be_focused()
    expect(page.locator("#finish").get_by_role("link").first).to_have_text("Your certificate")
    page.goto("/today/")
    expect(page.locator("main")).to_contain_text("You’ve completed A habit that holds.")
    expect(page.locator("main")).to_contain_text("No course in progress")


@pytest.mark.parametrize("width", [390])
def test_a_learner_signs_up_and_finishes_a_course_on_a_phone(
    page: Page, product: Product, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    _start(page, product, "phone@example.com")
    _first_day(page)
    _the_rest(page)


def test_without_script_a_learner_signs_up_and_finishes_a_course(
    page_without_script: Page, product: Product
) -> None:
    _start(page_without_script, product, "plain@example.com")
    _first_day(page_without_script)
    _the_rest(page_without_script)


def test_the_catalogue_narrows_as_one_types_and_the_address_follows(page: Page) -> None:
    page.goto("/courses/")
    expect(page.locator("#results .card").nth(5)).to_be_visible()

    page.get_by_label("Search courses").press_sequentially("sql")

    expect(page.locator("#results .card")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=sql"))
    page.reload()
    expect(page.locator("#results .card")).to_have_count(1)


def test_the_catalogue_narrows_without_script(page_without_script: Page) -> None:
    page_without_script.goto("/courses/")
    page_without_script.get_by_label("Search courses").fill("sql")
    page_without_script.get_by_role("button", name="Show courses").click()
    expect(page_without_script.locator("#results .card")).to_have_count(1)
