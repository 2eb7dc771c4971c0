"""The command line: `momentum COMMAND`. One module a command, imported only when it is asked for.

A command's module has `arguments(parser)` and `main(options)`; it says no by raising, and it is said here, once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from momentum.cli.refusal import sentence
from momentum.core.database.process_kinds import Kind, become


class Command(NamedTuple):
    """A line of `momentum --help`, and what the command needs before it starts."""

    module: str
    summary: str
    database: bool = True
    kind: Kind = Kind.COMMAND


COMMANDS = {
    "run": Command("momentum.cli.run", "start everything on this machine", database=False),
    "web": Command("momentum.cli.web", "serve the pages and the API", kind=Kind.WEB),
    "worker": Command("momentum.worker", "do the work that waits, retries or takes long", kind=Kind.WORKER),
    "migrate": Command("momentum.cli.migrate", "bring the database up to date", kind=Kind.MIGRATION),
    "demo": Command("momentum.cli.demo", "load the demonstration courses and accounts"),
    "doctor": Command("momentum.cli.doctor", "check everything, and say what is wrong", database=False),
    "createadmin": Command("momentum.cli.createadmin", "create an administrator"),
    "backup": Command(
        "momentum.cli.backup", "copy the database and the uploads into one file", kind=Kind.MIGRATION
    ),
    "restore": Command("momentum.cli.restore", "bring back what backup wrote", kind=Kind.MIGRATION),
    "recover": Command("momentum.cli.recover", "let people in whose two-factor codes can't be read any more"),
    "settings": Command("momentum.cli.site_settings", "list and change what an administrator may change"),
    "recount": Command(
        "momentum.cli.recount", "prove that points, streaks and badges are what the events say"
    ),
    "write": Command("momentum.cli.write", "write a course from a document, as a folder of Markdown"),
    "manage": Command("momentum.cli.manage", "run one of Django's management commands"),
}
HIDDEN = {"prepare": Command("momentum.cli.prepare", "get a new installation ready", kind=Kind.MIGRATION)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code of the process: 0, 1 for a refusal, 2 for a misunderstanding."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else "--help"
    if name in {"-h", "--help", "help"}:
        sys.stdout.write(_help())
        return 0 if words else 2
    command = COMMANDS.get(name) or HIDDEN.get(name)
    if command is None:
        sys.stderr.write(f"momentum: there is no command {name}. `momentum --help` lists them.\n")
        return 2
    try:
        return _run(name, command, words[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("MOMENTUM_DEBUG"):
            raise
        sys.stderr.write(f"momentum: {sentence(error)}\n")
        return 1


def _run(name: str, command: Command, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"momentum {name}", description=f"{command.summary.capitalize()}.")
    module = import_module(command.module)
    module.arguments(parser)
    options = parser.parse_args(words)
    become(command.kind)
    if command.database:
        from momentum.cli.database import database

        with database():
            return int(module.main(options) or 0)
    return int(module.main(options) or 0)


def _help() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: momentum COMMAND [OPTIONS]",
            "",
            *lines,
            "",
            "Run `momentum COMMAND --help` for details. README.md lists the environment variables that configure it.",
            "",
        ]
    )
