"""Saying what is going on: one line that changes in a terminal, lines elsewhere. All on stderr."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SILENT_SECONDS = 0.4


class Step:
    """Something that takes a while. `say()` adds how far it has got."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        self._changed = threading.Event()

    def say(self, detail: str) -> None:
        """Replace what is shown after the title; saying the same again is silent."""
        changed = detail != self.detail
        self.detail = detail
        if changed and not sys.stderr.isatty():
            _line(f"{self.title}: {detail}")


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """Show `title` while the block runs, with the seconds it takes; a quick block leaves a single line."""
    step = Step(title)
    begun = time.monotonic()
    ended = threading.Event()
    if sys.stderr.isatty():
        painter = threading.Thread(target=_paint, args=(step, begun, ended), daemon=True)
    else:
        painter = threading.Thread(target=_announce, args=(step, ended), daemon=True)
    painter.start()
    try:
        yield step
    except BaseException:
        ended.set()
        painter.join()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        raise
    ended.set()
    painter.join()
    mark = "\r\x1b[K" if sys.stderr.isatty() else ""
    _line(f"{mark}{title}: done ({time.monotonic() - begun:.1f} s)")


def _paint(step: Step, begun: float, ended: threading.Event) -> None:
    while not ended.wait(0.1):
        detail = f": {step.detail}" if step.detail else ""
        sys.stderr.write(f"\r\x1b[K{step.title}{detail} … {time.monotonic() - begun:.0f} s")
        sys.stderr.flush()


def _announce(step: Step, ended: threading.Event) -> None:
    if not ended.wait(SILENT_SECONDS):
        _line(f"{step.title} …")


def _line(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
