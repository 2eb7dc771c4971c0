"""An account in a browser: the rules of a password, all settings from one address, and whose day it is."""

from playwright.sync_api import Browser, Page, expect

from tests.browser import accounts
from tests.browser.accounts import PASSWORD
from tests.browser.conftest import Product
from tests.browser.journeys import faults, sign_up

WIDTHS = (320, 390, 820, 1440)


def test_the_rules_of_a_password_are_ticked_off_while_it_is_typed(page: Page) -> None:
    page.goto("/account/signup/")
    rules = page.locator("password-rules")
    for typed, met in (("", 0), ("ab", 1), ("abC", 2), ("abC1-", 4), ("abC1-efg", 5)):
        page.get_by_label("Password", exact=True).fill(typed)
        expect(rules.locator(".rules__met")).to_have_count(met)

    expect(rules.get_by_role("status")).to_have_text("All requirements met")
    assert page.get_by_label("Password", exact=True).get_attribute("aria-describedby") == "id_password1_rules"
    expect(page.get_by_role("main").get_by_role("link", name="Terms")).to_be_visible()
    assert faults(page) == []


def test_without_script_the_rules_are_read(page_without_script: Page) -> None:
    page_without_script.goto("/account/signup/")

    expect(page_without_script.get_by_text("An uppercase letter")).to_be_visible()


def test_settings_lead_to_everything_and_back(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto("/settings/")
    listed = page.locator(".settings__list a").all_inner_texts()
    assert listed == [
        "Profile", "Email address", "Sign-in & security", "Connected accounts", "Active sessions", "Billing",
        "Notifications", "Calendar", "Support", "Privacy & data", "Appearance",
    ]  # fmt: skip
    for name in listed:
        page.goto("/settings/")
        page.locator(".settings__list").get_by_role("link", name=name, exact=True).click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert faults(page) == [], name
        expect(page.locator(".settings__nav").get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "page"
        )


def test_a_browser_in_another_zone_is_asked_about_once(browser: Browser, product: Product) -> None:
    person = {"email": "traveller@example.com", "password": PASSWORD}
    home = browser.new_context(base_url=product.url, timezone_id="Europe/Madrid").new_page()
    sign_up(home, product.home, person["email"])
    expect(home.locator("time-zone-question")).to_be_hidden()

    away = browser.new_context(base_url=product.url, timezone_id="Asia/Tokyo").new_page()
    accounts.sign_in(away.context, person)
    away.goto("/profile/")
    expect(away.locator("#id_time_zone")).to_have_value("Europe/Madrid")
    question = away.locator("time-zone-question")
    expect(question).to_contain_text("You seem to be in Tokyo. Use Tokyo time?")
    assert faults(away) == []
    with away.expect_response("**/account/time-zone/"):
        question.get_by_role("button", name="No", exact=True).click()
    expect(question).to_be_hidden()
    away.goto("/profile/")
    expect(away.locator("#id_time_zone")).to_have_value("Europe/Madrid")
    expect(question).to_be_hidden()

    # Of another zone it is asked anew.
    further = browser.new_context(base_url=product.url, timezone_id="America/Lima").new_page()
    accounts.sign_in(further.context, person)
    further.goto("/today/")
    # The page is loaded anew in the other zone.
    with further.expect_navigation():
        further.locator("time-zone-question").get_by_role("button", name="Yes", exact=True).click()
    further.goto("/profile/")
    expect(further.locator("#id_time_zone")).to_have_value("America/Lima")
    expect(further.locator("time-zone-question")).to_be_hidden()
