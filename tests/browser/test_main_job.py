"""What Momentum is for: a document becomes a course that somebody finishes."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import complete, faults, pdf, sign_in
from tests.providers.pdfs import handbook

# Writing takes seconds; a machine that does three other things at once takes longer.
WRITTEN = 120_000


def _ask_for_a_course(page: Page, title: str, days: int) -> None:
    page.goto("/panel/studio/start/")
    page.get_by_label("Source documents").set_input_files(pdf("handbook.pdf", handbook()))
    page.get_by_label("Days").fill(str(days))
    page.get_by_label("Category").select_option(label="Health & Wellness")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Generate course").click()
    expect(page.locator("h1")).to_have_text(title)


def _review_and_publish(page: Page, days: int) -> None:
    page.get_by_role("link", name="Review lessons").click()
    for day in range(1, days + 1):
        expect(page.locator("h1")).to_contain_text(f"Day {day}.")
        expect(page.locator(".passage").first).to_be_visible()
        page.get_by_role("button", name=f"Approve day {day}").click()
    expect(page.locator("main")).to_contain_text("All lessons are approved.")
    page.get_by_role("button", name="Publish course").click()
    expect(page.locator("main")).to_contain_text("Published. Learners can now find this course.")


def _look_up_a_source(page: Page) -> None:
    """Beside the text a passage is lit up; on a phone it rises in a sheet, and the sentence has the focus after."""
    sentence, sheet = page.locator("a.sent").first, page.get_by_role("dialog")
    said = page.locator((sentence.get_attribute("href") or "") + " p").last.inner_text()
    sentence.click()
    expect(page.locator(".passage--on")).to_contain_text(said)
    expect(sheet).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 844})
    sentence.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(said)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(sentence).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 900})


def _allow_the_source(page: Page) -> None:
    """On the page of the course, which publishing leads to."""
    page.get_by_role("button", name="Let learners see the cited pages of").click()
    expect(page.get_by_text("Learners may see the cited pages.")).to_be_visible()


def _see_a_cited_page(page: Page) -> None:
    """A tap opens the page over the lesson; Escape leads back to the citation."""
    citation, sheet = page.locator("#cited-1"), page.locator("#source-dialog")
    citation.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    expect(sheet.locator("h2")).to_be_focused()
    expect(sheet.locator("h1")).to_have_count(0)
    picture = sheet.get_by_role("img")
    expect(picture).to_be_visible()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth > 300", arg=picture.element_handle()
    )
    assert faults(page) == []
    if (following := sheet.locator("a[rel=next]")).count():
        following.click()
        expect(sheet.locator("a[rel=prev]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(citation).to_be_focused()


def _open_a_cited_page(page: Page) -> None:
    """The same as a page of its own, and back."""
    page.locator("#cited-1").click()
    expect(page.locator(".cited img")).to_be_visible()
    page.get_by_role("link", name="Back to day 1").click()
    expect(page).to_have_url(re.compile("/lessons/1/#cited-1$"))


def _find_and_finish(page: Page, title: str, days: int, look: Callable[[Page], None]) -> None:
    page.goto("/courses/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Start course").click()
    look(page)
    complete(page, 1, days)
    expect(page.locator("main")).to_contain_text(f"You’ve completed {title}.")


def test_a_document_becomes_a_course_that_a_learner_finishes(page: Page, product: Product) -> None:
    title = "Bees in seven days"
    sign_in(page, product.credentials["admin"])
    _ask_for_a_course(page, title, 7)
    # The page says by itself when it is ready.
    expect(page.get_by_role("link", name="Review lessons")).to_be_visible(timeout=WRITTEN)
    expect(page.locator("#progress")).to_contain_text("7 of 7")
    assert faults(page) == []
    page.goto(page.get_by_role("link", name="Review lessons").get_attribute("href") or "")
    assert faults(page) == []
    _look_up_a_source(page)
    page.go_back()
    _review_and_publish(page, 7)
    _allow_the_source(page)
    page.context.clear_cookies()

    sign_in(page, product.credentials["learner"])
    _find_and_finish(page, title, 7, _see_a_cited_page)

    page.goto("/today/")
    expect(page.locator("main")).to_contain_text(title)


def test_the_same_without_script(page_without_script: Page, product: Product) -> None:
    page, title = page_without_script, "Bees in three days"
    sign_in(page, product.credentials["admin"])
    _ask_for_a_course(page, title, 3)
    for _look in range(WRITTEN // 500):
        if page.get_by_role("link", name="Review lessons").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    _review_and_publish(page, 3)
    _allow_the_source(page)
    page.context.clear_cookies()

    sign_in(page, product.credentials["learner"])
    _find_and_finish(page, title, 3, _open_a_cited_page)
    expect(page).to_have_url(re.compile(r"/completion/#moment$"))
