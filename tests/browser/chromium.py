"""Finding a Chromium for the browser tests: on the PATH, Playwright's own, or the distribution's package.

Run as a module it installs one where it can, and says in one sentence where it can't.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

# The headless shell draws for nobody to see, and takes half the time; it comes with Debian's and Playwright's Chromium.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
MISSING = (
    "The browser tests need Chromium, and none could be found or installed. Install Chromium or Chrome so "
    "that it is on the PATH, or run `playwright install chromium`, and try again."
)


def find() -> str | None:
    """Return the path of a Chromium, or None where there is none."""
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Playwright's download, then (Debian, as root) the distribution's package."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if found := find():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        quiet: Any = {"timeout": 900, "env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        for package in ("chromium-headless-shell", "chromium"):
            if not find():
                subprocess.run(["apt-get", "install", "-qq", "-y", package], check=False, **quiet)
    return find()


def main() -> None:
    """Make sure that there is one, or leave with a sentence."""
    found = find() or install()
    if not found:
        raise SystemExit(MISSING)
    sys.stdout.write(f"Chromium: {found}\n")


if __name__ == "__main__":
    main()
