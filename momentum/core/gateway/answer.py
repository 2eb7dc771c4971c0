"""What a WSGI application answered, whole, so that the event loop can send it while the worker does other things."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import IOBase
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple, Protocol

from momentum.core.gateway.environ import Environ

type Headers = list[tuple[str, str]]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# An answer that is made bit by bit, such as a long table, waits on the disk beyond this.
IN_MEMORY = 1024 * 1024
# Smaller files are read at once; opening them once more costs more than that.
SMALL_FILE = 64 * 1024
# Where a file of ours has no name, it has one here for as long as it is open.
DESCRIPTORS = "/dev/fd"


class File(NamedTuple):
    """Bytes of a file, from `start` to before `end`. `held` is open while the name must lead to it."""

    path: str
    start: int
    end: int
    held: IO[bytes] | None = None


class Answer(NamedTuple):
    """To one request."""

    status: int
    headers: Headers
    body: bytes | File


class Readable(Protocol):
    """What an application may answer with as a file (PEP 3333, section on wsgi.file_wrapper)."""

    def read(self, size: int = -1, /) -> bytes: ...


class Transport(Protocol):
    """Where RSGI takes answers."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None: ...


class FileWrapper:
    """PEP 3333's: an application that answers with a file says so by it, and leaves the reading to us."""

    def __init__(self, file: Readable, block_size: int = 8192) -> None:
        self.file, self._block_size = file, block_size

    def __iter__(self) -> Iterator[bytes]:
        while data := self.file.read(self._block_size):
            yield data

    def close(self) -> None:
        if close := getattr(self.file, "close", None):
            close()


def answer_of(application: Application, environ: Environ) -> Answer:
    """Ask the application, and return all it says. Called in a page worker."""
    said: list[Any] = []

    def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
        said[:] = [int(status[:3]), headers]

    environ["wsgi.file_wrapper"] = FileWrapper
    made = application(environ, start_response)
    try:
        body = _body(made, reads=environ["REQUEST_METHOD"] != "HEAD")
    finally:
        if close := getattr(made, "close", None):
            close()
    status, headers = said
    if isinstance(body, File) and not any(name.lower() == "content-length" for name, _value in headers):
        headers = [*headers, ("Content-Length", str(body.end - body.start))]
    return Answer(status, headers, body)


def send(answer: Answer, transport: Transport, *, later: Callable[[Callable[[], None]], Any]) -> None:
    """Hand an answer to RSGI, which sends it as fast as the client takes it.

    Args:
        answer: what to send.
        transport: where to.
        later: has something done after a while, when what was just handed over has certainly been opened.
    """
    match answer.body:
        case bytes() as body:
            transport.response_bytes(answer.status, answer.headers, body)
        case File(start=start, end=end) if start >= end:
            transport.response_bytes(answer.status, answer.headers, b"")
        case File(path, start, end, held):
            transport.response_file_range(answer.status, answer.headers, path, start, end)
            if held is not None:
                later(held.close)


def _body(made: Iterable[bytes], *, reads: bool) -> bytes | File:
    if not reads:
        return b""
    if isinstance(made, list):
        return b"".join(made)
    if isinstance(made, FileWrapper) and (file := _file(made.file)):
        return file
    whole = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed here, or once it is sent
    for chunk in made:
        whole.write(chunk)
    size = whole.tell()
    if size <= IN_MEMORY:
        with whole:
            whole.seek(0)
            return whole.read()
    whole.flush()
    return File(f"{DESCRIPTORS}/{whole.fileno()}", 0, size, whole)


def _file(file: Readable) -> File | None:
    """Return where the bytes of an open file are, if it is a large one that has a name."""
    if region := getattr(file, "region", None):
        path, start, length = region
        return File(path, start, start + length)
    name = getattr(file, "name", None)
    if isinstance(name, str) and Path(name).is_absolute() and isinstance(file, IOBase):
        with suppress(OSError):
            facts, start = Path(name).stat(), file.tell()
            if facts.st_size - start > SMALL_FILE and os.path.samestat(facts, os.fstat(file.fileno())):
                return File(name, start, facts.st_size)
    return None
