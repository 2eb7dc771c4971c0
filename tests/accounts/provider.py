"""A provider of accounts on this machine: real HTTP, and answers in JSON."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Provider:
    """Listens as soon as it is made. What it answers, and where it sends browsers on to, is for those that follow."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, method: str, path: str, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        raise NotImplementedError

    def _onward(self, path: str, given: dict[str, str]) -> str:
        """Return where a browser that opens this address is sent on to, if anywhere."""
        return ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                given = dict(parse_qsl(parts.query))
                if onward := provider._onward(parts.path, given):
                    self.send_response(302)
                    self.send_header("Location", onward)
                    self.end_headers()
                    return
                self._send(*provider._answer("GET", parts.path, given))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send(*provider._answer("POST", self.path, dict(parse_qsl(body))))

            def _send(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                pass

        return Handler
