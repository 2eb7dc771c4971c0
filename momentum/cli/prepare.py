"""What `momentum run` does before it opens: tables, static files and, the first time, the demonstration.

In a process of its own, so that the supervisor stays small.
"""

import argparse

from django.conf import settings

from momentum.cli import demo
from momentum.cli.migrate import migrate
from momentum.cli.web import collect_static_files


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="leave a new installation empty")


def main(options: argparse.Namespace) -> None:
    migrate()
    collect_static_files()
    if settings.DEVELOPMENT and not options.no_demo and (_is_new() or demo.unfinished().exists()):
        demo.load()


def _is_new() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()
