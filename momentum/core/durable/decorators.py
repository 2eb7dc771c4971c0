"""How an app's `workflows.py` writes durable work. Imports `dbos`: for workflows modules and the worker alone.

A workflow is deterministic and does nothing itself; each thing it does is a step. A completed step is never
run again. The step in flight when a process dies is, so a step must bear being run twice.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from dbos import DBOS
from django.db import InterfaceError, OperationalError, close_old_connections

# How often a step is tried while the database can't be reached, a second apart at first and then ever longer: half an
# hour in all. The queue itself waits for as long as it takes.
WHILE_AWAY = 12


class _Running:
    """Knows the workflows and steps being run here, so that a worker can finish the steps and begin no more."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._stopping = False
        self._workflows: list[str] = []

    @contextmanager
    def workflow(self) -> Iterator[None]:
        identity = DBOS.workflow_id or ""
        self._workflows.append(identity)
        try:
            yield
        finally:
            self._workflows.remove(identity)

    def workflows(self) -> list[str]:
        """Return the ids of the workflows being run here."""
        return list(self._workflows)

    @contextmanager
    def step(self) -> Iterator[None]:
        with self._changed:
            while self._stopping:  # wait here for the end of the process; another worker goes on
                self._changed.wait()
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def stop(self, patience: float) -> bool:
        """Begin no further step and wait for those running; say whether all of them finished in time."""
        with self._changed:
            self._stopping = True
            return self._changed.wait_for(lambda: self._count == 0, patience)


running = _Running()
_turn = threading.local()  # which attempt of its step a thread makes, from 0


def workflow[**P, R](body: Callable[P, R]) -> Callable[P, R]:
    """Make a function of an app's `workflows.py` a workflow, named after the app and the function."""

    @wraps(body)
    def noted(*args: P.args, **kwargs: P.kwargs) -> R:
        with running.workflow():
            return body(*args, **kwargs)

    return DBOS.workflow(name=name_of(body))(noted)


def step[**P, R](
    *, attempts: int = 1, first_wait: float = 1.0, retry_if: Callable[[BaseException], bool] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a step, which may use Django's database, and is tried again whenever that was lost.

    Args:
        attempts: how often to try in all, whatever else goes wrong.
        first_wait: seconds before the second attempt; each further wait is twice as long.
        retry_if: says whether an error is worth another attempt; all are where omitted.
    """

    def decorate(body: Callable[P, R]) -> Callable[P, R]:
        @wraps(body)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            with running.step():
                status = DBOS.step_status
                _turn.number = (status and status.current_attempt) or 0
                close_old_connections()
                try:
                    return body(*args, **kwargs)
                finally:
                    close_old_connections()

        def is_worth_another(error: BaseException) -> bool:
            if isinstance(error, OperationalError | InterfaceError):
                return True
            return _turn.number + 1 < attempts and (retry_if is None or retry_if(error))

        options = DBOS.step(
            name=name_of(body),
            retries_allowed=True,
            max_attempts=max(attempts, WHILE_AWAY),
            interval_seconds=first_wait,
            should_retry=is_worth_another,
        )
        return options(guarded)

    return decorate


def task[**P, R](
    *, attempts: int = 1, first_wait: float = 1.0, retry_if: Callable[[BaseException], bool] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a workflow of one step, which is itself: most durable work is that. Arguments as for `step`."""

    def decorate(body: Callable[P, R]) -> Callable[P, R]:
        only = step(attempts=attempts, first_wait=first_wait, retry_if=retry_if)(body)

        @wraps(body)
        def whole(*args: P.args, **kwargs: P.kwargs) -> R:
            return only(*args, **kwargs)

        return workflow(whole)

    return decorate


def name_of(body: Callable[..., object]) -> str:
    """Return "studio.write_course" for `momentum.studio.workflows.write_course`."""
    parts = body.__module__.split(".")
    return f"{parts[parts.index('workflows') - 1]}.{body.__name__}"
