"""`momentum manage ...`: Django's own commands, on the right database."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("command", nargs=argparse.REMAINDER, help="and its options, as Django documents them")


def main(options: argparse.Namespace) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["momentum manage", *options.command])
