"""`momentum demo`: six courses worth reading, some learners with a history, and two accounts to sign in with."""

import argparse
import sys
from pathlib import Path

from momentum.cli import credentials
from momentum.cli.progress import progress
from momentum.core.home import home


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> None:
    from momentum.cli.migrate import make_tables

    make_tables()
    load()
    sys.stdout.write(invitation())


def load() -> None:
    """Load the demonstration, or what is missing of it.

    The passwords are kept first, and a note says that it is not finished, so that a start after a crash goes on.
    """
    from momentum import demo
    from momentum.cli.zone import local_zone

    people = credentials.read(home()) or {
        "admin": {"email": "admin@example.com", "password": credentials.new_password()},
        "learner": {"email": "learner@example.com", "password": credentials.new_password()},
    }
    credentials.write(home(), people)
    unfinished().touch()
    with progress("Loading the demo") as step:
        demo.load(people, report=step.say, time_zone=local_zone())
    unfinished().unlink()


def unfinished() -> Path:
    """Return the place of the note that says that loading has begun and not ended."""
    return home() / ".demo-unfinished"


def invitation() -> str:
    """Return the lines that say how to sign in, or nothing where there is no demonstration."""
    people = credentials.read(home())
    if not people:
        return ""
    lines = [f"  {role:<8} {person['email']}   {person['password']}\n" for role, person in people.items()]
    return "Sign in as\n" + "".join(lines)
