"""Without a connection: lessons that were read before can be read, everything else says what is going on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

FIRST = "/courses/a-habit-that-holds/lessons/1/"
SECOND = "/courses/a-habit-that-holds/lessons/2/"
KEPT = """async () => {
  const names = (await caches.keys()).filter(name => name.startsWith("lessons-"));
  const kept = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(r => r.url)));
  return kept.flat().map(url => new URL(url).pathname) }"""


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    """The learner's browser, with the service worker at work."""
    context = browser.new_context(base_url=product.url, viewport={"width": 390, "height": 844})
    made = context.new_page()
    product.sign_in(made, "learner", anew=True)
    made.goto("/today/")
    made.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    yield made
    context.close()


def _read(page: Page, address: str) -> str:
    """Open a lesson, and wait until it is kept; return its heading."""
    page.goto(address)
    for _ in range(100):
        if address in page.evaluate(KEPT):
            break
        page.wait_for_timeout(50)
    return page.locator("h1").inner_text()


def test_a_lesson_that_was_read_before_can_be_read_again(page: Page) -> None:
    title = _read(page, FIRST)
    page.goto("/courses/")
    page.context.set_offline(True)

    page.goto(FIRST)

    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".prose")).to_be_visible()
    # With its looks: the page's own type, not the browser's.
    assert "Newsreader" in page.locator("h1").evaluate("it => getComputedStyle(it).fontFamily")


def test_another_page_says_that_one_is_offline_and_names_the_lessons_there_are(page: Page) -> None:
    title = _read(page, FIRST)
    page.context.set_offline(True)

    page.goto(SECOND)

    expect(page.locator("h1")).to_have_text("You’re offline")
    assert faults(page) == []
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    page.goto("/today/")
    expect(page.locator("h1")).to_have_text("You’re offline")
    expect(page.get_by_role("link", name="Try again")).to_be_visible()
    page.context.set_offline(False)
    # By itself, as soon as there is a connection.
    expect(page).to_have_title("Today · Momentum")


def test_only_lessons_are_kept(page: Page) -> None:
    _read(page, FIRST)

    for address in ("/today/", "/profile/", "/courses/", "/account/email/"):
        page.goto(address)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(KEPT) == [FIRST]


def test_whoever_signs_out_leaves_nothing_to_read(page: Page, product: Product) -> None:
    _read(page, FIRST)
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)

    page.goto(FIRST)

    expect(page.locator("h1")).to_have_text("You’re offline")
    assert page.evaluate(KEPT) == []


def test_the_next_person_in_this_browser_finds_none_of_it(page: Page, product: Product) -> None:
    _read(page, FIRST)
    page.context.clear_cookies()
    product.sign_in(page, "admin")
    page.goto("/courses/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)

    page.goto(FIRST)

    expect(page.locator("h1")).to_have_text("You’re offline")
    expect(page.get_by_role("heading", name="Lessons available offline")).to_be_hidden()


def test_a_lesson_that_may_no_longer_be_read_is_forgotten(page: Page) -> None:
    _read(page, FIRST)
    _read(page, SECOND)
    reader = page.locator("saved-state").get_attribute("reader")
    refused = f"<saved-state class='saved' reader=\"{reader}\"></saved-state>"
    page.context.route(
        f"**{FIRST}", lambda route: route.fulfill(status=403, body=refused, content_type="text/html")
    )

    page.goto(FIRST)
    for _ in range(100):
        if page.evaluate(KEPT) == [SECOND]:
            break
        page.wait_for_timeout(50)

    assert page.evaluate(KEPT) == [SECOND]


def test_signing_out_without_a_connection_deletes_what_was_kept_and_is_made_good_later(
    page: Page, product: Product
) -> None:
    _read(page, FIRST)
    other = page.context.new_page()
    _read(other, SECOND)
    page.context.set_offline(True)
    # What was changed meanwhile isn't lost by it.
    item = other.locator(".tick__button").first
    pressed = item.get_attribute("aria-pressed") == "true"
    item.click()
    expect(item).to_have_attribute("aria-pressed", str(not pressed).lower())

    page.get_by_label("account menu").click()
    page.locator(".menu").get_by_role("button", name="Sign out").click()

    expect(page.locator("h1")).to_have_text("Signed out on this device")
    expect(page.locator("main")).to_contain_text("have been deleted")
    expect(page.locator("main")).to_contain_text("our server doesn’t know yet")
    assert faults(page) == []
    assert page.evaluate(KEPT) == []
    # Neither another tab nor an address shows anything of theirs.
    expect(other.locator("h1")).to_have_text("Signed out on this device")
    other.goto(FIRST)
    expect(other.locator("h1")).to_have_text("Signed out on this device")
    other.close()
    page.context.set_offline(False)
    expect(page).not_to_have_url(f"{product.url}/offline/signed-out/")
    page.goto("/today/")
    expect(page).to_have_title("Sign in · Momentum")
    product.sign_in(page, "learner")
    page.goto(SECOND)
    expect(page.locator(".tick__button").first).to_have_attribute("aria-pressed", str(not pressed).lower())
    page.locator(".tick__button").first.click()
    expect(page.locator("saved-state")).to_have_text("Saved")


def test_a_session_that_ended_elsewhere_empties_this_browser_at_the_first_word_of_it(page: Page) -> None:
    def emptied() -> bool:
        for _ in range(100):
            if page.evaluate(KEPT) == []:
                return True
            page.wait_for_timeout(50)
        return False

    _read(page, FIRST)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="momentum_session")

    page.locator(".tick__button").first.click()

    expect(page.locator("saved-state")).to_be_visible()
    assert emptied(), "what a page asks for by itself was refused"
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    _read(page, FIRST)
    page.context.clear_cookies(name="momentum_session")
    page.goto(SECOND)
    expect(page).to_have_title("Sign in · Momentum")
    assert emptied(), "a page led to where one signs in"
