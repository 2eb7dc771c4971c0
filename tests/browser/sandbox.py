"""What people do with the payment sandbox, and waiting for what follows from it."""

import re
import time

from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect


def until(page: Page, address: str, text: str) -> None:
    """Load a page that says so by now or soon: the worker has to hear of it first."""
    deadline = time.monotonic() + 60
    while not _says(page.context.request.get(address).text(), text):
        assert time.monotonic() < deadline, f"{address} never says {text!r}"
        time.sleep(0.2)
    page.goto(address)
    expect(page.locator("main")).to_contain_text(text, use_inner_text=True)


def _says(html: str, text: str) -> bool:
    main = BeautifulSoup(html, "html.parser").select_one("main")
    return main is not None and " ".join(text.split()) in " ".join(main.get_text().split())


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def at_the_desk(admin: Page, row: str, button: str) -> None:
    """Press a button of the sandbox's desk, in the first row that says this and has it."""
    admin.goto("/sandbox/")
    rows = admin.locator("tr, .list__row").filter(has_text=row)
    rows.filter(has=admin.get_by_role("button", name=button)).first.get_by_role("button", name=button).click()
