"""What a learner does is never lost: kept in the browser while nobody answers, saved once when somebody does."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.accounts import PASSWORD
from tests.browser.conftest import Product
from tests.browser.journeys import faults, sign_in

COURSE = "/courses/difficult-conversations-at-work/"


@pytest.fixture(scope="module")
def learner(browser: Browser, product: Product) -> str:
    """Somebody new, who has begun the course."""
    context = browser.new_context(base_url=product.url)
    page = context.new_page()
    product.sign_up(page, "offline@example.com")
    page.goto(COURSE)
    page.get_by_role("button", name="Start course").click()
    context.close()
    return "offline@example.com"


@pytest.fixture
def page(browser: Browser, product: Product, learner: str) -> Iterator[Page]:
    """This learner's browser, with its connection."""
    context = browser.new_context(base_url=product.url, viewport={"width": 390, "height": 844})
    made = context.new_page()
    product.sign_in(made, learner)
    yield made
    context.close()


def _lesson(day: int) -> str:
    return f"{COURSE}lessons/{day}/"


def _state(page: Page) -> Locator:
    return page.locator("saved-state")


def _item(page: Page) -> Locator:
    return page.locator(".tick__button").first


def _finish(page: Page, day: int) -> Locator:
    return page.get_by_role("button", name=f"Complete day {day}")


def _lessons_done(page: Page) -> int:
    page.goto("/profile/")
    return int(page.locator(".tile", has_text="Lessons").locator("dd").first.inner_text().split()[0])


def _connect_again(page: Page) -> None:
    page.context.set_offline(False)
    # Chromium tells pages only of changes of the machine's own connection.
    page.evaluate("dispatchEvent(new Event('online'))")


def test_while_connected_it_says_saved(page: Page) -> None:
    page.goto(_lesson(1))

    _item(page).click()

    expect(_state(page)).to_have_text("Saved")
    expect(_item(page)).to_have_attribute("aria-pressed", "true")
    expect(_item(page)).to_be_focused()
    page.reload()
    expect(_item(page)).to_have_attribute("aria-pressed", "true")


def test_what_is_done_offline_is_kept_and_saved_from_any_page_later(page: Page) -> None:
    done = _lessons_done(page)
    page.goto(_lesson(2))
    page.context.set_offline(True)

    _item(page).click()
    expect(_state(page)).to_contain_text("You’re offline. One change is kept on this device")
    expect(_item(page)).to_have_attribute("aria-pressed", "true")
    _finish(page, 2).click()
    expect(_state(page)).to_contain_text("2 changes are kept")
    expect(page.get_by_role("button", name="Completed, saved on this device")).to_be_disabled()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert faults(page, rules=["color-contrast"]) == []
    elsewhere = page.context.new_page()
    page.close()
    elsewhere.context.set_offline(False)
    elsewhere.goto("/courses/")

    expect(_state(elsewhere)).to_have_text("Saved")
    elsewhere.goto(_lesson(2))
    expect(elsewhere.locator("#finish")).to_contain_text("Day 2 complete.")
    expect(_item(elsewhere)).to_have_attribute("aria-pressed", "true")
    assert _lessons_done(elsewhere) == done + 1


def test_taking_a_tick_away_offline_is_kept_in_its_order(page: Page) -> None:
    page.goto(_lesson(3))
    page.context.set_offline(True)
    for pressed in ("true", "false", "true"):
        _item(page).click()
        expect(_item(page)).to_have_attribute("aria-pressed", pressed)

    _connect_again(page)

    expect(_state(page)).to_have_text("Saved")
    page.reload()
    expect(_item(page)).to_have_attribute("aria-pressed", "true")


