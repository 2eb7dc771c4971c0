"""Answering a lesson's questions in a browser, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults, sign_up

COURSE = "/courses/a-habit-that-holds/"


def _begin(page: Page, product: Product, address: str) -> None:
    page.goto(COURSE)
    page.get_by_role("link", name="Start free").last.click()
    sign_up(page, product.home, address, at=page.url)
    page.goto(COURSE)
    page.get_by_role("button", name="Start course").click()
    expect(page).to_have_url(re.compile(r"/lessons/1/$"))


def _answer_all(page: Page) -> None:
    """Answer every question with the keyboard, and see a verdict at each."""
    questions = page.locator(".selfcheck__item")
    assert questions.count() > 0
    for number in range(questions.count()):
        question = questions.nth(number)
        places = question.locator("select")
        for place in range(places.count()):
            places.nth(place).select_option(str(place + 1))
        if question.locator("[name=choice]").count():
            question.locator("[name=choice]").first.press("Space")
        if question.locator("[name=text]").count():
            question.locator("[name=text]").fill("Something else")
        question.get_by_role("button", name="Check answer").press("Enter")
        expect(question.locator(".selfcheck__verdict")).to_contain_text(re.compile(r"Right\.|Not quite\."))
        expect(question.get_by_role("button", name="Try again")).to_be_visible()


def test_questions_are_answered_in_the_lesson_and_stay_answered(page: Page, product: Product) -> None:
    _begin(page, product, "checks@example.com")

    _answer_all(page)

    expect(page).to_have_url(re.compile(r"/lessons/1/$"))
    assert faults(page) == []
    said = page.locator(".selfcheck__verdict").all_inner_texts()
    page.reload()
    assert page.locator(".selfcheck__verdict").all_inner_texts() == said


@pytest.mark.parametrize("width", [390])
def test_without_script_questions_are_answered(
    page_without_script: Page, product: Product, width: int
) -> None:
    page_without_script.set_viewport_size({"width": width, "height": 844})
    _begin(page_without_script, product, "plain-checks@example.com")

    _answer_all(page_without_script)

    expect(page_without_script).to_have_url(re.compile(r"#check-"))
