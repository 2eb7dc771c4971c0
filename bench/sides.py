"""What is compared: one commit's code on one database, served, and asked by turns with the other side."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.database import surroundings
from bench.site import HERE, Site, Turn

# The pages of this bench, asked for by whatever code stands in the working directory: an older commit's has a bench of
# its own, which knows less.
_BOOT = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location(
    "bench", {str(HERE / "bench" / "__init__.py")!r}, submodule_search_locations=[{str(HERE / "bench")!r}]
)
sys.modules["bench"] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from bench.sides import tell
tell(int(sys.argv[1]))
"""


@dataclass(frozen=True)
class Checkout:
    """A working copy with its own Python."""

    folder: Path
    python: str

    def run(self, words: Sequence[str], environment: Mapping[str, str]) -> str:
        """Run its Python to the end and return what it wrote.

        Raises:
            SystemExit: with what it complained about.
        """
        done = subprocess.run(
            [self.python, *words], cwd=self.folder, env={**os.environ, **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(
                f"{' '.join(words[:3])} in {self.folder}: {(done.stderr or done.stdout).strip()}"
            )
        return done.stdout


PRESENT = Checkout(HERE, sys.executable)


@dataclass(frozen=True)
class Asked:
    """The requests of a page, as the client takes them."""

    asks: list[tuple[str, int]]
    once: bool
    share: int


@dataclass(frozen=True)
class Side:
    """A site, and what is asked of it."""

    site: Site
    pages: dict[str, Asked]

    def turn(self, name: str, number: int, seconds: float, of: int) -> Turn:
        """Ask for a page, for the `number`th time `of` so many."""
        page = self.pages[name]
        if not page.once:
            return self.site.closed(page.asks, seconds)
        each = len(page.asks) // (of + 1)  # the last are for the mixed load
        return self.site.closed(page.asks[number * each : (number + 1) * each], 0)

    def mixed(self) -> list[tuple[str, int]]:
        """Return requests of all pages in the shares that they have among people."""
        chance, asks = random.Random(11), []
        for page in self.pages.values():
            asks += [page.asks[-1 - number % len(page.asks)] for number in range(10 * page.share)]
        chance.shuffle(asks)
        return asks


@contextmanager
def side(
    checkout: Checkout, url: str, home: Path, *, database: int, once: int, only: str = ""
) -> Iterator[Side]:
    """Migrate the database, which is its own, choose what is asked, and serve.

    Args:
        checkout: whose code it is.
        url: of its database.
        home: the folder for its other things.
        database: the process of the server of its database.
        once: how many requests there should be of a page that each can be asked for once.
        only: a part of the names of the pages that are wanted.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = surroundings(url, home)
    checkout.run(["-m", "momentum", "migrate"], environment)
    told: list[dict[str, Any]] = json.loads(checkout.run(["-c", _BOOT, str(once)], environment))
    pages = {
        page["name"]: Asked([(text, status) for text, status in page["asks"]], page["once"], page["share"])
        for page in told
        if only in page["name"]
    }
    command = [checkout.python, "-m", "momentum", "web"]
    site = Site(command, database=database, folder=checkout.folder, surroundings=environment)
    try:
        site.wait()
        yield Side(site, pages)
    finally:
        site.stop()


def tell(once: int) -> None:
    """Write the pages that are asked for as JSON, and have PostgreSQL know its tables."""
    import django

    django.setup()
    from django.db import connection

    from bench.pages import served_pages

    pages = [
        {
            "name": page.name,
            "asks": [(request.text(), page.status) for request in page.requests],
            "once": page.once,
            "share": page.share,
        }
        for page in served_pages(once)
    ]
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    json.dump(pages, sys.stdout)


def by_turns(sides: Sequence[Side], name: str, *, rounds: int, seconds: float) -> list[list[Turn]]:
    """Ask all sides for a page by turns, once to warm up and then `rounds` times; return the turns of each."""
    turns: list[list[Turn]] = [[] for _one in sides]
    for number in range(rounds + 1):
        for one, made in zip(sides, turns, strict=True):
            turn = one.turn(name, number, seconds if number else seconds / 2, rounds + 1)
            if number:
                made.append(turn)
    return turns
