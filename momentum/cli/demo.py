"""`momentum demo`: six courses worth reading, some learners with a history, and two accounts to sign in with."""

import argparse
import sys

from momentum.cli import credentials
from momentum.cli.progress import progress
from momentum.core.home import home


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> None:
    load()
    sys.stdout.write(invitation())


def load() -> None:
    """Load the demonstration; loading it again changes nothing but the two passwords' file, if that was lost."""
    from momentum import demo

    people = credentials.read(home()) or {
        "admin": {"email": "admin@example.com", "password": credentials.new_password()},
        "learner": {"email": "learner@example.com", "password": credentials.new_password()},
    }
    with progress("Loading the demonstration"):
        demo.load(people)
    credentials.write(home(), people)


def invitation() -> str:
    """Return the lines that say how to sign in, or nothing where there is no demonstration."""
    people = credentials.read(home())
    if not people:
        return ""
    lines = [f"  {role:<8} {person['email']}   {person['password']}\n" for role, person in people.items()]
    return "Sign in as\n" + "".join(lines)
