"""Calls to HeyGen: JSON, with an end to each, and every failure a VideoError.

A question is repeated where it got no answer; an order never is, since nobody knows whether it was taken.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import requests

from momentum.core.parsing import JSON_BYTES, UnreadableError, read_json
from momentum.providers.video import VideoError
from momentum.providers.video.heygen.errors import refused, unreachable, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE = "https://api.heygen.com"
CONNECT_SECONDS, SILENCE_SECONDS, WHOLE_SECONDS = 5.0, 20.0, 40.0
TRIES, PAUSE = 3, 1.0
# A list that never ends isn't followed for ever.
MOST_PAGES = 100
_PIECE = 65_536


class Client:
    """Asks HeyGen with a key, which appears in no error."""

    def __init__(
        self, key: str, *, base: str = "", silence: float = SILENCE_SECONDS, pause: float = PAUSE
    ) -> None:
        self._key, self._base = key, (base or BASE).rstrip("/")
        self._timeout, self._pause = (CONNECT_SECONDS, silence), pause

    @property
    def is_encrypted(self) -> bool:
        """Whether HeyGen is spoken to by https; only a gateway or a test isn't."""
        return self._base.startswith("https:")

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        """Return the whole answer to a question, asked again where none comes."""
        for left in reversed(range(TRIES)):
            try:
                return self._ask("GET", path, query=query)
            except VideoError as error:
                if error.permanent or error.retry_after is not None or not left:
                    raise
            time.sleep(self._pause * (TRIES - left))
        raise AssertionError

    def post(self, path: str, body: Mapping[str, Any], *, key: str) -> dict[str, Any]:
        """Order something, once; `key` is the order's own."""
        return self._ask("POST", path, body=body, headers={"Idempotency-Key": key})

    def delete(self, path: str) -> None:
        """Let something be deleted."""
        self._ask("DELETE", path)

    def pages(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """Yield the entries of a list, page after page."""
        token: str | None = None
        for _page in range(MOST_PAGES):
            answer = self.get(path, **query, **({"token": token} if token else {}))
            entries = answer.get("data")
            if not isinstance(entries, list):
                raise unreadable(makes=False)
            yield from (entry for entry in entries if isinstance(entry, dict))
            before, token = token, answer.get("next_token")
            if not answer.get("has_more") or not isinstance(token, str) or not token or token == before:
                return

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        makes = method == "POST"
        try:
            with requests.request(
                method,
                f"{self._base}{path}",
                params=query,
                json=body,
                headers={"X-Api-Key": self._key, "Accept": "application/json", **(headers or {})},
                timeout=self._timeout,
                # A key is for this address alone.
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = _read(answer)
        except requests.ConnectTimeout:
            raise unreachable(sent=False) from None
        except requests.RequestException:
            raise unreachable(sent=makes) from None
        said = _parsed(content)
        if not answer.ok or answer.is_redirect:
            raise refused(answer.status_code, answer.headers, said, makes=makes, hidden=self._key)
        if method == "DELETE":
            return {}
        if not isinstance(said, dict):
            raise unreadable(makes=makes)
        return said


def _read(answer: requests.Response) -> bytes:
    """Return a body that comes to an end in time, and isn't longer than any answer is."""
    until = time.monotonic() + WHOLE_SECONDS
    content = bytearray()
    for piece in answer.iter_content(_PIECE):
        content += piece
        if len(content) > JSON_BYTES or time.monotonic() > until:
            raise requests.exceptions.ContentDecodingError("too long")
    return bytes(content)


def _parsed(content: bytes) -> object:
    try:
        return read_json(content)
    except UnreadableError:
        return None
