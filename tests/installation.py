"""Momentum installed on a machine: its processes as people start them, on a home of their own."""

import email
import email.policy
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.processes import free_port
from tests.visitor import Visitor

ADMIN = "head@example.com"
BASE = "https://learn.example.com"


class Installation:
    """What runs on one home with these settings."""

    def __init__(
        self, home: Path, stack: ExitStack, *, user: list[str] | None = None, **settings: str
    ) -> None:
        self.home, self.user, self._stack = home, user or [], stack
        others = {
            name: value for name, value in os.environ.items() if not name.startswith(("MOMENTUM_", "DJANGO_"))
        }
        self.settings = {**others, "MOMENTUM_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", **settings}

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.user, sys.executable, "-m", "momentum", *words],
            env=self.settings | settings,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *words: str, **settings: str) -> None:
        """Start a process that ends with the test."""
        with tempfile.NamedTemporaryFile("w", dir=self.home.parent, suffix=".log", delete=False) as log:
            process = subprocess.Popen(
                [*self.user, sys.executable, "-m", "momentum", *words],
                env=self.settings | settings,
                cwd="/",
                stdout=log,
                stderr=log,
            )
        self._stack.callback(process.wait, 120)
        self._stack.callback(process.send_signal, signal.SIGTERM)

    def web(self, base: str = "", **settings: str) -> Visitor:
        port = free_port()
        self.start("web", PORT=str(port), MOMENTUM_WEB_WORKERS="2", **settings)
        return Visitor(f"http://127.0.0.1:{port}", base)

    def said(self, last: int = 2000) -> str:
        """Return the end of what each process has written so far."""
        return "\n".join(path.read_text()[-last:] for path in self.home.parent.glob("*.log"))

    def mails(self) -> list[str]:
        letters = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in (self.home / "mail").glob("*.eml")
        ]
        bodies = [letter.get_body(("plain",)) for letter in letters if ADMIN in str(letter["To"])]
        return [body.get_content() for body in bodies if body is not None]


def is_ready(visitor: Visitor, workers: int) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            answer = visitor.open("/readyz")
        except OSError:
            return False
        return answer.status_code == 200 and answer.json()["workers"] == workers

    return ask


def make_admin(installation: Installation, **settings: str) -> str:
    made = installation.run("createadmin", ADMIN, "--generate", **settings)
    found = re.search(r"Password: (\S+)", made.stdout)
    assert found, made.stderr
    return found[1]
