"""`momentum createadmin`: the first administrator of an installation, or another one."""

import argparse
import getpass
import sys

from momentum.cli.refusal import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "email", nargs="?", help="email address to sign in with; you are asked if it is missing"
    )
    parser.add_argument(
        "--generate", action="store_true", help="generate and print a password instead of asking for one"
    )


def main(options: argparse.Namespace) -> None:
    from momentum.accounts.actions.accounts import create_admin
    from momentum.cli.migrate import make_tables
    from momentum.cli.zone import local_zone

    email = options.email or _ask("Email address: ")
    chosen = None if options.generate else _ask_password()
    make_tables()
    user, password = create_admin(email=email, password=chosen, time_zone=local_zone())
    sys.stdout.write(f"{user.email} is now an administrator.\n")
    if chosen is None:
        sys.stdout.write(f"Password: {password}\n")


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise RefusedError("An email address is required: momentum createadmin you@example.com.")
    return input(question).strip()


def _ask_password() -> str:
    """Return a password typed twice in a terminal, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\n")
        if not line:
            raise RefusedError("A password is required. Pipe one in, or use --generate.")
        return line
    password = getpass.getpass("Password: ")
    if getpass.getpass("Confirm password: ") != password:
        raise RefusedError("The passwords do not match. Nothing was changed; try again.")
    return password
