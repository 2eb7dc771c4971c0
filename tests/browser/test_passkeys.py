"""Passkeys, with Chromium's own virtual authenticator: to sign in alone, and as the second step."""

import re
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.accounts import PASSWORD
from tests.browser.conftest import Product
from tests.browser.journeys import faults


def _device(page: Page, *, verifies: bool = True) -> tuple[CDPSession, str]:
    """Give the browser an authenticator that agrees to everything, as a person with a finger on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal" if verifies else "usb",
        "hasResidentKey": verifies,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made: dict[str, Any] = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, str(made["authenticatorId"])


def _add(page: Page, name: str, *, alone: bool = True) -> None:
    page.goto("/account/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Allow sign-in without a password").set_checked(alone)
    assert faults(page) == []
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def _sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()


def test_a_passkey_is_added_signs_in_alone_and_proves_who_one_is(page: Page, product: Product) -> None:
    product.sign_up(page, "passkey@example.com")
    _device(page)
    _add(page, "Blue key")
    assert faults(page) == []
    _sign_out(page)

    page.goto("/account/login/?next=/profile/")
    assert faults(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(re.compile(r"\d/profile/$"))
    page.goto("/account/security/passkeys/")
    expect(page.locator("main")).to_contain_text("Blue key")
    expect(page.locator("main")).to_contain_text("last used")
    assert faults(page) == []
    page.get_by_role("link", name="Rename Blue key").click()
    page.get_by_role("link", name="Use a passkey").click()
    assert faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name").fill("Old key")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Old key").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("You don’t have any passkeys yet.")


def test_with_the_password_it_is_the_second_step(page: Page, product: Product) -> None:
    product.sign_up(page, "second@example.com")
    _device(page, verifies=False)
    _add(page, "Door key", alone=False)
    _sign_out(page)

    page.goto("/account/login/")
    page.get_by_label("Email").fill("second@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Two-factor authentication")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(re.compile("/today/$"))
    page.goto("/account/security/passkeys/")
    expect(page.locator("main")).to_contain_text("Second factor only")


def test_a_passkey_of_nobody_here_lets_nobody_in(page: Page, product: Product) -> None:
    product.sign_up(page, "removed@example.com")
    _device(page)
    _add(page, "Lost key")
    page.goto("/account/security/passkeys/")
    page.get_by_role("link", name="Remove Lost key").click()
    page.get_by_role("button", name="Remove").click()
    _sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("main")).to_contain_text("isn’t registered with any account")
    page.goto("/profile/")
    expect(page).to_have_url(re.compile("/account/login/"))


def test_who_cancels_is_told_and_can_try_again(page: Page, product: Product) -> None:
    devtools, authenticator = _device(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("cancelled")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()
    assert faults(page) == []


def test_a_passkey_belongs_to_this_host_alone(page: Page, product: Product) -> None:
    product.sign_up(page, "phished@example.com")
    devtools, authenticator = _device(page)
    _add(page, "Home key")

    held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})

    (credential,) = held["credentials"]
    assert credential["rpId"] == "localhost"
    assert credential["isResidentCredential"]


def test_without_script_nothing_is_offered_that_cannot_work(
    page_without_script: Page, product: Product
) -> None:
    page = page_without_script
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    product.sign_up(page, "plainkey@example.com")

    page.goto("/account/security/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("button", name="Add passkey")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("This browser doesn’t support passkeys")
