"""What people do with the payment sandbox, and waiting for what follows from it."""

import re

from playwright.sync_api import Page


def until(page: Page, address: str, text: str) -> None:
    """Load a page until it says so: the worker has to hear of it first."""
    for _attempt in range(60):
        page.goto(address)
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{address} never says {text!r}")


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def at_the_desk(admin: Page, row: str, button: str) -> None:
    """Press a button of the sandbox's desk, in the first row that says this and has it."""
    admin.goto("/sandbox/")
    rows = admin.locator("tr, .list__row").filter(has_text=row)
    rows.filter(has=admin.get_by_role("button", name=button)).first.get_by_role("button", name=button).click()
