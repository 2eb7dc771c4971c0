"""The database a command works on: the configured one, the one `momentum run` has up, or one of its own."""

import os
import runpy
from collections.abc import Iterator
from contextlib import contextmanager

from momentum.cli.progress import progress
from momentum.core import postgres
from momentum.core.database.address import DIRECT_VARIABLE, VARIABLE
from momentum.core.environment import BadSettingError
from momentum.core.home import database_folder


@contextmanager
def database() -> Iterator[None]:
    """Make Django ready on the right database for the length of the block."""
    with _server():
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "momentum.settings")
        django.setup()
        yield


@contextmanager
def _server() -> Iterator[None]:
    if os.environ.get(DIRECT_VARIABLE) and not os.environ.get(VARIABLE):
        raise BadSettingError(VARIABLE, "", f"set where {DIRECT_VARIABLE} is")
    if os.environ.get(VARIABLE):
        yield
        return
    folder = database_folder()
    running = postgres.running_url(folder)
    if running:
        os.environ[VARIABLE] = running
        yield
        return
    refuse_bad_settings()
    with start_embedded() as server:
        os.environ[VARIABLE] = server.url
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def refuse_bad_settings() -> None:
    """Read the settings once before anything starts, so that a refusal is one sentence and leaves nothing behind.

    They are read in a module of its own: which database there is isn't known yet.

    Raises:
        BadSettingError: where one of them can't be used.
    """
    runpy.run_module("momentum.settings")


def start_embedded() -> postgres.Server:
    """Start the embedded server on this installation's data, saying so the first time."""
    folder = database_folder()
    if (folder / "cluster").exists():
        return postgres.start(folder)
    with progress("Creating the database"):
        return postgres.start(folder)
