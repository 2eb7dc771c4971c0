"""Signing in with an account elsewhere, in a real browser that obeys our pages' policy, through a real issuer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.issuer import CLIENT_ID, CLIENT_SECRET, Issuer
from tests.browser.conftest import Product, copied, started
from tests.browser.journeys import faults


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.close()


@pytest.fixture(scope="module")
def linked(demo_home: Path, tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Product]:
    """A product of its own, configured by the environment alone."""
    settings = {
        "MOMENTUM_OIDC_ISSUER": issuer.url,
        "MOMENTUM_OIDC_CLIENT_ID": CLIENT_ID,
        "MOMENTUM_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "MOMENTUM_OIDC_NAME": "Example ID",
    }
    with started(copied(demo_home, tmp_path_factory.mktemp("linked") / "home"), **settings) as running:
        yield running


@pytest.mark.parametrize("script", ["on", "off"])
def test_somebody_new_goes_there_and_comes_back_signed_in(
    browser: Browser, linked: Product, issuer: Issuer, script: str
) -> None:
    issuer.person |= {"sub": f"new-{script}", "email": f"new-{script}@example.com"}
    context = browser.new_context(base_url=linked.url, java_script_enabled=script == "on")
    page = context.new_page()
    page.goto("/account/login/?next=/profile/")

    page.get_by_role("button", name="Continue with Example ID").click()

    expect(page).to_have_url(re.compile(r"\d/profile/$"))
    page.get_by_role("link", name="Email address").click()
    expect(page.locator("main")).to_contain_text(f"new-{script}@example.com")
    context.close()


def test_an_account_here_is_entered_by_its_owner_first_and_then_linked(
    browser: Browser, linked: Product, issuer: Issuer
) -> None:
    owner = linked.credentials["learner"]
    issuer.person |= {"sub": "linked", "email": owner["email"]}
    context = browser.new_context(base_url=linked.url)
    page: Page = context.new_page()
    page.goto("/account/login/")
    assert faults(page) == []
    page.get_by_role("button", name="Continue with Example ID").click()

    expect(page.locator("#messages")).to_contain_text("Sign in to it first, then connect")
    page.get_by_label("Email").fill(owner["email"])
    page.get_by_label("Password", exact=True).fill(owner["password"])
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    assert faults(page) == []
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("button", name="Disconnect Example ID")).to_be_visible()
    assert faults(page) == []
    context.close()

    other = browser.new_context(base_url=linked.url)
    page = other.new_page()
    page.goto("/account/login/")
    page.get_by_role("button", name="Continue with Example ID").click()
    expect(page).to_have_url(re.compile("/today/$"))
    page.goto("/account/sessions/")
    expect(page.get_by_role("button", name=re.compile("^Sign out Chrome"))).to_have_count(1)
    assert faults(page) == []
    page.get_by_role("button", name="Sign out all other sessions").click()
    expect(page.locator("#messages")).to_contain_text("Signed out of 1 other browser.")
    other.close()


def test_another_address_is_confirmed_at_both(page: Page, product: Product) -> None:
    product.sign_in(page, "learner", anew=True)
    page.goto("/account/email/")
    page.get_by_label("New email address").fill("elsewhere@example.com")
    page.get_by_role("button", name="Change email address").click()
    page.get_by_label("Password", exact=True).fill(product.credentials["learner"]["password"])
    page.get_by_role("button", name="Continue", exact=True).click()

    expect(page.locator("main")).to_contain_text(
        "After that, your email address will be elsewhere@example.com."
    )
    assert faults(page) == []
    page.get_by_role("button", name="Cancel the change").click()
    expect(page.locator("#messages")).to_contain_text("Your email address won’t change.")
