"""What people do again and again, by what they see on the page."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.accounts import PASSWORD, link_sent_to

# Who comes for the first time is asked whether their visit may be counted; tests/browser/test_consent.py is.
ANSWERED = """
try {
  const on = new Date().toISOString();
  localStorage.getItem("momentum.visits") ?? localStorage.setItem("momentum.visits", JSON.stringify({ on }));
} catch {}
"""


def sign_in(page: Page, who: dict[str, str]) -> None:
    """Sign in with an address and a password, on the page for it."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(who["email"])
    page.get_by_label("Password", exact=True).fill(who["password"])
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/account/login/"))


def sign_up(page: Page, home: Path, address: str, *, at: str = "/account/signup/") -> None:
    """Make an account on the page for it, and follow the link in the mail."""
    page.goto(at)
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button.btn--main, main form button[type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("/account/signup/"))
    page.goto(link_sent_to(home, address))
    page.locator("main form button").first.click()
    expect(page).not_to_have_url(re.compile("/account/confirm-email/"), timeout=30_000)


def complete(page: Page, first: int, last: int) -> None:
    """Complete these days, each from the page the one before led to."""
    for day in range(first, last + 1):
        page.get_by_role("button", name=f"Complete day {day}").click()
        if day < last:
            page.get_by_role("link", name=f"Continue with day {day + 1}").click()


def pdf(name: str, data: bytes) -> Any:
    """Return a file to upload."""
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def at_rest(page: Page) -> None:
    """Wait until the page stands as it will stand: its types there, its widths known, what glides at its end."""
    page.evaluate(
        """async () => {
          const gliding = () => document.getAnimations().filter((one) =>
            one.playState !== "finished" && isFinite(one.effect.getComputedTiming().endTime));
          const frame = () => new Promise(requestAnimationFrame);
          await document.fonts.ready;
          // A change of colours or widths is seen a frame or two later, and may set off another.
          for (let calm = 0; calm < 4; calm++) {
            await frame();
            for (const one of gliding()) {
              one.finish();
              calm = 0;
            }
          }
        }"""
    )


def faults(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on this page at rest, by all its rules or by these."""
    at_rest(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options: dict[str, list[str]] = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = page.evaluate("options => axe.run(options).then(({violations}) => violations)", options)
    nodes = [(one["id"], node) for one in found for node in one["nodes"]]
    return [f"{rule}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}" for rule, node in nodes]
