"""A server on this machine that speaks HeyGen's HTTP (v3), with the ways in which it fails.

It keeps every request and counts what it made, so that tests can see that nothing was made twice.
"""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, SECRET = "hg_test_key", "whsec_test"
REPLAYED_FOR = 24 * 3600
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 4000
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 400
SRT = b"1\n00:00:00,000 --> 00:00:02,500\nTides rise & fall.\n"

type Answer = tuple[int, dict[str, str], Any]


class FakeHeyGen:
    """Its videos, and all requests that came.

    `stumbles` are given first, each once: (status, headers, body), for what is asked by a method. `silent` orders are
    taken without an answer. `slow` holds orders back until it is set; `ordering` says that one came, `ordered` that it
    was taken. `missing` files aren't there for so many looks.
    """

    def __init__(self) -> None:
        self.videos: dict[str, dict[str, Any]] = {}
        self.made: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.stumbles: dict[str, list[Answer]] = {}
        self.replays: dict[str, tuple[float, Answer]] = {}
        self.in_flight: set[str] = set()
        self.silent = 0
        self.knows_keys = True
        self.slow: threading.Event | None = None
        self.ordering, self.ordered = threading.Event(), threading.Event()
        self.missing = 0
        self.expired: set[str] = set()
        self.files: dict[str, tuple[str, bytes]] = {
            "mp4": ("video/mp4", MP4), "jpg": ("image/jpeg", JPEG), "srt": ("text/plain", SRT),
        }  # fmt: skip
        self.later = 0.0
        self.looks: list[dict[str, Any]] = []
        self.voices: list[dict[str, Any]] = []
        self.account: dict[str, Any] = {
            "billing_type": "wallet",
            "wallet": {"remaining_balance": 12.5, "currency": "usd"},
        }
        self.lock = threading.Lock()
        self.url = ""
        self._ids, self._signatures = itertools.count(1), itertools.count(1)

    def complete(self, video: str, *, seconds: float = 90.0) -> None:
        """Finish a video."""
        self.videos[video] |= {"status": "completed", "duration": seconds, "completed_at": int(time.time())}

    def fail(self, video: str, code: str, message: str) -> None:
        """Give a video up."""
        self.videos[video] |= {"status": "failed", "failure_code": code, "failure_message": message}

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, key: str) -> Answer | None:  # noqa: PLR0911 - a table
        """Return what is said; None for nothing at all."""
        if self.stumbles.get(method):
            return self.stumbles[method].pop(0)
        match (method, *path.removeprefix("/v3/").split("/")):
            case ("POST", "videos"):
                return self._order(body, key)
            case ("GET", "videos"):
                found = [self._told(one) for one in reversed(self.videos.values())]
                return _page([one for one in found if query.get("title", "") in one["title"]], query)
            case ("GET", "videos", video) if video in self.videos:
                return 200, {}, {"data": self._told(self.videos[video])}
            case ("DELETE", "videos", video) if video in self.videos:
                del self.videos[video]
                return 200, {}, {"data": {"id": video, "deleted": True}}
            case ("GET", "avatars", "looks"):
                return _page(self.looks, query)
            case ("GET", "voices"):
                return _page(self.voices, query)
            case ("GET", "user", "me"):
                return 200, {}, {"data": self.account}
        return 404, {}, error("not_found", "There is no such thing.")

    def _order(self, body: dict[str, Any], key: str) -> Answer | None:
        with self.lock:
            now = time.time() + self.later
            if self.knows_keys and key in self.replays and now - self.replays[key][0] < REPLAYED_FOR:
                return self.replays[key][1]
            if self.knows_keys and key in self.in_flight:
                return 409, {}, error("request_in_progress", "The first request is still running.")
            self.in_flight.add(key)
        self.ordering.set()
        if self.slow is not None:
            self.slow.wait(5)
        with self.lock:
            video = f"v{next(self._ids)}"
            self.videos[video] = {
                "id": video, "status": "pending", "title": body["title"], "created_at": int(time.time()),
            }  # fmt: skip
            self.made.append(body)
            data = {"video_id": video, "status": "waiting", "output_format": "mp4"}
            told: Answer = (200, {}, {"data": data})
            self.replays[key] = (now, told)
            self.in_flight.discard(key)
            self.ordered.set()
            if self.silent:
                self.silent -= 1
                return None
        return told

    def _told(self, video: dict[str, Any]) -> dict[str, Any]:
        if video["status"] != "completed":
            return video
        names = {"video_url": "mp4", "thumbnail_url": "jpg", "subtitle_url": "srt"}
        signed = next(self._signatures)
        return {
            **video,
            **{
                name: f"{self.url}/files/{video['id']}.{kind}?signature={signed}"
                for name, kind in names.items()
                if kind in self.files
            },
        }

    def file(self, path: str, signature: str) -> tuple[int, str, bytes]:
        """Return a file behind a signed address."""
        if signature in self.expired:
            return 403, "application/xml", b"<Error><Code>AccessDenied</Code></Error>"
        if self.missing:
            self.missing -= 1
            return 404, "application/xml", b"<Error><Code>NoSuchKey</Code></Error>"
        kind, content = self.files[path.rpartition(".")[2]]
        return 200, kind, content


def error(code: str, message: str) -> dict[str, Any]:
    """An error as v3 says it."""
    return {"error": {"code": code, "message": message, "doc_url": "https://developers.heygen.com/errors"}}


def event(kind: str, video: str, order: str) -> bytes:
    """A webhook's body."""
    data = {"video_id": video, "url": f"https://example.test/{video}.mp4", "callback_id": order}
    return json.dumps({"event_type": kind, "event_data": data}, separators=(",", ":")).encode()


def _page(entries: list[dict[str, Any]], query: dict[str, str]) -> Answer:
    start, limit = int(query.get("token", "0")), int(query["limit"])
    more = len(entries) > start + limit
    told = {"data": entries[start : start + limit], "has_more": more}
    return 200, {}, {**told, "next_token": str(start + limit) if more else None}


@contextmanager
def fake_heygen() -> Iterator[FakeHeyGen]:
    """Run the server."""
    fake = FakeHeyGen()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(content) if content else None
            request = {"method": self.command, "path": parts.path, "query": query, "body": body}
            fake.requests.append({**request, "headers": dict(self.headers)})
            if parts.path.startswith("/files/"):
                status, kind, file = fake.file(parts.path, query["signature"])
                self._say(status, {"Content-Type": kind}, file)
                return
            if self.headers.get("X-Api-Key") != KEY:
                answer: Answer | None = (401, {}, error("unauthorized", "Invalid API key"))
            else:
                key = self.headers.get("Idempotency-Key", "")
                answer = fake.answer(self.command, parts.path, query, body, key)
            if answer is None:
                self.close_connection = True
                return
            status, headers, told = answer
            self._say(status, headers, told if isinstance(told, bytes) else json.dumps(told).encode())

        def _say(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _handle  # noqa: N815 - the library's names

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
