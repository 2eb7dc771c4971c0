"""`make screenshots`: the README's pictures, taken from the running product with its demo."""

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.journeys import ANSWERED, sign_in
from tests.processes import free_port
from tests.providers.pdfs import handbook

FOLDER = Path(__file__).parent / "screenshots"
LESSON = "/courses/how-to-look-at-a-painting/lessons/3/"
PICTURES = {
    "home": ("/", ""),
    "catalogue": ("/courses/", ""),
    "lesson": (LESSON, "learner"),
    "today": ("/today/", "learner"),
}


def main() -> None:
    """Start Momentum in a folder of its own, take every picture, stop it."""
    path = chromium.find()
    if not path:
        raise SystemExit(chromium.MISSING)
    with tempfile.TemporaryDirectory(prefix="momentum-pictures-", ignore_cleanup_errors=True) as home:
        port = free_port()
        environment = os.environ | {"MOMENTUM_HOME": home, "PORT": str(port)}
        command = [sys.executable, "-m", "momentum", "run"]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            _wait(f"http://localhost:{port}/readyz", Path(home) / "credentials.json")
            people = json.loads((Path(home) / "credentials.json").read_text())
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
                _take_all(browser, f"http://localhost:{port}", people)
                browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait(url: str, credentials: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200 and credentials.exists():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit("Momentum did not become ready within two minutes.")


def _take_all(browser: Browser, url: str, people: dict[str, dict[str, str]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (path, who) in PICTURES.items():
        page = _signed_in(browser, url, people.get(who))
        page.goto(path)
        _take(page, name)
    _buy(_signed_in(browser, url, people["learner"]))
    page = _signed_in(browser, url, people["admin"])
    page.goto("/panel/payments/")
    page.locator("tbody a").first.click()
    _take(page, "payment")
    page.goto("/panel/studio/start/")
    document = {"name": "beekeeping.pdf", "mimeType": "application/pdf", "buffer": handbook()}
    page.set_input_files("[name=references]", [document])  # type: ignore[list-item]  # as Playwright takes it
    page.select_option("[name=category]", index=1)
    page.click("main form button.btn--main")
    page.get_by_role("link", name="Review the lessons").wait_for(timeout=120_000)
    _take(page, "job")
    page.get_by_role("link", name="Review the lessons").click()
    _take(page, "review")


def _buy(page: Page) -> None:
    page.goto("/courses/sql-in-ten-minute-mornings/")
    page.get_by_role("link", name="Buy for €29.00").click()
    page.get_by_role("button", name="Pay €29.00").click()
    _take(page, "checkout")
    page.get_by_role("button", name="Pay €29.00").click()
    page.get_by_role("heading", name="It’s yours.").wait_for()


def _signed_in(browser: Browser, url: str, person: dict[str, str] | None) -> Page:
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 860})
    context.add_init_script(ANSWERED)
    page = context.new_page()
    if person:
        sign_in(page, person)
    return page


def _take(page: Page, name: str) -> None:
    """Take a picture with no more colours than the page has inks, which makes it a third of the size."""
    page.wait_for_load_state("networkidle")
    page.evaluate("async () => { await document.fonts.ready }")
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
