"""The gateway itself: what Granian calls for each request."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import IO, Protocol

from momentum.core.gateway.answer import Answer, Application, answer_of, send
from momentum.core.gateway.body import Arrivals, Body, nothing
from momentum.core.gateway.environ import Environ, MalformedError, Scope, client_of, environ_of
from momentum.core.gateway.in_flight import Underway
from momentum.core.gateway.limits import (
    BODIES,
    BODIES_OF_ADDRESS,
    BODY_BYTES,
    FORM_BYTES,
    RefusedError,
    limit_of,
    network_of,
)
from momentum.core.gateway.workers import PageWorkers
from momentum.core.requests import identify, write_line

logger = logging.getLogger(__name__)

# By then, what RSGI was told to send has been opened.
OPENED_SECONDS = 30.0
BEAT_SECONDS = 1.0
_HEALTH = Answer(
    200, [("Content-Type", "application/json"), ("Cache-Control", "no-store")], b'{"status": "ok"}'
)


class HTTP(Protocol):
    """One request and its answer, as RSGI has them."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def response_file_range(
        self, status: int, headers: list[tuple[str, str]], file: str, start: int, end: int
    ) -> None: ...


class Gateway:
    """An RSGI application in front of a WSGI application.

    Args:
        application: makes the pages, in threads.
        behind_proxy: whether X-Forwarded-For comes from a proxy of ours.
        kept: answers what needs no page worker, or returns None. Called for each request, in the event loop.
        page: makes HTML of the status and the sentence of a refusal, for browsers.
        beat: called every second, in the event loop, as long as this process gets on with its work.
        on_thread_end: called in each thread that made pages, when it ends.
    """

    def __init__(
        self,
        application: Application,
        *,
        behind_proxy: bool = False,
        kept: Callable[[Environ], Awaitable[Answer | None]] | None = None,
        page: Callable[[int, str], str] | None = None,
        beat: Callable[[], None] = lambda: None,
        on_thread_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._application, self._behind_proxy, self._kept = application, behind_proxy, kept
        self._page, self._beat = page, beat
        self._workers = PageWorkers(on_thread_end=on_thread_end)
        self._bodies = Arrivals(BODIES, BODIES_OF_ADDRESS)
        self._arriving = 0
        self.underway = Underway()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Granian calls this once, before the first request."""
        loop.call_soon(self._live, loop)

    async def __rsgi__(self, scope: Scope, transport: HTTP) -> None:
        """Answer one request. Granian calls this for each."""
        started = time.perf_counter()
        try:
            await self._answer(scope, transport)
        except RefusedError as refused:
            self._refuse(scope, transport, refused, started)
        except MalformedError as malformed:
            self._refuse(scope, transport, RefusedError(400, str(malformed)), started)
        except Exception:
            logger.exception("The gateway failed")
            self._refuse(scope, transport, RefusedError(500, "Something went wrong on our side."), started)
        finally:
            self.underway.end(scope.client)

    async def _answer(self, scope: Scope, transport: HTTP) -> None:
        environ = environ_of(scope, behind_proxy=self._behind_proxy)
        declared = _declared(environ)
        if declared == 0:
            self.underway.begin(scope.client)
        if environ["PATH_INFO"] == "/healthz" and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            return self._send(_HEALTH, transport)
        if self._kept is not None and (kept := await self._kept(environ)):
            return self._send(kept, transport)
        address = network_of(client_of(environ, behind_proxy=self._behind_proxy))
        body = await self._receive(environ, transport, address, declared)
        self.underway.begin(scope.client)

        def work() -> Answer:
            with body:
                environ["wsgi.input"] = body
                return answer_of(self._application, environ)

        try:
            answer = await self._workers.run(address, work)
        except RefusedError:
            body.close()
            raise
        return self._send(answer, transport)

    async def _receive(
        self, environ: Environ, transport: HTTP, address: str, declared: int | None
    ) -> IO[bytes]:
        """Return the body; put into the environment how long it is, whatever was said of it."""
        if declared == 0:
            return nothing()
        body = Body(transport, declared, partial(_limit_of, environ))
        # Forms are small and their number is limited: whoever uploads much keeps nobody from sending one.
        uploaded = max((declared or 0) - FORM_BYTES, 0)
        with self._bodies.admit(address, body):
            if uploaded and self._arriving + uploaded > BODY_BYTES:
                raise RefusedError(503, "Too much is being uploaded just now.", retry_after=30)
            self._arriving += uploaded
            try:
                whole = await body.receive()
            except RefusedError as refused:
                if (
                    refused.too_large and "HTTP_EXPECT" not in environ
                ):  # who expects to be told sends nothing yet
                    await body.discard()
                raise
            finally:
                self._arriving -= uploaded
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ["CONTENT_LENGTH"] = str(body.received)
        return whole

    def _send(self, answer: Answer, transport: HTTP) -> None:
        loop = asyncio.get_running_loop()
        send(answer, transport, later=lambda close: loop.call_later(OPENED_SECONDS, close))

    def _refuse(self, scope: Scope, transport: HTTP, refused: RefusedError, started: float) -> None:
        identifier = identify(scope.headers.get("x-request-id", ""))
        kind, text = "plain", f"{refused.sentence}\n"
        if self._page is not None and "text/html" in scope.headers.get("accept", ""):
            kind, text = "html", self._page(refused.status, refused.sentence)
        headers = [
            ("Content-Type", f"text/{kind}; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
            ("X-Request-ID", identifier),
        ]
        if refused.retry_after:
            headers.append(("Retry-After", str(refused.retry_after)))
        transport.response_bytes(refused.status, headers, text.encode())
        write_line(scope.method, "-", refused.status, time.perf_counter() - started, identifier)

    def _live(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._workers.stuck:
            self._beat()
        self.underway.turn()
        loop.call_later(BEAT_SECONDS, self._live, loop)


def _declared(environ: Environ) -> int | None:
    """Return how long the body is said to be; None where it comes in chunks."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    said = environ.get("CONTENT_LENGTH", "")
    return int(said) if said.isdecimal() else 0


def _limit_of(environ: Environ) -> int:
    # What is large is for people who are signed in; whether they really are, the view finds out.
    if "HTTP_COOKIE" not in environ and "HTTP_AUTHORIZATION" not in environ:
        return FORM_BYTES
    return limit_of(_text(environ["PATH_INFO"]), environ["REQUEST_METHOD"])


def _text(path: str) -> str:
    return path.encode("latin-1").decode(errors="replace")
