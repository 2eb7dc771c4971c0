"""`momentum recover`: after the secret key was lost, let people in whose two-factor codes nobody can read any more."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", nargs="*", help="only theirs; without an address, everybody's")
    parser.add_argument("--list", action="store_true", help="say who they are, and change nothing")


def main(options: argparse.Namespace) -> None:
    from momentum.accounts.actions.mfa import forget_unreadable, unreadable

    asked = {email.strip().lower() for email in options.email}
    people = [user for user in unreadable() if not asked or user.email.lower() in asked]
    for user in people:
        if not options.list:
            forget_unreadable(user=user)
        sys.stdout.write(f"{user.email}\n")
    if not people:
        whose = "Their" if asked else "Everybody's"
        sys.stdout.write(f"{whose} two-factor codes can be read. There is nothing to recover.\n")
    elif options.list:
        sys.stdout.write(
            f"{len(people)} can't use their codes. Without --list, two-factor is turned off for them.\n"
        )
    else:
        sys.stdout.write("Two-factor codes are turned off for them, and they are told so by email.\n")
