"""The worker: runs the workflows of every app, and those of workers that died.

Started with `momentum worker`, as often as wanted. The only process that imports `dbos`.
"""

import argparse
import logging
import os
import signal
import socket
import sys
import threading
import time
import uuid
from types import FrameType
from typing import TYPE_CHECKING

from django.db import connections

from momentum.core.database.configuration import direct_address
from momentum.core.database.connections import engine
from momentum.core.database.process_kinds import Kind
from momentum.core.database.version_check import refuse_newer_database
from momentum.core.declarations import declared
from momentum.core.durable import DEFAULT_QUEUE, Queue, Schedule
from momentum.core.durable.client import APPLICATION
from momentum.core.heartbeat import Pulse
from momentum.core.logs import log_what_ends_threads

if TYPE_CHECKING:
    from momentum.core.durable.dispatch import Dispatcher
    from momentum.core.durable.recovery import Takeover

logger = logging.getLogger("momentum.worker")

# Work is taken over between workers of one version. DBOS would take a hash of the code, so that any edit strands
# work; we raise this by hand, when a change to a workflow cannot carry on what an older one began.
WORKFLOWS_VERSION = "1"
SPARE_THREADS = 4  # for what DBOS does by itself
CONNECTIONS = 20  # of the queue itself; each thread that runs a step has one of its own for so long
FINISH_SECONDS = 10.0
BEAT_SECONDS = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> None:
    """Work until SIGTERM or SIGINT, then finish the steps being run and return."""
    from dbos import DBOS, DBOSConfig

    from momentum.core.durable.dispatch import Dispatcher
    from momentum.core.durable.limits import QueueLimits
    from momentum.core.durable.recovery import Takeover

    log_what_ends_threads()
    refuse_newer_database()
    told = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _set(told))
    queues, schedules = load_workflows()
    executor = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    takeover = Takeover(direct_address(), executor, APPLICATION, on_lost=_end_at_once)
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_engine": engine(direct_address(), Kind.WORKER, at_once=CONNECTIONS),
        "executor_id": executor,
        "application_version": WORKFLOWS_VERSION,
        "max_executor_threads": threads_for(queues, schedules),
        "run_migrations": False,
        "log_level": "WARNING",
        "scheduler_polling_interval_sec": 5.0,
    }
    dbos = DBOS(config=config)
    _warm_up()
    DBOS.listen_queues([])  # the dispatcher does
    DBOS.launch()
    limits = QueueLimits(queues)
    dispatcher = Dispatcher(
        direct_address(), dbos, limits.register(), application=APPLICATION, version=WORKFLOWS_VERSION
    )
    _keep_schedules(schedules)
    takeover.start()
    dispatcher.start()
    pulse = Pulse()
    pulse.beat()
    logger.info("Working as %s on %s", executor, ", ".join(queue.name for queue in queues))
    while not told.wait(BEAT_SECONDS):
        if takeover.looks and dispatcher.looks:
            pulse.beat()
        for queue in limits.follow():
            dispatcher.reload(queue)
    _finish(takeover, dispatcher)


def load_workflows() -> tuple[list[Queue], list[Schedule]]:
    """Import the `workflows` module of every app that has one; return the queues and schedules they declare."""
    queues = {DEFAULT_QUEUE: Queue(DEFAULT_QUEUE)}
    schedules: list[Schedule] = []
    for workflows in declared("workflows").values():
        for queue in getattr(workflows, "QUEUES", ()):
            if queues.setdefault(queue.name, queue) != queue and queue.name != DEFAULT_QUEUE:
                raise ValueError(f"Two apps declare the queue {queue.name!r} differently.")
        schedules += getattr(workflows, "SCHEDULES", ())
    return list(queues.values()), schedules


def _warm_up() -> None:
    """Load what takes seconds to load before there is work that waits for it."""
    for workflows in declared("workflows").values():
        if hasattr(workflows, "warm_up"):
            workflows.warm_up()
    connections.close_all()


def threads_for(queues: list[Queue], schedules: list[Schedule]) -> int:
    """Return how many workflows may run at once: as many as all queues together, so that none waits for another's."""
    return sum(queue.at_once for queue in queues) + len(schedules) + SPARE_THREADS


def _keep_schedules(schedules: list[Schedule]) -> None:
    """Put the declared schedules in the place of those in the database."""
    from dbos import DBOS

    from momentum.core.durable.decorators import name_of

    declared = {name_of(schedule.workflow): schedule for schedule in schedules}
    for known in DBOS.list_schedules():
        if known["schedule_name"] not in declared:
            DBOS.delete_schedule(known["schedule_name"])
    DBOS.apply_schedules(
        [
            {"schedule_name": name, "workflow_fn": schedule.workflow, "schedule": schedule.cron}
            for name, schedule in declared.items()
        ]
    )


def _set(told: threading.Event) -> "signal._HANDLER":
    def handle(signum: int, frame: FrameType | None) -> None:
        told.set()

    return handle


def _finish(takeover: "Takeover", dispatcher: "Dispatcher") -> None:
    """Finish the steps being run, hand the rest to the other workers, and end."""
    from momentum.core.durable.decorators import running

    logger.info("Finishing the steps being run")
    dispatcher.stop()
    if not running.stop(FINISH_SECONDS):
        logger.warning("Some steps did not finish in %.0f seconds; they will be run again", FINISH_SECONDS)
    time.sleep(0.3)  # what DBOS needs to note the results of steps that have just ended
    takeover.stop()
    _end(0)


def _end_at_once() -> None:
    logger.critical(
        "The database was lost for so long that other workers have this one's work; starting afresh"
    )
    _end(1)


def _end(code: int) -> None:
    """End without waiting for DBOS's threads, which are held at their next step on purpose."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
