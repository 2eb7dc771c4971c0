"""Pages that are the same for everybody, kept in each web process and answered before Django is asked.

docs/adr/0006 says why it can't show a page that is somebody's, nor one that is older than its header allows.
"""

import asyncio
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.utils.http import parse_etags
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from momentum.core.gateway import Answer
from momentum.core.requests import identify, write_line

logger = logging.getLogger(__name__)

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]
type Application = Callable[..., Iterable[bytes]]

MOST_BYTES = 64 * 1024 * 1024
CHECK_SECONDS = 0.25
# A database that hasn't answered for so long is taken to be away.
SILENT_SECONDS = 1.0
# What an answer may depend on: cookies, which none of our visitors has, and what is part of the key.
_MAY_VARY = {
    "cookie",
    "accept-language",
    "hx-request",
    "hx-target",
    "hx-boosted",
    "hx-history-restore-request",
}
_HTMX = ("HTTP_HX_REQUEST", "HTTP_HX_TARGET", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST")
_SHARED_FOR = re.compile(r"s-maxage=(\d+)")
_OF_ONE_ANSWER = {"x-request-id", "age"}
_NOT_MODIFIED = {"cache-control", "content-location", "date", "etag", "expires", "vary", "last-modified"}


class Kept(NamedTuple):
    """An answer with status 200, how long it may be shown, and what was true when it was made."""

    headers: Headers
    body: bytes
    etag: str
    route: str
    made: float
    until: float
    version: Hashable


class PageCache:
    """Stands before Django. It keeps what says of itself, with `public, s-maxage`, that everybody may have it.

    When the database is away, so that nobody can say whether anything changed, what is kept is shown for as long as
    that lasts: the last that was known is better than nothing.

    Args:
        application: whom to ask for what isn't kept.
        version: says, cheaply, what the public pages are made from; when it answers otherwise than before, all
            that was kept is forgotten; when it can't say (None), nothing new is kept. Asked a few times a
            second at most, and after every request that may have changed something here.
        most_bytes: how much is kept; what was asked for longest ago goes first.
    """

    def __init__(
        self,
        application: Application,
        *,
        version: Callable[[], Hashable | None],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.application = application
        self._ask_version, self._most_bytes = version, most_bytes
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0
        self._version: Hashable | None = None
        self._away = False
        self._checked = self._changed = float("-inf")
        self._lock = threading.Lock()
        self._asker = ThreadPoolExecutor(1, thread_name_prefix="version")
        self._asking: asyncio.Future[None] | None = None
        self._asking_since = float("-inf")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as a WSGI application, in a thread that may wait."""
        key = key_of(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        started = time.monotonic()
        if self._is_due(started):
            self._check(started)
        if kept := self._find(key, started):
            answer = self._show(key, kept, environ, started)
            start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
            return [cast("bytes", answer.body)]
        if self._away:
            return self.application(environ, start_response)
        return self._fetch(key, self._version, environ, start_response)

    async def kept(self, environ: Environ) -> Answer | None:
        """Return the answer to this request if it is kept. For an event loop: it waits for nothing else."""
        key = key_of(environ)
        if key is None or key not in self._pages:
            return None
        started = time.monotonic()
        if self._is_due(started):
            await self._check_elsewhere(started)
        found = self._find(key, started)
        return self._show(key, found, environ, started) if found else None

    def _pass_on(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
            return self.application(environ, start_response)
        try:
            return self.application(environ, start_response)
        finally:
            self._changed = time.monotonic()

    def _is_due(self, moment: float) -> bool:
        return moment - self._checked >= CHECK_SECONDS or self._checked <= self._changed

    def _check(self, moment: float) -> None:
        # Asked before the page is made: what changes in between makes the page too new for it, never too old.
        version = self._ask_version()
        with self._lock:
            if moment >= self._checked:
                self._checked, self._away = moment, version is None
                self._version = self._version if version is None else version

    async def _check_elsewhere(self, moment: float) -> None:
        """Have it checked in a thread, once for all who want to know; a database that is silent is away."""
        if self._asking is None:
            self._asking, self._asking_since = self._ask(moment), moment
        asking = self._asking
        fresh = self._asking_since > self._changed
        await self._patiently(asking)
        if not fresh and asking.done():  # what was asked may be from before the change
            await self._check_elsewhere(time.monotonic())

    def _ask(self, moment: float) -> "asyncio.Future[None]":
        asking = asyncio.get_running_loop().run_in_executor(self._asker, self._check, moment)
        asking.add_done_callback(self._asked)
        return asking

    def _asked(self, asking: "asyncio.Future[None]") -> None:
        self._asking = None
        if asking.exception():
            logger.error("What the public pages are made from can't be told", exc_info=asking.exception())
            self._away = True

    async def _patiently(self, asking: "asyncio.Future[None]") -> None:
        left = self._asking_since + SILENT_SECONDS - time.monotonic()
        await asyncio.wait({asking}, timeout=max(left, 0))
        if not asking.done():
            self._away = True

    def _find(self, key: Hashable, moment: float) -> Kept | None:
        kept = self._pages.get(key)
        if kept is None or kept.version != self._version or (moment >= kept.until and not self._away):
            return None
        return kept

    def _show(self, key: Hashable, kept: Kept, environ: Environ, started: float) -> Answer:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        fresh = [
            ("X-Request-ID", identify(environ.get("HTTP_X_REQUEST_ID", ""))),
            ("Age", str(int(started - kept.made))),
        ]
        headers = kept.headers
        if self._away:  # whoever keeps it further out shouldn't, beyond this
            fresh.append(("Cache-Control", "no-cache"))
            headers = [header for header in headers if header[0].lower() != "cache-control"]
        status, body = 200, kept.body
        if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), kept.etag):
            status, body = 304, b""
            headers = [header for header in headers if header[0].lower() in _NOT_MODIFIED]
        write_line("GET", kept.route, status, time.monotonic() - started, fresh[0][1], cached=True)
        return Answer(status, [*headers, *fresh], body)

    def _fetch(
        self, key: Hashable, version: Hashable, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Ask Django; keep the answer where it may be kept."""
        wanted = environ.pop("HTTP_IF_NONE_MATCH", "")  # we answer that ourselves, from the whole page
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        said: list[Any] = []

        def listen(status: str, headers: Headers, exc_info: object = None) -> None:
            said[:] = [status, headers]

        answer = self.application(environ, listen)
        status, headers = said
        seconds = _may_be_kept(status, headers)
        etag = _header(headers, "etag")
        if not seconds or not etag:
            start_response(status, headers)
            return answer
        try:
            body = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        lasting = [header for header in headers if header[0].lower() not in _OF_ONE_ANSWER]
        made = time.monotonic()
        route = str(environ.get("momentum.route", "-"))
        self._keep(key, Kept(lasting, body, etag, route, made, made + seconds, version))
        if _matches(wanted, etag):
            start_response(
                "304 Not Modified",
                [one for one in headers if one[0].lower() in {*_NOT_MODIFIED, "x-request-id"}],
            )
            return [b""]
        start_response(status, headers)
        return [body]

    def _keep(self, key: Hashable, page: Kept) -> None:
        with self._lock:
            if old := self._pages.pop(key, None):
                self._bytes -= len(old.body)
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > self._most_bytes:
                _key, forgotten = self._pages.popitem(last=False)
                self._bytes -= len(forgotten.body)


def key_of(environ: Environ) -> Hashable | None:
    """Return what an anonymous page depends on; None for a request that only Django may answer.

    That is every request with a cookie or a credential, whatever they are.
    """
    if (
        environ["REQUEST_METHOD"] != "GET"
        or environ.get("HTTP_COOKIE")
        or environ.get("HTTP_AUTHORIZATION")
        or environ.get("HTTP_RANGE")
    ):
        return None
    return (
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        _language(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        *(environ.get(header) for header in _HTMX),
    )


@lru_cache(maxsize=1000)
def _language(accepted: str) -> str:
    """Return the language in which Django answers; many headers ask for few languages."""
    for code, _quality in parse_accept_lang_header(accepted.lower()[:500]):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _may_be_kept(status: str, headers: Headers) -> int:
    """Return for how many seconds; 0 for what may not be kept."""
    control = _header(headers, "cache-control")
    shared = _SHARED_FOR.search(control)
    varies = {name.strip().lower() for name in _header(headers, "vary").split(",") if name.strip()}
    if (
        not status.startswith("200")
        or not shared
        or "public" not in control
        or "private" in control
        or "no-store" in control
        or _header(headers, "set-cookie")
        or varies - _MAY_VARY
    ):
        return 0
    return int(shared[1])


def _header(headers: Headers, name: str) -> str:
    return ", ".join(value for key, value in headers if key.lower() == name)


def _matches(wanted: str, etag: str) -> bool:
    if not wanted:
        return False
    known = {one.removeprefix("W/") for one in parse_etags(wanted)}
    return "*" in known or etag.removeprefix("W/") in known
