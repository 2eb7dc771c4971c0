"""`momentum createadmin`: the first administrator of an installation, or another one."""

import argparse
import getpass
import sys

from momentum.cli.refusal import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", nargs="?", help="address to sign in with; asked for where it is missing")
    parser.add_argument(
        "--generate", action="store_true", help="make a password up and print it, instead of asking for one"
    )


def main(options: argparse.Namespace) -> None:
    from momentum.accounts.actions import create_admin
    from momentum.cli.migrate import make_tables

    email = options.email or _ask("Email address: ")
    chosen = None if options.generate else _ask_password()
    make_tables()
    user, password = create_admin(email=email, password=chosen)
    sys.stdout.write(f"{user.email} is an administrator now.\n")
    if chosen is None:
        sys.stdout.write(f"Password: {password}\n")


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise RefusedError("Say which email address: momentum createadmin you@example.com.")
    return input(question).strip()


def _ask_password() -> str:
    """Return a password typed twice in a terminal, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\n")
        if not line:
            raise RefusedError("There is no password. Pipe one in, or use --generate.")
        return line
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise RefusedError("The two passwords are not the same. Nothing was changed; try again.")
    return password
