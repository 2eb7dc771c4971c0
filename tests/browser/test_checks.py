"""Answering a lesson's questions in a browser, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

COURSE = "/courses/a-habit-that-holds/"
# A question of the other kinds is left to the other tests.
_CHOICES_ALONE = """() => {
  for (const one of document.querySelectorAll(".selfcheck__item")) if (!one.querySelector("[type=radio]")) one.remove();
}"""
_LINE = (
    '<li><label class="selfcheck__place"><select name="place-{}"><option></option><option>1</option><option>2</option>'
    "<option>3</option></select><span>{}</span></label></li>"
)
_LINES = (
    '<form><order-list data-up="Move up: {text}" data-down="Move down: {text}" data-moved="{text}: {place} of {all}"'
    ' data-help="Drag"><ul>'
    + "".join(_LINE.format(n, text) for n, text in enumerate("ABC"))
    + "</ul></order-list></form>"
)


def _begin(page: Page, product: Product, address: str) -> None:
    product.sign_up(page, address)
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
            if places.nth(place).is_visible():  # without script
                places.nth(place).select_option(str(place + 1))
        if question.locator("[name=choice]").count():
            question.locator("[name=choice]").first.press("Space")
        if question.locator("[name=text]").count():
            question.locator("[name=text]").fill("Something else")
        question.get_by_role("button", name="Check answer").press("Enter")
        expect(question.locator(".selfcheck__verdict")).to_contain_text(re.compile(r"Correct\.|Not quite\."))
        is_right = "Correct." in question.locator(".selfcheck__verdict").inner_text()
        expect(question.get_by_role("button", name="Try again")).to_have_count(0 if is_right else 1)


def test_questions_are_answered_in_the_lesson_and_stay_answered(page: Page, product: Product) -> None:
    _begin(page, product, "checks@example.com")

    _answer_all(page)

    expect(page).to_have_url(re.compile(r"/lessons/1/$"))
    assert faults(page) == []
    said = page.locator(".selfcheck__verdict").all_inner_texts()
    page.reload()
    assert page.locator(".selfcheck__verdict").all_inner_texts() == said


def test_a_verdict_has_focus_and_another_try_begins_afresh(page: Page, product: Product) -> None:
    _begin(page, product, "again@example.com")
    page.evaluate(_CHOICES_ALONE)
    question = page.locator(".selfcheck__item").first
    wrong = question.locator("[name=choice]").all()

    for choice in range(len(wrong)):
        question.locator("[name=choice]").nth(choice).check()
        question.get_by_role("button", name="Check answer").press("Enter")
        expect(question.locator(".selfcheck__verdict")).to_be_focused()
        expect(page.locator("saved-state")).to_have_text("Saved")
        if question.get_by_role("button", name="Try again").count() == 0:
            break
        question.get_by_role("button", name="Try again").press("Enter")
        expect(question.locator("legend")).to_be_focused()
        expect(question.locator(":checked")).to_have_count(0)

    expect(question.locator(".selfcheck__verdict")).to_contain_text("Correct.")


def test_lines_are_ordered_with_keys_and_by_dragging(page: Page, product: Product) -> None:
    for _time in range(2):  # a headless shell captures no pointer on its first page
        page.goto("/")
    page.set_content(_LINES)
    page.add_script_tag(url="/static/learning/order-list.js", type="module")
    texts = page.locator(".selfcheck__place span")
    expect(page.get_by_role("button", name="Move down: A")).to_be_visible()

    page.get_by_role("button", name="Move down: A").press("Enter")
    expect(texts).to_have_text(["B", "A", "C"])
    expect(page.get_by_role("button", name="Move down: A")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("A: 2 of 3")
    page.keyboard.press("ArrowUp")
    expect(texts).to_have_text(["A", "B", "C"])
    page.locator("li").nth(2).drag_to(page.locator("li").nth(0), target_position={"x": 20, "y": 4})

    expect(texts).to_have_text(["C", "A", "B"])
    assert page.evaluate("[...new FormData(document.forms[0])]") == [
        ["place-2", "1"],
        ["place-0", "2"],
        ["place-1", "3"],
    ]


@pytest.mark.parametrize("width", [390])
def test_without_script_questions_are_answered(
    page_without_script: Page, product: Product, width: int
) -> None:
    page_without_script.set_viewport_size({"width": width, "height": 844})
    _begin(page_without_script, product, "plain-checks@example.com")

    _answer_all(page_without_script)

    expect(page_without_script).to_have_url(re.compile(r"#check-"))
