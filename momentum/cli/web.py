"""`momentum web`: Granian serving Django, as many processes as wanted, one request at a time in each."""

import argparse
import os
from collections.abc import Callable
from typing import Any

from momentum.cli.progress import progress
from momentum.core import child, environment

APPLICATION = "momentum.wsgi:application"
KILL_SECONDS = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=environment.text("MOMENTUM_HOST", "127.0.0.1"), help="address to listen on"
    )
    parser.add_argument("--port", type=int, default=environment.number("PORT", 8000, low=1, high=65535))
    parser.add_argument("--workers", type=int, default=workers(), help="processes that serve pages")


def main(options: argparse.Namespace) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    collect_static_files()
    server = Granian(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
        process_name=None,
    )
    server.serve(target_loader=load)


def collect_static_files() -> None:
    """Bring static files under their hashed names together, unless that has been done for these very files."""
    from momentum.core import static_files

    if not static_files.are_current():
        with progress("Preparing styles and scripts"):
            static_files.collect()


def workers() -> int:
    """Return how many processes serve pages: MOMENTUM_WEB_WORKERS, by default two or one for each processor."""
    return environment.number("MOMENTUM_WEB_WORKERS", max(2, os.cpu_count() or 1), low=1, high=256)


def load(target: str, *args: object, **kwargs: object) -> Callable[..., Any]:
    """Load the application in a serving process, which must not outlive the one that started it.

    The pages are loaded too: what is broken in them should stop the start, not the first visitor.
    """
    child.die_with_parent()
    from django.urls import get_resolver

    from momentum.core import static_files

    static_files.collect()  # a process that is started again much later may find another version's
    from momentum.wsgi import application

    get_resolver().url_patterns  # noqa: B018 - asking loads them
    return application
