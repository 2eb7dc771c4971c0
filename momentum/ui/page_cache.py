"""Pages that are the same for everybody, kept in each web process and answered before Django is asked.

docs/adr/0006 says why it can't show a page that is somebody's, nor one that is older than its header allows.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.http import parse_etags
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from momentum.core.requests import identify, write_line

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]
type Application = Callable[..., Iterable[bytes]]

MOST_BYTES = 64 * 1024 * 1024
CHECK_SECONDS = 0.25
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

    Args:
        application: whom to ask for what isn't kept.
        version: says, cheaply, what the public pages are made from; when it answers otherwise than before, all
            that was kept is forgotten; when it can't say (None), nothing is kept or shown. Asked a few times a
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
        self._checked = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            if environ["REQUEST_METHOD"] not in {"GET", "HEAD", "OPTIONS"}:
                self._checked = float("-inf")
            return self.application(environ, start_response)
        started = time.monotonic()
        version = self._version_at(started)
        if version is None:
            return self.application(environ, start_response)
        kept = self._pages.get(key)
        if kept is None or kept.version != version or started >= kept.until:
            return self._fetch(key, version, environ, start_response)
        return self._show(key, kept, environ, start_response, started)

    def _version_at(self, moment: float) -> Hashable | None:
        if moment - self._checked >= CHECK_SECONDS:
            # Asked before the page is made: what changes in between makes the page too new for it, never too old.
            self._version, self._checked = self._ask_version(), moment
        return self._version

    def _show(
        self, key: Hashable, kept: Kept, environ: Environ, start_response: Callable[..., Any], started: float
    ) -> Iterable[bytes]:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        fresh = (
            ("X-Request-ID", identify(environ.get("HTTP_X_REQUEST_ID", ""))),
            ("Age", str(int(started - kept.made))),
        )
        if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), kept.etag):
            status, body = "304 Not Modified", b""
            headers = [header for header in kept.headers if header[0].lower() in _NOT_MODIFIED]
        else:
            status, body, headers = "200 OK", kept.body, kept.headers
        start_response(status, [*headers, *fresh])
        write_line("GET", kept.route, int(status[:3]), time.monotonic() - started, fresh[0][1], cached=True)
        return [body]

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
