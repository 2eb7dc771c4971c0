"""`momentum doctor`: check everything this installation stands on, and say what is wrong and how to mend it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

from momentum.cli.doctor import delivery, installation, providers
from momentum.cli.refusal import sentence


class Check(NamedTuple):
    """Something to look at: `look` returns what it found, or raises what is wrong."""

    title: str
    look: Callable[[], str]


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> int:
    with ExitStack() as opened:
        healthy = True
        for check in _checks(opened):
            try:
                found = check.look()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                healthy = False
                _report("WRONG", check.title, sentence(error))
                if check.title == "Database":
                    _report("", "", "Checks that need the database were skipped.")
                    break
            else:
                _report("ok", check.title, found)
    sys.stdout.write("Everything is OK.\n" if healthy else "Problems found; see above.\n")
    return 0 if healthy else 1


def _checks(opened: ExitStack) -> Iterator[Check]:
    yield Check("Python", installation.python)
    yield Check("Home", installation.home_folder)
    yield Check("Database", lambda: installation.reachable_database(opened))
    yield Check("Tables", installation.tables)
    yield Check("Queue", installation.queue)
    yield Check("Settings", installation.settings)
    yield Check("Static files", installation.static_files)
    yield Check("Uploads", installation.uploads)
    yield Check("Mail", delivery.mail)
    yield Check("Push", delivery.push)
    yield Check("Secret key", installation.secret_key)
    yield Check("Signing in", providers.signing_in)
    yield Check("Payments", providers.payments)
    yield Check("Course writer", providers.course_writer)
    yield Check("HeyGen", providers.heygen)
    yield Check("Scans", providers.scans)


def _report(verdict: str, title: str, text: str) -> None:
    sys.stdout.write(f"{verdict:<6} {title:<14} {text}\n")
    sys.stdout.flush()
