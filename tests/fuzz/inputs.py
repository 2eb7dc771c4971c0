"""What nobody would send by accident: as strategies, and the requests that are made of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

# A token whose header says that nobody signed it.
_UNSIGNED = "Bearer eyJhbGciOiJub25lIn0.e30."  # pragma: allowlist secret
# Each was the cause of a fault in some system.
TEXTS = [
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufeff", "\u202e", "\uffff", "😀" * 50, "x" * 20_000, "é" * 300,
    "0", "-1", "+1", " 1", "1_0", "0x10", "1.5", "1e400", "-1e400", "NaN", "Infinity", "9" * 25, "9" * 5_000,
    "2147483648", "9223372036854775808", "-9223372036854775809", "１２", "²", "१२", "٣",
    "0001-01-01", "9999-12-31", "0000-00-00", "10000-01-01", "2026-02-30", "0001-01-01T00:00", "9999-12-31T23:59",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-45T99:99",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "null", "true", "[]", "{}", "[" * 3_000, '{"a":' * 3_000,
    "<p>" * 2_000, "<blockquote>" * 2_000, '<b id="a">' * 500, "[" * 2_000 + "x", ">" * 2_000, "*" * 5_000, "<!--",
    "&#0;", "&#xD800;", "'", '"', "\\", "%", "%00", "%zz", "_", "../../etc/passwd", "//elsewhere.example",
    "javascript:x",
    "http://[", "http://[::1", "https://\0/", "a@b@c", '"@x', "a\r\nB: c", "{{7*7}}", "${x}", "en-\0", "xx-YY-zz",
    "Mars/Olympus", "../UTC", "Europe/Berlin\0", "draft", "published", "kept", "public", "EUR", "-0.00", "0.001", "1,5",
]  # fmt: skip
HEADERS = {
    "Accept-Language": ["\0", "x" * 5_000, "de;q=2,*", "en-" * 400, "é"],
    "Authorization": ["Bearer", "Bearer a.b.c", "Bearer \0", "Basic !!!", _UNSIGNED, "é"],
    "Cookie": ["momentum_session=\0", "momentum_browser=é; messages=x", "messages=[[[[", "=;=;;",
               "momentum_session=" + "x" * 4_000, "theme=\ud800", "momentum_csrf=\0; momentum_csrf=é"],
    "HX-Current-URL": ["http://[", "\0", "http://testserver/\0", "//", "é", "http://testserver:99999999/"],
    "HX-Request": ["true", "\0"],
    "If-Modified-Since": ["Sat, 31 Feb 9999 99:99:99 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "\0", "x",
                          "Mon, 01 Jan 0001 00:00:00 GMT"],
    "If-None-Match": ["*", 'W/"', "\0", '"' * 300],
    "If-Range": ["\0", '"x"'],
    "Origin": ["null", "http://[", "\0", "é"],
    "Range": ["bytes=0-", "bytes=-", "bytes=-0", "bytes=" + "9" * 400 + "-", "bytes=5-1", "\0", "bytes=0-1,3-"],
    "Referer": ["http://[", "\0", "é", "http://testserver:x/"],
    "Sec-Fetch-Site": ["\0", "same-origin", "none"],
    "Stripe-Signature": ["", "t=1,v1=\0", "t=" + "9" * 400 + ",v1=x", "é", "t=é,v1=é"],
    "User-Agent": ["", "\0", "x" * 20_000, "é", "\ud800"],
    "X-Forwarded-For": ["\0", "not an address", "::1%eth0", "1.2.3.4, é"],
    "X-Request-ID": ["\0", "x" * 500, "é"],
}  # fmt: skip
TYPES = [
    "application/x-www-form-urlencoded", "application/json", "multipart/form-data", "multipart/form-data; boundary=x",
    "text/plain", "application/x-www-form-urlencoded; charset=nonsense", "application/json; charset=utf-7", "\0", "é",
    "application/octet-stream", "multipart/form-data; boundary=\0",
]  # fmt: skip

texts = st.sampled_from(TEXTS) | st.text(max_size=40)
leaves: st.SearchStrategy[Any] = (
    texts
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([10**400, 2**63, -(2**63) - 1])
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
bodies = st.sampled_from(
    [b"", b"\0", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"null", b"[]", b'"x"', b"{", b'{"a": NaN}',
     b'{"a": 1e999}', b'{"a": "\\u0000", "\\ud800": "\\ud800"}', b"a=%", b"&&==&", b"%ED%A0%80=%00",
     b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', b"--x--", b"1" * 5_000,
     b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0"\r\n\r\nx\r\n--x--\r\n']
)  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One request. Shown by the failing test, so that it can be sent again."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = TYPES[0]
    headers: dict[str, str] = field(default_factory=dict)


def percent(text: str) -> str:
    """Return a text as it stands in an address or a form, surrogates and all."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def form_of(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in pairs)


def as_received(headers: dict[str, str]) -> dict[str, str]:
    """Return headers as a server hands them on: bytes, spelled in Latin-1."""
    return {
        f"HTTP_{name.upper().replace('-', '_')}": value.encode("utf-8", "surrogatepass").decode("latin-1")
        for name, value in headers.items()
    }


@st.composite
def pairs(draw: Any, names: list[str], usual: dict[str, str]) -> list[tuple[str, str]]:
    """What a form or a query holds: mostly what it usually does, and something odd in the place of some of it."""
    held = list(usual.items()) if draw(st.integers(0, 3)) else []
    odd = draw(st.lists(st.tuples(st.sampled_from(names) | texts, texts), max_size=3))
    spoiled = {name for name, _value in odd}
    return [(name, value) for name, value in held if name not in spoiled] + odd


@st.composite
def headers(draw: Any) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=2, unique=True))
    return {name: draw(st.sampled_from(HEADERS[name])) for name in names}


@st.composite
def requests(draw: Any, path: str, names: list[str], usual: dict[str, str]) -> Sent:
    """A request to this path, whose form has these fields and usually holds this."""
    method = draw(st.sampled_from(["GET", "POST", "POST", "HEAD", "PUT"]))
    query = form_of(draw(pairs(names, {}))) if draw(st.booleans()) else ""
    sent = {"method": method, "path": path, "query": query, "headers": draw(headers())}
    if method in {"GET", "HEAD"}:
        return Sent(**sent)
    how = draw(st.sampled_from(["form", "form", "form", "json", "raw"]))
    if how == "form":
        return Sent(**sent, body=form_of(draw(pairs(names, usual))).encode())
    if how == "json":
        odd = draw(st.dictionaries(st.sampled_from(names), values, max_size=3))
        body = json.dumps({**usual, **odd} if draw(st.booleans()) else draw(values))
        return Sent(**sent, body=body.encode("utf-8", "surrogatepass"), kind="application/json")
    return Sent(**sent, body=draw(bodies), kind=draw(st.sampled_from(TYPES)))
