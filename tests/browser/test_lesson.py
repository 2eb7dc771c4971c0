"""The lesson page: the list of lessons on a phone and on a desk, and the way to the pages around."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

FIRST = "/courses/a-habit-that-holds/lessons/1/"


def test_on_a_phone_the_lessons_are_in_a_drawer_that_escape_or_its_button_closes(
    page: Page, product: Product
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    product.sign_in(page, "learner")
    page.goto(FIRST)
    opener = page.get_by_role("button", name=re.compile("Day 1 of 7"))
    drawer = page.get_by_role("dialog", name="A habit that holds")
    expect(drawer).to_be_hidden()

    opener.focus()
    page.keyboard.press("Enter")

    expect(drawer).to_be_visible()
    expect(drawer.locator("[aria-current=step]")).to_have_count(1)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()


def test_on_a_desk_the_lessons_stand_beside_the_text(page: Page, product: Product) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    product.sign_in(page, "learner")
    page.goto(FIRST)

    expect(page.get_by_role("complementary", name="Syllabus")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Day 1 of 7"))).to_be_hidden()


def test_the_pages_before_and_after_are_one_click_away(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(FIRST)
    around = page.get_by_role("navigation", name="Previous and next lesson")
    expect(around.locator("[rel=prev]")).to_have_count(0)

    around.locator("[rel=next]").click()

    expect(page).to_have_url(re.compile("/lessons/2/$"))
    around.locator("[rel=prev]").click()
    expect(page).to_have_url(re.compile("/lessons/1/$"))