def test_an_answer_that_got_lost_on_the_way_back_is_asked_for_again_and_counts_once(page: Page) -> None:
    done = _lessons_done(page)
    page.goto(_lesson(3))
    sent = []

    def lose(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fetch(max_redirects=0)  # the server did it
        route.abort()  # and nobody heard

    page.route("**/completion/", lose, times=1)
    _finish(page, 3).click()
    expect(_state(page)).to_contain_text("Not saved yet. One change is kept on this device")

    with page.expect_response("**/completion/") as again:
        page.evaluate("dispatchEvent(new Event('online'))")

    assert again.value.status == 200  # with what the lesson brought
    expect(page.locator("#finish")).to_contain_text("Day 3 complete.")
    name = re.compile(r'name="client_id"\s+([-0-9a-f]{36})')
    assert name.findall(sent[0] or "") == name.findall(again.value.request.post_data or "") != []
    assert _lessons_done(page) == done + 1


def test_two_tabs_send_a_change_once(page: Page) -> None:
    posts: list[str] = []
    page.context.on("request", lambda one: posts.append(one.url) if one.url.endswith("/tick/") else None)
    page.goto(_lesson(4))
    other = page.context.new_page()
    other.goto(_lesson(5))
    page.context.set_offline(True)
    _item(page).click()
    expect(_state(page)).to_contain_text("One change is kept")
    posts.clear()

    page.context.set_offline(False)
    for tab in (other, page):
        tab.evaluate("dispatchEvent(new Event('online'))")

    while not posts:
        page.wait_for_timeout(50)
    for tab in (other, page):
        expect(_state(tab)).not_to_contain_text("kept")
    page.reload()
    expect(_item(page)).to_have_attribute("aria-pressed", "true")
    assert len(posts) == 1


def test_who_was_signed_out_meanwhile_loses_nothing(page: Page, learner: str) -> None:
    page.goto(_lesson(5))
    page.context.clear_cookies(name="momentum_session")

    _item(page).click()
    expect(_state(page)).to_contain_text("You’re signed out. Your changes are kept on this device.")
    page.get_by_role("button", name="Sign in to save them").click()
    page.get_by_label("Email").fill(learner)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_url(re.compile(_lesson(5)))
    expect(_state(page)).to_have_text("Saved")
    expect(_item(page)).to_have_attribute("aria-pressed", "true")


def test_somebody_else_in_the_same_browser_sends_nothing_of_it(
    page: Page, product: Product, learner: str
) -> None:
    posts: list[str] = []
    page.goto(_lesson(6))
    page.context.set_offline(True)
    _item(page).click()
    expect(_state(page)).to_contain_text("One change is kept")
    other = page.context.new_page()
    page.close()
    other.context.clear_cookies()
    other.context.set_offline(False)
    other.context.on("request", lambda one: posts.append(one.url) if one.url.endswith("/tick/") else None)

    sign_in(other, product.credentials["learner"])
    other.goto("/courses/")
    other.wait_for_load_state("networkidle")

    assert posts == []
    expect(_state(other)).to_be_hidden()
    other.context.clear_cookies()
    sign_in(other, product.credentials[learner])
    expect(_state(other)).to_have_text("Saved")
    other.goto(_lesson(6))
    expect(_item(other)).to_have_attribute("aria-pressed", "true")


def test_what_can_no_longer_be_done_is_told_and_dropped_only_when_agreed(
    page: Page, product: Product
) -> None:
    page.goto(_lesson(7))
    page.context.set_offline(True)
    _finish(page, 7).click()
    expect(_state(page)).to_contain_text("One change is kept")
    elsewhere = page.context.new_page()
    page.close()
    refused = "The lesson is gone."
    note = f'<p class="note" data-code="not_found">{refused}</p>'
    elsewhere.route(
        "**/completion/", lambda route: route.fulfill(status=404, body=note, content_type="text/html")
    )
    elsewhere.context.set_offline(False)
    elsewhere.goto(COURSE)

    expect(_state(elsewhere)).to_contain_text(f"One change can’t be saved. {refused}")
    elsewhere.reload()
    expect(_state(elsewhere)).to_contain_text(refused)
    elsewhere.get_by_role("button", name="Discard").click()
    expect(_state(elsewhere)).to_be_hidden()
    elsewhere.reload()
    elsewhere.wait_for_load_state("networkidle")
    expect(_state(elsewhere)).to_be_hidden()


def test_a_video_watched_offline_is_resumed_where_it_was(page: Page) -> None:
    """The module tells positions as events when they don't arrive; the last one alone is kept."""
    page.goto(_lesson(7))
    address = page.locator("lesson-clock").get_attribute("action") or ""
    position = address.replace("heartbeat", "position")
    page.context.set_offline(True)
    for seconds in ("10", "20"):
        page.evaluate(
            """([url, seconds]) => document.dispatchEvent(new CustomEvent("keep",
            { detail: { url, fields: [["seconds", seconds]], latest: true } }))""",
            [position, seconds],
        )
    expect(_state(page)).to_contain_text("One change is kept")

    with page.expect_request("**/position/") as told:
        _connect_again(page)

    assert re.search(r'name="seconds"\s+20', told.value.post_data or "")
    expect(_state(page)).to_have_text("Saved")
