"""The product, started as a person starts it, and a browser to use it with."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from momentum.core import child_process
from tests.browser import accounts, chromium
from tests.browser.journeys import ANSWERED
from tests.database import lay_out_migrated
from tests.processes import free_port


@dataclass(frozen=True)
class Product:
    """A running Momentum: where it answers, where it keeps things, and how to sign in."""

    url: str
    home: Path
    credentials: dict[str, dict[str, str]]
    _cookies: dict[str, list[Any]] = field(default_factory=dict)

    def sign_in(self, page: Page, who: str, *, anew: bool = False) -> None:
        """Have this page's browser signed in: with a session that tests share, or with one of its own to end."""
        if not anew and who in self._cookies:
            page.context.add_cookies(self._cookies[who])
            return
        page.context.clear_cookies()
        accounts.sign_in(page.context, self.credentials[who])
        if not anew:
            self._cookies[who] = page.context.cookies()

    def sign_up(self, page: Page, address: str) -> None:
        """Have this page's browser signed in to an account made for it; others sign in by its address."""
        accounts.sign_up(page, self.home, address)
        self.credentials[address] = {"email": address, "password": accounts.PASSWORD}
        self._cookies[address] = page.context.cookies()


# Each file is one worker's; those that take longest begin first, so that nobody waits for one of them in the end.
LONGEST = (
    "axe_panel",
    "axe",
    "buying",
    "outcomes",
    "main_job",
    "keeping",
    "identities",
    "consent",
    "search",
    "passkeys",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    places = {here / f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo_home(shared_folder: Path) -> Path:
    """A home in which the product was started once, with the demo loaded: made by whichever worker needs it first."""
    made = shared_folder / "demo-home"
    with (shared_folder / "demo-home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            lay_out_migrated(shared_folder / "demo-home.new" / "postgres")
            with started(shared_folder / "demo-home.new") as running:
                pass
            running.home.rename(made)
    return made


@pytest.fixture(scope="session")
def product(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`momentum run` in a folder of its own, with the demo loaded."""
    with started(copied(demo_home, tmp_path_factory.mktemp("momentum") / "home")) as running:
        yield running


def copied(home: Path, to: Path) -> Path:
    """Copy the home of a product that has stopped, with the owners of its files; return the copy."""
    subprocess.run(["cp", "-a", home, to], check=True)
    return to


@contextmanager
def started(home: Path, **settings: str) -> Iterator[Product]:
    """Run the product there, with these variables besides."""
    port = free_port()
    url = f"http://localhost:{port}"
    names = {"MOMENTUM_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MOMENTUM_LOG_LEVEL"}
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"MOMENTUM_HOME": str(home), "PORT": str(port), "PYTHONUNBUFFERED": "1", **settings}
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            # It ends with this process, also when that is interrupted.
            child_process.command([sys.executable, "-m", "momentum", "run"], on_parent_death=signal.SIGINT),
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, url, log, home / "credentials.json")
        yield Product(url, home, json.loads((home / "credentials.json").read_text()))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path, credentials: Path) -> None:
    deadline = time.monotonic() + 300  # beside other work a start takes minutes
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200 and credentials.exists():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    pytest.fail(f"momentum run did not become ready:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if not path:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        make = launched.new_context

        def new_context(*, asked: bool = False, **options: Any) -> BrowserContext:
            made = make(**options)
            if not asked:
                made.add_init_script(ANSWERED)
            return made

        launched.new_context = new_context  # type: ignore[method-assign]
        yield launched
        launched.close()


@pytest.fixture(autouse=True)
def left_open(browser: Browser) -> Iterator[None]:
    """Close what a test opened: a page that stays open goes on asking, and slows all that come after."""
    before = set(browser.contexts)
    yield
    for one in set(browser.contexts) - before:
        one.close()


@pytest.fixture
def context(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    """A fresh browser profile; a page's console errors and failed loads fail the test."""
    made = browser.new_context(base_url=product.url, viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    made.on("weberror", lambda error: problems.append(str(error.error)))
    made.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield made
    made.close()
    expected = ("404", "403", "409", "422", "429")
    unexpected = [text for text in problems if not any(f"status of {code}" in text for code in expected)]
    assert unexpected == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page_without_script(browser: Browser, product: Product) -> Iterator[Page]:
    made = browser.new_context(base_url=product.url, java_script_enabled=False)
    yield made.new_page()
    made.close()
