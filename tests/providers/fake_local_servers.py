"""How servers on one's own machine differ: what they can't do, what they add, and what they tell about their models."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

type Kind = Literal["vendor", "ollama", "llama.cpp", "vllm", "lmstudio"]


@dataclass(slots=True, kw_only=True)
class Dialect:
    """One server's ways.

    `schema`: "held" answers fit the schema; "refused" answers 400; "ignored" takes it and writes as it likes.
    `streams`: "always" refuses others; "never" answers at once whatever was asked. `before` and `after` stand around
    each answer, with `pause` seconds between its pieces. `models` are those there are, with how many tokens each
    reads; none: any model is there.
    """

    kind: Kind = "vendor"
    schema: Literal["held", "refused", "ignored"] = "held"
    streams: Literal["asked", "always", "never"] = "asked"
    before: str = ""
    after: str = ""
    pause: float = 0.0
    models: dict[str, int] = field(default_factory=dict)

    def refusal(self, body: dict[str, Any]) -> tuple[int, str] | None:
        """Status and message, where it refuses this request."""
        if self.models and body.get("model") not in self.models:
            if self.kind == "ollama":
                return 404, f'model "{body.get("model")}" not found, try pulling it first'
            return 404, f"The model `{body.get('model')}` does not exist."
        if self.schema == "refused" and "response_format" in body:
            return 400, "'response_format' of type 'json_schema' is not supported"
        if self.streams == "always" and not body.get("stream"):
            return 400, "This server only answers with stream=true"
        return None

    def text(self, answer: str) -> str:
        """The answer as it writes it."""
        return f"{self.before}{answer}{self.after}"

    def told(self, path: str) -> dict[str, Any] | None:
        """What it says of itself at this path; None where there is nothing."""
        if path == "/v1/models":
            extra = "max_model_len" if self.kind == "vllm" else "created"
            rows = [{"id": model, "object": "model", extra: size} for model, size in self.models.items()]
            return {"object": "list", "data": rows}
        return {
            ("ollama", "/api/ps"): {
                "models": [{"model": model, "context_length": size} for model, size in self.models.items()]
            },
            ("llama.cpp", "/props"): {
                "default_generation_settings": {"n_ctx": max(self.models.values(), default=0)}
            },
            ("lmstudio", "/api/v0/models"): {
                "data": [
                    {"id": model, "state": "loaded", "loaded_context_length": size}
                    for model, size in self.models.items()
                ]
            },
        }.get((self.kind, path))


def streamed(whole: dict[str, Any], size: int = 400) -> Iterator[str]:
    """A chat completion as the events of a stream."""
    choice = whole["choices"][0]
    head = {key: whole[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}

    def event(**changes: Any) -> str:
        return f"data: {json.dumps(head | changes)}\n\n"

    yield event(choices=[{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}])
    for at, call in enumerate(choice["message"]["tool_calls"] or []):
        delta = {"tool_calls": [call | {"index": at}]}
        yield event(choices=[{"index": 0, "delta": delta, "finish_reason": None}])
    text = choice["message"]["content"] or ""
    for at in range(0, len(text), size):
        yield event(choices=[{"index": 0, "delta": {"content": text[at : at + size]}, "finish_reason": None}])
    yield event(choices=[{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}])
    yield event(choices=[], usage=whole["usage"])
    yield "data: [DONE]\n\n"
