"""Finding a course in a real browser: while typing, by keyboard, without script, and back again."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults


def _cards(page: Page) -> list[str]:
    return page.locator("#results .card__title").all_inner_texts()


def test_typing_in_the_catalogue_shows_results_without_a_new_page(page: Page) -> None:
    page.goto("/courses/")
    page.evaluate("document.documentElement.dataset.stayed = 'yes'")

    page.get_by_label("Search courses").press_sequentially("sleep", delay=20)

    expect(page).to_have_url(re.compile(r"/courses/\?q=sleep$"))
    expect(page.locator("#results .card__title").first).to_have_text("Sleep, explained")
    expect(page.locator("#results mark").first).to_have_text(re.compile("sleep", re.IGNORECASE))
    assert page.locator("html").get_attribute("data-stayed") == "yes"
    expect(page.get_by_label("Search courses")).to_be_focused()
    expect(page.locator("#announcements")).to_have_text(re.compile(r"^\d+ courses?$"))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def test_a_filter_keeps_focus_updates_counts_and_can_be_taken_away(page: Page) -> None:
    page.goto("/courses/")
    every = len(_cards(page))
    page.locator("#level-intermediate").focus()

    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"/courses/\?level=intermediate$"))
    expect(page.locator("#level-intermediate")).to_be_focused()
    expect(page.locator("#level-intermediate")).to_be_checked()
    page.get_by_role("link", name="Remove Intermediate").click()
    expect(page).to_have_url(re.compile(r"/courses/$"))
    expect(page.locator("#level-intermediate")).not_to_be_checked()
    assert len(_cards(page)) == every


def test_back_goes_to_the_results_before(page: Page) -> None:
    page.goto("/courses/")
    every = len(_cards(page))
    page.locator("label", has_text="Intermediate").click()
    expect(page).to_have_url(re.compile("level=intermediate"))
    narrowed = _cards(page)
    assert 0 < len(narrowed) < every
    page.locator("#sort").select_option("title")
    expect(page).to_have_url(re.compile("sort=title"))

    page.go_back()
    expect(page).to_have_url(re.compile(r"/courses/\?level=intermediate$"))
    expect(page.locator("#sort")).to_have_value("")
    assert _cards(page) == narrowed
    page.go_back()
    expect(page.locator("#results .card__title")).to_have_count(every)
    page.go_forward()
    expect(page.locator("#results .card__title")).to_have_count(len(narrowed))


def test_suggestions_are_gone_through_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search courses")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially("ex", delay=20)
    expect(options.first).to_have_text("Sleep, explained")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    assert faults(page) == []

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")

    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ex")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/courses/sleep-explained/$"))


def test_a_misspelling_is_offered_mended_and_all_results_come_last(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search courses")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")

    box.press_sequentially("slepe", delay=20)
    expect(options.first).to_have_text("sleep")
    expect(options.last).to_have_text("See all results for “slepe”")
    expect(page.get_by_role("status").filter(has_text="Did you mean sleep?")).to_have_count(1)
    assert faults(page) == []
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/courses/\?q=slepe$"))
    expect(page.locator("#results")).to_contain_text("Showing results for sleep")


def test_a_filter_that_is_slow_shows_that_it_is_loading_and_says_what_it_found(page: Page) -> None:
    page.goto("/courses/")
    waiting: list[Route] = []
    page.route(re.compile("level=intermediate"), lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright marks what it calls

    page.locator("#level-intermediate").focus()
    page.keyboard.press("Space")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#results")).to_have_css("opacity", "0.5")
    waiting[0].continue_()

    expect(page.locator("#announcements")).to_have_text(re.compile(r"^\d+ courses?$"))
    assert page.locator("#results").get_attribute("aria-busy") is None
    expect(page.locator("#level-intermediate")).to_be_focused()


def test_on_a_phone_the_one_right_button_stays_in_view_and_covers_nothing_at_the_end(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/courses/sleep-explained/")
    button = page.locator("main .btn--main")
    expect(button).to_have_count(1)

    for way in ("top", "bottom"):
        page.evaluate("way => scrollTo(0, way === 'top' ? 0 : document.documentElement.scrollHeight)", way)
        expect(button).to_be_in_viewport(ratio=1)
    covered = page.evaluate("""() => {
        const over = document.querySelector("main .btn--main").getBoundingClientRect();
        const others = [...document.querySelectorAll(".foot a, .foot button, .consent a, .consent button")];
        return others.filter((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > over.top).length;
    }""")

    assert covered == 0
    first = page.get_by_role("heading", name="What you’ll learn").bounding_box()
    assert first["y"] < page.get_by_role("heading", name=re.compile("lessons$")).bounding_box()["y"]


def test_enter_without_a_suggestion_searches(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search courses")

    box.fill("emails")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/courses/\?q=emails$"))
    assert _cards(page)[0] == "Write emails people answer"


def test_only_the_last_letters_are_answered(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggestions/" in request.url else None)
    page.clock.install()
    page.goto("/")
    box = page.get_by_role("combobox", name="Search courses")
    expect(box).to_be_visible()

    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    box.press_sequentially("sleep")
    page.clock.resume()

    expect(page.get_by_role("option").first).to_be_visible()
    assert [url.partition("?q=")[2] for url in asked] == ["sleep"]


def test_without_script_the_box_and_the_filters_are_forms_and_links(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/")
    page.get_by_role("searchbox", name="Search courses").fill("slepe")
    page.get_by_role("searchbox", name="Search courses").press("Enter")

    assert "Showing results for sleep" in page.locator("#results").inner_text()
    assert _cards(page)[0] == "Sleep, explained"
    page.goto("/courses/")
    every = len(_cards(page))
    page.locator("label", has_text="Intermediate").click()
    page.get_by_role("button", name="Show courses").click()
    expect(page).to_have_url(re.compile("level=intermediate"))
    page.get_by_role("link", name="Remove Intermediate").click()
    expect(page.locator("#results .card__title")).to_have_count(every)


def test_on_a_phone_the_filters_rise_and_are_put_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/courses/")
    expect(page.get_by_role("group", name="Level")).to_be_hidden()

    page.get_by_text("Filters", exact=True).click()
    page.locator("label", has_text="Intermediate").click()
    expect(page).to_have_url(re.compile("level=intermediate"))
    expect(page.get_by_role("group", name="Level")).to_be_visible()
    assert faults(page) == []
    page.get_by_text("Done", exact=True).click()

    expect(page.get_by_role("group", name="Level")).to_be_hidden()
    expect(page.get_by_role("link", name="Remove Intermediate")).to_be_visible()


def test_a_search_that_was_looked_at_reaches_the_panel_once(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/courses/")
    with page.expect_request("**/search/log/") as told:
        page.get_by_label("Search courses").fill("popcorn")
    first = told.value.post_data_json
    expect(page.locator("#results .card__title")).to_have_count(1)
    with page.expect_request("**/search/log/") as opened:
        page.locator("#results .card__title a").click()
    click = opened.value.post_data_json
    with page.expect_request("**/search/log/") as again:
        page.go_back()

    assert again.value.post_data_json["id"] == first["id"] == click["id"]
    assert (click["course"], click["position"]) == ("a-habit-that-holds", 1)
    page.goto("/panel/search/")
    row = page.locator("#figures table").first.get_by_role("row").filter(has_text="popcorn")
    expect(row.get_by_role("cell")).to_have_text(["1", "0%", "100%", "0%"])
    assert faults(page) == []
