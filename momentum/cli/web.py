"""`momentum web`: Granian serving Django through our gateway, in as many processes as wanted."""

import argparse
import logging
import os
import resource
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from momentum.cli.progress import progress
from momentum.core import child_process, environment
from momentum.core.heartbeat import VARIABLE, Listener, Pulse
from momentum.core.logs import log_what_ends_threads

if TYPE_CHECKING:
    from momentum.core.gateway import Gateway
    from momentum.core.gateway.server import Server

logger = logging.getLogger(__name__)

APPLICATION = "momentum.rsgi:application"
# What is being answered, or waits to be, when we are told to stop has this long.
FINISH_SECONDS = 12
# A request's first line and headers come within this time; a connection without a request is closed after it.
HEADER_SECONDS = 10
# A proxy keeps connections open for its next request, usually for a minute, and must be the one to close them.
HEADER_SECONDS_BEHIND_PROXY = 75
HEADER_BYTES = 32 * 1024
FILES = 65_536
CONNECTIONS = 16_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=environment.text("MOMENTUM_HOST", "127.0.0.1"), help="address to listen on"
    )
    parser.add_argument("--port", type=int, default=environment.number("PORT", 8000, low=1, high=65535))
    parser.add_argument("--workers", type=int, default=workers(), help="processes that serve pages")


def main(options: argparse.Namespace) -> None:
    from django.conf import settings
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    from momentum.core.gateway.server import Server

    _look_at_the_database()
    collect_static_files()
    patience = HEADER_SECONDS_BEHIND_PROXY if settings.BEHIND_PROXY else HEADER_SECONDS
    server = Server(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=patience * 1000, max_buffer_size=HEADER_BYTES),
        websockets=False,
        workers=options.workers,
        backlog=4096,
        backpressure=_connections(),
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
        process_name=None,
    )
    upwards, listener = Pulse(), Listener()
    os.environ[VARIABLE] = listener.address  # to the processes that serve
    threading.Thread(target=_watch, args=(server, listener, upwards), name="heartbeats", daemon=True).start()
    try:
        server.serve(target_loader=cast("Any", partial(load, options.port)), wrap_loader=False)
    finally:
        listener.close()


def _look_at_the_database() -> None:
    """Refuse one that won't do; one that is away may come back, and pages that are kept are served meanwhile."""
    from django.db import OperationalError, connection

    from momentum.core.database.version_check import refuse_newer_database

    try:
        refuse_newer_database()
    except OperationalError as error:
        logger.warning("The database does not answer yet: %s", str(error).strip().partition("\n")[0])
    finally:
        connection.close()  # the processes that serve are made from this one


def _connections() -> int:
    """Return how many connections a process may have, after asking the system for enough files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(64, min(CONNECTIONS, (FILES if soft == resource.RLIM_INFINITY else soft) * 3 // 4))


def _watch(server: "Server", listener: Listener, upwards: Pulse) -> None:
    """Give a serving process that is stuck nothing more, and kill it; Granian starts another in its place."""
    while True:
        time.sleep(1)
        upwards.beat()
        for pid in listener.silent(server.serving()):
            logger.error("A process that serves pages is stuck; it is replaced")
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.deal_to(listener.lively)


def collect_static_files() -> None:
    """Bring static files under their hashed names together, unless that has been done for these very files."""
    from momentum.core import static_files

    if not static_files.are_current():
        with progress("Collecting static files"):
            static_files.collect()


def workers() -> int:
    """Return how many processes serve pages: MOMENTUM_WEB_WORKERS, by default two or one for each processor."""
    return environment.number("MOMENTUM_WEB_WORKERS", max(2, os.cpu_count() or 1), low=1, high=256)


def load(port: int) -> "Gateway":
    """Load the application in a serving process, which must not outlive the one that started it.

    The pages are loaded too: what is broken in them should stop the start, not the first visitor.
    """
    child_process.die_with_parent()
    log_what_ends_threads()
    from django.conf import settings
    from django.urls import get_resolver

    from momentum.core import static_files

    static_files.collect()  # a process that is started again much later may find another version's
    from momentum.core.gateway.connections import Connections
    from momentum.rsgi import application

    get_resolver().url_patterns  # noqa: B018 - asking loads them
    Connections(port, application.underway, most_of_address=settings.CONNECTIONS_OF_ADDRESS).watch()
    return application
