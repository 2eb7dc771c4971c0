"""Which lines and branches tests reach: `pytest -p tests.measure_coverage`, then `coverage combine` and `report`.

Lines are measured everywhere, by what Python itself tells of each line once, which costs next to nothing. To measure
branches Coverage would have to trace each line of each library, which doubles the time: Python tells it of branches
from 3.14 on. So in the modules where each branch must be taken we note by ourselves which line follows which, in the
form that Coverage keeps, and its own analysis says what is missing.
"""

import sys
from collections import defaultdict
from fnmatch import fnmatch
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from coverage import Coverage, CoverageData

PROJECT = Path(__file__).parents[1]
BRANCHES = ".coverage-branches"
# Who may read what, whose money it is, and who somebody is.
EVERY_BRANCH = (
    "momentum/learning/permissions*",
    "momentum/payments/actions/*",
    "momentum/payments/domain/*",
    "momentum/payments/models/*",
    "momentum/payments/queries/*",
    "momentum/accounts/actions/*",
)
_TOOL = 4
_monitoring = sys.monitoring
_EVENTS = _monitoring.events


class Branches:
    """The arcs from line to line so far, by file; entry and exit are the negative of the first line."""

    def __init__(self) -> None:
        self._arcs: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._last: dict[int, int] = {}
        self._watched: dict[int, CodeType] = {}
        self._wanted = tuple(str(PROJECT / pattern) for pattern in EVERY_BRANCH)

    def start(self) -> None:
        _monitoring.use_tool_id(_TOOL, "branches")
        _monitoring.register_callback(_TOOL, _EVENTS.PY_START, self._enter)
        _monitoring.register_callback(_TOOL, _EVENTS.LINE, self._reach)
        _monitoring.register_callback(_TOOL, _EVENTS.PY_RETURN, self._leave)
        _monitoring.set_events(_TOOL, _EVENTS.PY_START)

    def save(self) -> None:
        _monitoring.set_events(_TOOL, 0)
        data = CoverageData(basename=str(PROJECT / BRANCHES), suffix=True)
        data.add_arcs(self._arcs)
        data.write()

    def _enter(self, code: CodeType, offset: int) -> Any:
        if id(code) not in self._watched:
            if not any(fnmatch(code.co_filename, pattern) for pattern in self._wanted):
                return _monitoring.DISABLE
            self._watched[id(code)] = code
            _monitoring.set_local_events(_TOOL, code, _EVENTS.LINE | _EVENTS.PY_RETURN)
        self._last[id(sys._getframe(1))] = -code.co_firstlineno
        return None

    def _reach(self, code: CodeType, line: int) -> None:
        frame = id(sys._getframe(1))
        self._arcs[code.co_filename].add((self._last.get(frame, -code.co_firstlineno), line))
        self._last[frame] = line

    def _leave(self, code: CodeType, offset: int, returned: object) -> None:
        last = self._last.pop(id(sys._getframe(1)), None)
        if last is not None:
            self._arcs[code.co_filename].add((last, -code.co_firstlineno))


lines = Coverage(data_suffix=True)
branches = Branches()
# At once: what is imported from here on counts.
lines.start()
branches.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    # Before pytest-xdist is told that this worker has finished: from then on it has ten seconds, and is killed.
    lines.stop()
    lines.save()
    branches.save()
