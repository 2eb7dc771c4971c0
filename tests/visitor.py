"""Somebody who comes over the network, straight or through a proxy, without a browser."""

import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag

from tests.pages import fields


class Visitor:
    """Opens pages of a process that listens at `address`, which calls itself `base` (by default the same).

    Where the two differ, a proxy is played: it ends the encryption, and says so in its headers.
    """

    def __init__(self, address: str, base: str = "") -> None:
        self.address, self.base = address, base or address
        self._cookies: dict[str, str] = {}

    def open(self, path: str) -> requests.Response:
        return self._ask("GET", path)

    def page(self, path: str) -> BeautifulSoup:
        """Open a page that is there, and all its style sheets and scripts."""
        answer = self.open(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        found = BeautifulSoup(answer.content, "html.parser")
        parts = [str(part["href"]) for part in found.select("link[rel=stylesheet]")]
        parts += [str(part["src"]) for part in found.select("script[src]")]
        assert parts
        for part in parts:
            got = self.open(part)
            assert (got.status_code, len(got.content) > 0) == (200, True), part
        return found

    def send(self, path: str, *, files: Any = None, **values: str) -> requests.Response:
        """Fill in the form of a page that has these fields, and send it."""
        found = BeautifulSoup(self.open(path).content, "html.parser")
        names = {*values, *(name for name, _file in files or ())}
        [form] = [form for form in found.select("main form") if names <= _names(form)]
        token = form.select_one("input[name=csrfmiddlewaretoken]")
        assert token is not None
        data = fields(form) | values | {"csrfmiddlewaretoken": str(token["value"])}
        target = urljoin(path, str(form.get("action") or ""))
        return self._ask("POST", target, data=data, files=files, headers={"Referer": f"{self.base}{path}"})

    def _ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {
            "Host": urlsplit(self.base).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            **options.pop("headers", {}),
        }
        if self.base != self.address:
            headers |= {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": urlsplit(self.base).scheme}
        place = re.sub(r"^https?://[^/]+", "", path)
        answer = requests.request(
            method, f"{self.address}{place}", headers=headers, allow_redirects=False, timeout=60, **options
        )
        for line in answer.raw.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer


def _names(form: Tag) -> set[str]:
    return {str(part["name"]) for part in form.select("input[name], select[name], textarea[name]")}
