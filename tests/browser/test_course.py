"""The front page, a course, its reviews and its certificate, in a browser, with and without script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

COURSE = "/courses/a-habit-that-holds/"
WORDS = "Small enough to survive a bad day, which is what I needed."


@pytest.fixture
def moderator(browser: Browser, product: Product) -> Page:
    context: BrowserContext = browser.new_context(base_url=product.url)
    page = context.new_page()
    product.sign_in(page, "admin")
    return page


def _review(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(COURSE)
    main = page.locator("main")
    if main.get_by_role("link", name="Edit review", exact=True).count():  # the other journey was here before
        main.get_by_role("link", name="Edit review", exact=True).click()
        main.get_by_role("button", name="Delete review").click()
    main.get_by_role("link", name="Write a review").click()
    page.get_by_role("radio", name="Good", exact=True).check(force=True)
    page.get_by_label("What should others know").fill(WORDS)
    page.get_by_label("Display name").fill("Robin, on the train")
    page.get_by_role("button", name="Submit review").click()
    expect(main).to_contain_text("Your review will be published once it has been approved.")
    expect(main).to_contain_text("4 out of 5 stars")


def _moderate(moderator: Page) -> None:
    moderator.goto("/panel/reviews/")
    waiting = moderator.locator(".opinion").filter(has_text=WORDS)
    waiting.get_by_role("button", name="Publish").click()
    expect(moderator.locator("main")).to_contain_text("Review published.")


@pytest.mark.parametrize("script", [True, False])
def test_a_learner_reviews_a_course_and_everybody_reads_it(
    page: Page, page_without_script: Page, moderator: Page, product: Product, script: Any
) -> None:
    _review(page if script else page_without_script, product)
    _moderate(moderator)

    moderator.context.clear_cookies()
    moderator.goto(COURSE)

    expect(moderator.locator(".opinion").first).to_contain_text(WORDS)
    expect(moderator.locator(".opinion").first).to_contain_text("Robin, on the train")


def test_stars_are_chosen_with_the_keyboard(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(f"{COURSE}review/")
    page.get_by_role("radio", name="Poor").focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")

    expect(page.get_by_role("radio", name="Good", exact=True)).to_be_checked()


@pytest.mark.parametrize("script", [True, False])
def test_a_learner_shows_a_certificate_to_somebody_who_checks_it(
    page: Page, page_without_script: Page, product: Product, browser: Browser, script: Any
) -> None:
    own = page if script else page_without_script
    product.sign_in(own, "learner")
    own.goto(COURSE)
    own.get_by_role("link", name="Your certificate").click()
    expect(own.locator("h1")).to_have_text("Robin Hale")
    paper = own.get_by_role("link", name="Download PDF").get_attribute("href") or ""
    answer = own.request.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")

    stranger = browser.new_context(base_url=product.url).new_page()
    stranger.goto(own.url)

    expect(stranger.locator("main")).to_contain_text("has completed all 7 lessons of A habit that holds.")
    assert faults(stranger) == []
    stranger.context.close()


def test_structured_data_is_not_stopped_by_the_security_policy(page: Page) -> None:
    answer = page.goto(COURSE)

    # That nothing was reported is checked by the fixture: a blocked script is an error on the console.
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    name = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent).name"
    )
    assert name == "A habit that holds"


def test_a_stranger_searches_from_the_front_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="Search courses").fill("sleep")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/courses/\?q=sleep"))
    expect(page.locator("#results .card").first).to_contain_text("Sleep, explained")


def test_the_front_page_moves_nothing_while_it_loads(page: Page) -> None:
    page.goto("/")
    page.wait_for_load_state("networkidle")

    moved = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
        done(list.getEntries().reduce((sum, one) => sum + one.value, 0))).observe(
        {type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 500))"""
    )

    assert moved < 0.02
