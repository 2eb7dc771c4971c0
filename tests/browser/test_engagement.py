"""Badges, the live dashboard and profiles, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

COURSE = "/courses/a-habit-that-holds/"


def _begin(page: Page, product: Product, address: str) -> None:
    """Sign up, and start a course."""
    product.sign_up(page, address)
    page.goto(COURSE)
    page.get_by_role("button", name="Start course").click()
    expect(page).to_have_url(re.compile(r"/lessons/1/$"))


def _complete(page: Page, day: int) -> None:
    page.goto(f"{COURSE}lessons/{day}/")
    page.get_by_role("button", name=f"Complete day {day}").click()
    expect(page.locator("#finish")).to_contain_text(f"Day {day} complete.")


def _medals(page: Page) -> list[str]:
    return page.locator("#badges .badge:has(.medal) .badge__title").all_inner_texts()


def test_a_new_badge_is_celebrated_with_its_lesson_and_then_simply_there(
    page: Page, product: Product
) -> None:
    _begin(page, product, "badge@example.com")

    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "celebrations" in answer.url
    ) as told:
        _complete(page, 1)
        expect(page.locator("#celebration")).to_contain_text("First light")

    assert told.value.status == 200
    expect(page).to_have_url(re.compile(r"/lessons/1/$"))
    expect(page.locator("#moment")).to_be_focused()
    expect(page.locator("#moment")).to_be_in_viewport()
    expect(page.locator("#announcements")).to_have_text("20 points · 1-day streak · a new badge: First light")
    assert faults(page) == []
    page.goto("/today/")
    expect(page.locator("#badges")).to_contain_text("First light")
    expect(page.locator("#celebration")).to_have_count(0)


def test_without_script_it_has_a_page_of_its_own(page_without_script: Page, product: Product) -> None:
    page = page_without_script
    _begin(page, product, "plainbadge@example.com")

    _complete(page, 1)

    expect(page).to_have_url(re.compile("/completion/#moment$"))
    expect(page.locator("#celebration")).to_contain_text("First light")
    page.goto("/today/")
    expect(page.locator("#celebration")).to_have_count(0)
    assert _medals(page) == ["First light"]


def test_who_turns_it_off_is_not_celebrated(page: Page, product: Product) -> None:
    _begin(page, product, "quiet@example.com")
    page.goto("/profile/")
    page.get_by_label("Celebrate new badges").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    _complete(page, 1)

    page.goto("/today/")

    expect(page.locator("#celebration")).to_have_count(0)
    assert _medals(page) == ["First light"]


def test_what_is_done_elsewhere_appears_on_an_open_page(page: Page, product: Product) -> None:
    _begin(page, product, "live@example.com")
    _complete(page, 1)
    page.goto("/today/")
    expect(page.locator("live-board")).to_contain_text("1 of 7 lessons done")
    other = page.context.new_page()
    _complete(other, 2)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("live-board")).to_contain_text("2 of 7 lessons done")
    expect(page.locator(".htmx-added")).to_have_count(0)  # what was put in listens from then on
    with page.expect_response(lambda answer: "version=" in answer.url) as again:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert again.value.status == 204


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_public_profile_is_for_everybody_who_knows_its_address(
    page: Page, product: Product, browser: Browser, scheme: str
) -> None:
    _begin(page, product, f"public-{scheme}@example.com")
    _complete(page, 1)
    page.goto("/profile/")
    page.get_by_label("Name", exact=True).fill("Ann Open")
    page.get_by_role("region", name="Bio").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Make public").click()
    address = page.locator(".profile__address").inner_text()

    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    visitor = browser.new_context(base_url=product.url, **options).new_page()
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text("Ann Open")
    expect(visitor.locator("main")).to_contain_text("First light")
    for width in (390, 820, 1440):
        visitor.set_viewport_size({"width": width, "height": 900})
        assert faults(visitor, rules=["color-contrast"] if scheme == "dark" else None) == []
        assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Make private").click()
    expect(page.locator("#public")).to_contain_text("Private")
    answer = visitor.reload()
    assert answer is not None
    assert answer.status == 404
    visitor.context.close()
