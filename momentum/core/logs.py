"""One line an event on standard error: readable in development, JSON elsewhere.

In production nothing is written that somebody typed or that says who they are: no query string, no address, no path,
and of an error what kind it was and where, but not what it said, for a database quotes the row in its errors.
"""

import json
import logging
import re
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, override

request_id: ContextVar[str] = ContextVar("request_id", default="")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id", "taskName"}
_ADDRESS = re.compile(r"[^\s\"'<>(),;:=/]+@[^\s\"'<>(),;:]+")
_QUERY = re.compile(r"\?[^\s\"'<>]+")
_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")
_LONGEST_CHAIN = 10
# Classes of PostgreSQL's error codes: the connection broke, the server is being shut down or is starting.
_AWAY = ("08", "57P")


class RequestFilter(logging.Filter):
    """Puts the id of the request in progress on each record."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class AwayFilter(logging.Filter):
    """Says in one line that the database is away: that isn't a fault of the page that happened to ask for it."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_away(error):
            if hasattr(record, "request"):
                del record.request  # core.requests writes its route
                record.msg, record.args = "The database is away", ()
            record.exc_info = record.exc_text = None
        return True


class _Formatter(logging.Formatter):
    """What both have in common. `discreet` writes nothing that somebody typed."""

    def __init__(self, *, discreet: bool = False) -> None:
        super().__init__()
        self.discreet = discreet

    def said(self, record: logging.LogRecord) -> str:
        if not self.discreet:
            return record.getMessage()
        request = getattr(record, "request", None)
        if request is not None:
            # Django puts the path or the Host header into these. The route says as much, and nothing of anybody's.
            match = getattr(request, "resolver_match", None)
            return f"{getattr(record, 'status_code', 'refused')} at /{match.route if match else '-'}"
        named = logging.makeLogRecord(vars(record))
        if isinstance(named.args, tuple):
            named.args = tuple(_named(one) if isinstance(one, BaseException) else one for one in named.args)
        return _without_words(named.getMessage())

    def extras(self, record: logging.LogRecord) -> dict[str, object]:
        held = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if not self.discreet:
            return held
        held.pop("request", None)  # it would be written with its query
        return {
            name: value if isinstance(value, int | float | None) else _without_words(str(value))
            for name, value in held.items()
        }

    def exception(self, record: logging.LogRecord) -> str:
        if not record.exc_info:
            return ""
        error = record.exc_info[1]
        return _where(error) if self.discreet and error else self.formatException(record.exc_info)


class JsonFormatter(_Formatter):
    """One JSON object a line; what `extra=` carries becomes members."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.said(record),
        }
        if identifier := getattr(record, "request_id", ""):
            line["request_id"] = identifier
        line |= self.extras(record)
        if exception := self.exception(record):
            line["exception"] = exception
        return json.dumps(line, default=str)


class TextFormatter(_Formatter):
    """Time, level, logger and message, then what `extra=` carries as name=value."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        parts = [moment, record.levelname.lower().ljust(7), record.name, self.said(record)]
        parts += [f"{name}={value}" for name, value in self.extras(record).items()]
        exception = self.exception(record)
        return " ".join(parts) + (f"\n{exception}" if exception else "")


def log_what_ends_threads() -> None:
    """Have what nobody caught logged like all else, instead of printed with all that it says."""
    logger = logging.getLogger("momentum.uncaught")

    def main(kind: type[BaseException], error: BaseException, trace: Any) -> None:  # noqa: ANN401 - Python's own
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            logger.critical("Nobody caught this; the process ends", exc_info=error)

    def thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            logger.error("Nobody caught this; a thread ends", exc_info=args.exc_value)

    sys.excepthook, threading.excepthook = main, thread


def _is_away(error: BaseException) -> bool:
    """Say whether it is of a connection (Django's or psycopg's), and not of a statement, such as a deadlock."""
    if not {kind.__name__ for kind in type(error).__mro__} & {"OperationalError", "InterfaceError"}:
        return False
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY)


def _without_words(text: str) -> str:
    return _QUERY.sub("?…", _ADDRESS.sub("…@…", text))


def _named(error: BaseException) -> str:
    """Return what kind of error it is, with what is ours or the database's to say about it and nobody's to type."""
    facts = [getattr(error, name, None) for name in ("code", "sqlstate", "errno")]
    facts.append(getattr(getattr(error, "diag", None), "constraint_name", None))
    shown = [str(one) for one in facts if isinstance(one, str | int) and _CODE.fullmatch(str(one))]
    return " ".join([type(error).__qualname__, *shown])


def _where(error: BaseException) -> str:
    """Return the kinds of an error and of those behind it, the first first, with the lines they came by."""
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(found)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    lines = []
    for one in reversed(chain):
        frames = traceback.extract_tb(one.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(_named(one))
    return "\n".join(lines)
