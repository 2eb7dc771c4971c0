"""Single keys on a lesson page, the moment after a lesson, and the clock that counts only who is there."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

SECOND = "/courses/a-habit-that-holds/lessons/2/"


def test_keys_lead_to_the_lessons_around_and_to_what_is_on_the_page(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(SECOND)

    page.keyboard.press("c")
    expect(page.locator("#finish .btn").first).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator(".reader__rail .syllabus a").first).to_be_focused()
    page.keyboard.press("j")
    expect(page).to_have_url(f"{product.url}/courses/a-habit-that-holds/lessons/3/")
    page.keyboard.press("k")
    expect(page).to_have_url(f"{product.url}{SECOND}")
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search courses")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page).to_have_url(f"{product.url}{SECOND}")
    expect(page.get_by_role("combobox", name="Search courses")).to_have_value("jk?")


def test_on_a_narrow_page_the_list_of_lessons_is_a_drawer(page: Page, product: Product) -> None:
    page.set_viewport_size({"width": 600, "height": 800})
    product.sign_in(page, "learner")
    page.goto(SECOND)

    page.keyboard.press("s")

    expect(page.get_by_role("dialog", name="A habit that holds")).to_be_visible()
    page.keyboard.press("j")
    expect(page).to_have_url(f"{product.url}{SECOND}")


def test_they_are_told_of_and_can_be_switched_off(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(SECOND)
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")

    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_timeout(500)  # colours glide
    assert faults(page, rules=["color-contrast"]) == []
    dialog.get_by_label("Turn off shortcuts in this browser").check()
    page.keyboard.press("Escape")
    page.reload()
    for key in ("j", "?"):
        page.keyboard.press(key)

    expect(dialog).to_be_hidden()
    expect(page).to_have_url(f"{product.url}{SECOND}")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    dialog.get_by_label("Turn off shortcuts in this browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page).to_have_url(f"{product.url}/courses/a-habit-that-holds/lessons/3/")


def test_without_script_nothing_is_promised(page_without_script: Page, product: Product) -> None:
    page = page_without_script
    product.sign_in(page, "learner")
    page.goto(SECOND)

    expect(page.get_by_text("Keyboard shortcuts").first).to_be_hidden()


def test_the_sun_comes_up_once_and_stands_still_for_who_wants_no_motion(
    browser: Browser, product: Product
) -> None:
    context = browser.new_context(base_url=product.url)
    page = context.new_page()
    product.sign_up(page, "sunrise@example.com")
    page.goto("/courses/how-to-look-at-a-painting/")
    page.get_by_role("button", name="Start course").click()

    page.get_by_role("button", name="Complete day 1").click()

    sun = page.locator(".finish__rise")
    expect(sun).to_be_visible()
    assert sun.evaluate("it => getComputedStyle(it).animationName") == "sunrise"
    page.emulate_media(reduced_motion="reduce")
    assert sun.evaluate("it => getComputedStyle(it).animationName") == "none"
    context.close()


def test_only_who_looks_at_the_page_is_counted(browser: Browser, product: Product) -> None:
    context = browser.new_context(base_url=product.url)
    page = context.new_page()
    product.sign_up(page, "counted@example.com")
    page.goto("/courses/how-to-look-at-a-painting/")
    page.get_by_role("button", name="Start course").click()
    page.wait_for_url("**/lessons/**")
    lesson = page.url
    # Another page, whose time goes by where we say so, however long we take.
    page = context.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    said: list[str] = []
    page.on(
        "request",
        lambda one: (
            said.append((one.post_data or "").partition('name="state"')[2].split()[0])
            if one.url.endswith("/heartbeat/")
            else None
        ),
    )
    page.goto(lesson)

    page.mouse.move(10, 10)
    page.clock.run_for(41_000)
    reading = list(said)
    page.clock.run_for(300_000)  # nothing moves for five minutes
    idle = said[len(reading) :]
    page.mouse.move(15, 15)
    page.clock.run_for(21_000)
    back = said[len(reading) + len(idle) :]
    hidden = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })"
    page.evaluate(f"() => {{ {hidden}; document.dispatchEvent(new Event('visibilitychange')) }}")
    page.mouse.move(20, 20)
    left = len(said)
    page.clock.run_for(120_000)

    assert reading == ["read"] * 3
    # Up to two minutes without a sign may be spent reading; after that nobody is there.
    assert 0 < len(idle) <= 6
    assert idle[-1] == "stop"
    assert set(idle[:-1]) == {"read"}
    assert back == ["start", "read"]
    assert said[left - 1] == "stop"
    assert said[left:] == []
    context.close()
