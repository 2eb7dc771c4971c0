"""Opening every address there is, and following every link, as one visitor."""

import copy
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pypdfium2
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.routes import ADMINISTRATION, HIDDEN, NOBODY, ROUTES, Route
from tests.world import World

_LINKS = ("href", "src", "action", "formaction", "poster", "hx-get", "data-href", "data-src")
_PATH = re.compile(r"""(?:https?://[a-z.:0-9]+)?(/[A-Za-z0-9_./%?=&~+-]*)""")
_OURS = {"testserver", "localhost", "127.0.0.1", ""}

type Pool = dict[str, list[Any]]


def text_of(response: Any) -> str:
    """Return everything an answer says: its headers, and its body read as what it is, ZIP and PDF too."""
    body = response.getvalue() if response.streaming else response.content
    said = [f"{name}: {value}" for name, value in response.headers.items()]
    return "\n".join([*said, read(body)])


def read(body: bytes) -> str:
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{read(archive.read(name))}" for name in archive.namelist())
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    text = body.decode("utf-8", "replace")
    try:
        return f"{text}\n{json.dumps(json.loads(text), ensure_ascii=False)}"
    except ValueError:
        return text


def named(pool: Pool) -> dict[str, list[str]]:
    """Return the names of the parts of each route's address that the pool has values for, where it has all."""
    return {name: parts for name, parts in _parts(get_resolver()) if parts and set(parts) <= set(pool)}


def filled(name: str, parts: list[str], pool: Pool, *, is_admin: bool) -> list[str]:
    """Return the addresses of a route with every combination from the pool; one is enough where all are refused."""
    values = product(*(pool[part] for part in parts))
    found = [reverse(name, kwargs=dict(zip(parts, one, strict=True))) for one in values]
    return found if is_admin or not name.startswith(ADMINISTRATION) else found[:1]


def _parts(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _parts(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")), list(pattern.pattern.regex.groupindex)


def addresses(world: World, pool: Pool, *, is_admin: bool) -> list[str]:
    """Return an address of every route, and of those that the pool has values for one for each combination."""
    found = [
        reverse(name, kwargs=route.kwargs(world)) + _query(route, world)
        for table in (ROUTES, HIDDEN)
        for name, route in table.items()
    ]
    for name, parts in named(pool).items():
        found += filled(name, parts, pool, is_admin=is_admin)
    return found


def _query(route: Route, world: World) -> str:
    asked = route.query(world)
    return "?" + "&".join(f"{name}={value}" for name, value in asked.items()) if asked else ""


class Crawl:
    """What one visitor is shown. `seen` is every answer so far: its address, its kind and what it says."""

    def __init__(self, client: Client, most: int = 3000) -> None:
        self.client, self.most = client, most
        self.opened: dict[str, int] = {}
        self.seen: list[tuple[str, str, str]] = []
        self._shapes: set[tuple[str, frozenset[str]]] = set()

    def follow(self, starts: Iterable[str]) -> None:
        """Open these, and whatever they lead to."""
        waiting = list(dict.fromkeys(starts))
        while waiting:
            address = waiting.pop()
            if address in self.opened:
                continue
            assert len(self.opened) < self.most, "the pages lead on without end"
            waiting += [link for link in self.open(address) if self._is_new(link)]

    def open(self, address: str) -> list[str]:
        """Open one address; return where its answer leads."""
        response = self.client.get(address)
        said = self._note(address, response)
        self.opened[address] = response.status_code
        return _links(address, response, said)

    def post(self, world: World, pool: Pool, *, is_admin: bool) -> None:
        """Send every form there is, as its script does; nothing that it changes stays."""
        parts = named(pool)
        for name, route in ROUTES.items():
            if not route.post or route.post == NOBODY:
                continue
            wanted = [reverse(name, kwargs=route.kwargs(world))]
            if name in parts:
                wanted += filled(name, parts[name], pool, is_admin=is_admin)
            for address in wanted:
                self._post(address, route, world)

    def _post(self, address: str, route: Route, world: World) -> None:
        kind: dict[str, Any] = {"content_type": "application/json"} if route.json else {}
        cookies = copy.deepcopy(self.client.cookies)
        with transaction.atomic():
            response = self.client.post(address, route.data(world), headers={"HX-Request": "true"}, **kind)
            self._note(f"POST {address}", response)
            transaction.set_rollback(True)
        self.client.cookies = cookies  # who signed out is in again

    def _note(self, address: str, response: Any) -> str:
        said = text_of(response)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        self.seen.append((address, kind, said))
        return said

    def _is_new(self, address: str) -> bool:
        # The same list in another order leads on without end: one address of each shape is enough.
        parts = urlsplit(address)
        shape = (parts.path, frozenset(name for name, _value in parse_qsl(parts.query)))
        if address in self.opened or shape in self._shapes:
            return False
        self._shapes.add(shape)
        return True


def _links(address: str, response: Any, said: str) -> list[str]:
    kind = response.headers.get("Content-Type", "")
    found: list[str] = [
        response.headers[name] for name in ("Location", "HX-Redirect") if name in response.headers
    ]
    if kind.startswith("text/html"):
        for tag in BeautifulSoup(said, "html.parser").find_all(True):
            found += [str(tag[name]) for name in _LINKS if tag.has_attr(name)]
            # Of what a head says of a page, some are addresses.
            found += [said for said in [str(tag.get("content", ""))] if said.startswith(("/", "http"))]
    elif kind.startswith(("application/xml", "application/json", "application/manifest", "text/javascript")):
        found += _PATH.findall(said)
    return [link for link in (_ours(address, one) for one in found) if link]


def _ours(address: str, link: str) -> str:
    """Return the link as an address of this site; nothing where it leads elsewhere."""
    parts = urlsplit(urljoin(f"http://testserver{address}", link.strip()))
    if (
        parts.scheme not in {"http", "https"}
        or parts.hostname not in _OURS
        or parts.path.startswith("/static/")
    ):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
