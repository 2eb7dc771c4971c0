"""A server that speaks the protocols of OpenAI, Anthropic and Bedrock Converse, for their real clients.

It answers our prompts as a good model would, unless it has been told what to reply next. By itself:
`python -m tests.providers.fake_models --port 9000`, and then MOMENTUM_WRITER=openai:fake with
MOMENTUM_WRITER_BASE_URL=http://127.0.0.1:9000/v1 (anthropic:fake and bedrock:fake take it without /v1).
"""

import argparse
import itertools
import json
import sys
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote

from tests.providers import fake_answers
from tests.providers.fake_local_servers import Dialect, streamed

type Reading = tuple[str, str]  # the form that is asked for, and the whole text of the request

_RETIRED = "claude-3-5"
_ERRORS = {
    # status: Bedrock's exception, Anthropic's type, OpenAI's code
    400: ("ValidationException", "invalid_request_error", "invalid_value"),
    401: ("UnrecognizedClientException", "authentication_error", "invalid_api_key"),
    403: ("AccessDeniedException", "permission_error", "permission_denied"),
    404: ("ResourceNotFoundException", "not_found_error", "model_not_found"),
    408: ("ModelTimeoutException", "timeout_error", "timeout"),
    429: ("ThrottlingException", "rate_limit_error", "rate_limit_exceeded"),
    500: ("InternalServerException", "api_error", "server_error"),
    503: ("ServiceUnavailableException", "overloaded_error", "service_unavailable"),
}
_STOPS = {
    # our word: Bedrock, Anthropic, OpenAI
    "done": ("tool_use", "tool_use", "tool_calls"),
    "length": ("max_tokens", "max_tokens", "length"),
    "refusal": ("content_filtered", "refusal", "content_filter"),
}
_WIRES = ("bedrock", "anthropic", "openai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to reply once: an error where `status` isn't 200, else `text`, or a tool call with `answer`.

    A tool call without `answer` is a good one. A string as `answer` is sent as it is, which only OpenAI's
    protocol can do. `body` replaces the whole response.
    """

    answer: dict[str, Any] | str | None = None
    text: str | None = None
    body: str | None = None
    status: int = 200
    message: str = "as the test wishes"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    stop: str = "done"
    tokens: tuple[int, int] = (1000, 200)
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came in."""

    wire: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that the model would read, without the form."""
        return "\n".join(_texts(self.body.get("system"))) + "\n" + "\n".join(_texts(self.body["messages"]))

    @property
    def given(self) -> str:
        """What the model was given first, without what was said since."""
        return (
            "\n".join(_texts(self.body.get("system"))) + "\n" + "\n".join(_texts(self.body["messages"][:2]))
        )

    @property
    def calls_tool(self) -> bool:
        """Whether the answer is to be the call of a tool; else it is JSON in the text."""
        return "tools" in self.body or "toolConfig" in self.body

    @property
    def max_tokens(self) -> int:
        limits = self.body.get("inferenceConfig", {})
        given = self.body.get("max_completion_tokens") or self.body.get("max_tokens") or limits["maxTokens"]
        return int(given)


def _texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if isinstance(part, dict):
        return [
            text for key in ("text", "content", "toolResult") if key in part for text in _texts(part[key])
        ]
    return []


class FakeModels:
    """The server; use it in a `with` block. `replies` are used up first, in order."""

    def __init__(self, port: int = 0, delay: float = 0.0, dialect: Dialect | None = None) -> None:
        self.dialect = dialect or Dialect()
        self.replies: deque[Reply] = deque()
        self.asked: list[Asked] = []
        self.delay = delay
        self.stopping = threading.Event()
        self.numbers = itertools.count(1)
        fake = self

        class Handler(_Handler):
            server_of = fake

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def base_url(self, wire: str) -> str:
        """What MOMENTUM_WRITER_BASE_URL has to be for this protocol."""
        return f"{self.url}/v1" if wire == "openai" else self.url

    def will(self, *replies: Reply) -> None:
        """Reply this to the next requests."""
        self.replies.extend(replies)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self) -> None:
        """Serve until interrupted."""
        self._server.serve_forever()


class _Handler(BaseHTTPRequestHandler):
    server_of: FakeModels
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the test has `asked`."""

    def do_GET(self) -> None:
        told = self.server_of.dialect.told(self.path)
        self._send(404 if told is None else 200, json.dumps(told or {"error": "not found"}), {})

    def do_POST(self) -> None:
        fake = self.server_of
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(_wire(self.path), self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        fake.asked.append(asked)
        model = body.get("model") or unquote(self.path.split("/")[2])
        if refusal := fake.dialect.refusal(body):
            reply = Reply(status=refusal[0], message=refusal[1])
        elif fake.replies:
            reply = fake.replies.popleft()
        elif _RETIRED in model:
            reply = Reply(status=404, message="This model version has reached the end of its life.")
        else:
            reply = Reply(delay=fake.delay)
        if reply.delay:
            fake.stopping.wait(reply.delay)
        if reply.status != 200:
            self._send(reply.status, _error(asked.wire, reply), _headers(asked.wire, reply))
        elif reply.body is not None:
            self._send(200, reply.body, reply.headers)
        else:
            whole = _good(asked, model, reply, next(fake.numbers), fake.dialect)
            if body.get("stream") and fake.dialect.streams != "never":
                self._stream(whole)
            else:
                self._send(200, json.dumps(whole), reply.headers)

    def _stream(self, whole: dict[str, Any]) -> None:
        self.close_connection = True
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for event in streamed(whole):
                self.wfile.write(event.encode())
                if pause := self.server_of.dialect.pause:
                    self.wfile.flush()
                    self.server_of.stopping.wait(pause)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client's patience was shorter

    def _send(self, status: int, body: str, headers: dict[str, str]) -> None:
        data = body.encode()
        try:
            self.send_response(status)
            self.send_header("x-amzn-RequestId", f"request-{len(self.server_of.asked)}")
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client's patience was shorter


def _wire(path: str) -> str:
    if path.endswith("/chat/completions"):
        return "openai"
    return "bedrock" if path.endswith("/converse") else "anthropic"


def _headers(wire: str, reply: Reply) -> dict[str, str]:
    return reply.headers | ({"x-amzn-ErrorType": _ERRORS[reply.status][0]} if wire == "bedrock" else {})


def _error(wire: str, reply: Reply) -> str:
    _, kind, code = _ERRORS[reply.status]
    if wire == "bedrock":
        return json.dumps({"message": reply.message})
    if wire == "anthropic":
        return json.dumps({"type": "error", "error": {"type": kind, "message": reply.message}})
    return json.dumps({"error": {"message": reply.message, "type": kind, "code": code}})


def _tool(asked: Asked) -> tuple[str, str]:
    """Name of the tool, empty where there is none, and the form's title."""
    if not asked.calls_tool:
        held = asked.body.get("response_format", {}).get("json_schema", {})
        return "", str(held.get("name", ""))
    if asked.wire == "bedrock":
        spec = asked.body["toolConfig"]["tools"][0]["toolSpec"]
        return spec["name"], spec["inputSchema"]["json"].get("title", "")
    if asked.wire == "anthropic":
        return asked.body["tools"][0]["name"], asked.body["tools"][0]["input_schema"].get("title", "")
    function = asked.body["tools"][0]["function"]
    return function["name"], function["parameters"].get("title", "")


def _form(asked: Asked) -> str:
    """Clients drop the title for some models; the prompt gives the form away as well."""
    if title := _tool(asked)[1]:
        return title
    for words, form in (
        ("You plan short daily courses", "OutlineAnswer"),
        ("You brief the writers", "BriefsAnswer"),
        ("You write one lesson", "LessonAnswer"),
        ("You write the questions", "QuestionsAnswer"),
        ("You answer questions about a lesson", "SolutionsAnswer"),
        ("You judge whether a quote", "ClaimsAnswer"),
        ("You read part of a document", "MapAnswer"),
    ):
        if words in asked.text:
            return form
    return "Ready"


def _good(asked: Asked, model: str, reply: Reply, number: int, dialect: Dialect) -> dict[str, Any]:
    answer = fake_answers.answer(_form(asked), asked.given) if reply.answer is None else reply.answer
    if not asked.calls_tool and reply.text is None:
        written = answer if isinstance(answer, str) else json.dumps(answer)
        reply = replace(reply, text=dialect.text(written))
    name, stop = _tool(asked)[0], _STOPS[reply.stop][_WIRES.index(asked.wire)]
    if reply.text is not None and reply.stop == "done":
        stop = {"bedrock": "end_turn", "anthropic": "end_turn", "openai": "stop"}[asked.wire]
    given, made = reply.tokens
    if asked.wire == "bedrock":
        used = {"toolUse": {"toolUseId": f"call{number}", "name": name, "input": answer}}
        return {
            "output": {
                "message": {
                    "role": "assistant",
                    "content": [used if reply.text is None else {"text": reply.text}],
                }
            },
            "stopReason": stop,
            "usage": {
                "inputTokens": given,
                "outputTokens": made,
                "totalTokens": given + made,
                "cacheReadInputTokens": reply.cached,
            },
            "metrics": {"latencyMs": 5},
        }
    if asked.wire == "anthropic":
        called = {"type": "tool_use", "id": f"call{number}", "name": name, "input": answer}
        return {
            "id": f"msg_{number}",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [called if reply.text is None else {"type": "text", "text": reply.text}],
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": {"input_tokens": given, "output_tokens": made, "cache_read_input_tokens": reply.cached},
        }
    arguments = answer if isinstance(answer, str) else json.dumps(answer)
    call = {"id": f"call{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
    message = {
        "role": "assistant",
        "content": reply.text,
        "tool_calls": [call] if reply.text is None else None,
    }
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "finish_reason": stop, "message": message}],
        "usage": {
            "prompt_tokens": given,
            "completion_tokens": made,
            "total_tokens": given + made,
            "prompt_tokens_details": {"cached_tokens": reply.cached},
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Fake language models on this machine.")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds to think before each answer")
    options = parser.parse_args()
    fake = FakeModels(options.port, options.delay)
    sys.stdout.write(f"Fake models listen on {fake.url}\n")
    sys.stdout.flush()
    fake.serve()


if __name__ == "__main__":
    main()
