"""What somebody typed, and who they are, is in no log of production, whatever breaks."""

import io
import logging
import threading
from collections.abc import Iterator

import pytest

from momentum.core.logs import JsonFormatter, RequestFilter, TextFormatter, log_what_ends_threads

CANARY = "quetzalcoatlus"


class _Written(io.StringIO):
    """Everything that was logged, in both forms."""


@pytest.fixture
def logs() -> Iterator[_Written]:
    written, handlers = _Written(), []
    for formatter in (JsonFormatter(discreet=True), TextFormatter(discreet=True)):
        handler = logging.StreamHandler(written)
        handler.setFormatter(formatter)
        handler.addFilter(RequestFilter())
        handlers.append(handler)
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield written
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(level)


def test_what_nobody_caught_is_logged_without_its_words(
    logs: _Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_what_ends_threads()

    thread = threading.Thread(target=lambda: int(CANARY))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(CANARY), None)

    assert CANARY not in logs.getvalue()
    assert logs.getvalue().count("Nobody caught this; a thread ends") == 2
    assert logs.getvalue().count("Nobody caught this; the process ends") == 2


def test_libraries_that_write_addresses_and_queries_are_shortened(logs: _Written) -> None:
    logging.getLogger("elsewhere").warning(
        "GET https://x.example/a?email=%s for %s", CANARY, "nora@example.com"
    )
    logging.getLogger("elsewhere").warning(
        "Refused: %s", ValueError(CANARY), extra={"who": "nora@example.com"}
    )

    said = logs.getvalue()
    assert CANARY not in said
    assert "nora" not in said
    assert "GET https://x.example/a?… for …@…" in said
    assert "Refused: ValueError" in said
