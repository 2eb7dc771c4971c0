"""Sends a request so that the answer has the form that was asked for, in whichever way the server can.

Vendors' models call a tool. Servers of one's own are asked for JSON that they hold to a schema, which Ollama,
llama.cpp, vLLM and LM Studio can do; one that refuses is asked in words from then on, as long as this process lives.
Their answers stream in, so that a slow machine isn't given up while it writes.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.exceptions import ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.messages import ModelRequest
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.tools import ToolDefinition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

    from momentum.providers.writer.model.config import ModelConfig, ModelName
    from momentum.providers.writer.model.task import Task
    from momentum.providers.writer.names import OutputMode

TOOL: Final = "give_answer"
_IN_WORDS: Final = """
Answer with one JSON object that fits this JSON schema, and with nothing before or after it:

{schema}
"""
_REFUSALS: Final = frozenset({400, 404, 415, 422, 500, 501})
_ABOUT_FORM: Final = re.compile(r"response.?format|json.?schema|grammar|structured|guided", re.IGNORECASE)
_WHOLE: Final = 6  # an answer that streams in may take this many times as long as a silence in it
# What servers of one's own turned out not to do, by address and model.
_in_words: set[tuple[str, str]] = set()
_at_once: set[tuple[str, str]] = set()


async def send(
    model: Model,
    name: ModelName,
    config: ModelConfig,
    task: Task[Any, Any],
    messages: Sequence[ModelMessage],
    *,
    max_tokens: int,
) -> ModelResponse:
    """Make one request for an answer of the task's form.

    Raises whatever the client raises.
    """
    server = (config.base_url, name.model)
    while True:
        mode = _mode(name, config)
        streams = name.is_elsewhere(config) and server not in _at_once
        settings, parameters = (
            _settings(name, config, task, max_tokens, streams=streams),
            _parameters(mode, task),
        )
        first, *rest = messages
        if mode != "tool" and isinstance(first, ModelRequest):
            first = _with_schema(first, task)
        sent = [first, *rest]
        try:
            if not streams:
                return await model_request(
                    model, sent, model_settings=settings, model_request_parameters=parameters
                )
            async with model_request_stream(
                model, sent, model_settings=settings, model_request_parameters=parameters
            ) as stream:
                async for _event in stream:
                    pass
                return stream.get()
        except ModelHTTPError as error:
            if mode != "schema" or config.output != "auto" or not _is_about_form(error):
                raise
            _in_words.add(server)
        except UnexpectedModelBehavior:
            # A server that doesn't know how to stream answers at once, which reads as a stream without an event.
            if not streams:
                raise
            _at_once.add(server)


def _mode(name: ModelName, config: ModelConfig) -> OutputMode:
    if config.output != "auto":
        return config.output
    if not name.is_elsewhere(config):
        return "tool"
    return "text" if (config.base_url, name.model) in _in_words else "schema"


def _with_schema(first: ModelRequest, task: Task[Any, Any]) -> ModelRequest:
    """Show the schema in words, for a server may take it and ignore it.

    Not in a message of its own: the templates of many models allow one for the system.
    """
    schema = json.dumps(task.form.model_json_schema(), ensure_ascii=False)
    return replace(first, instructions=f"{task.instructions}\n{_IN_WORDS.format(schema=schema)}")


def _is_about_form(error: ModelHTTPError) -> bool:
    return error.status_code in _REFUSALS and bool(_ABOUT_FORM.search(f"{error.body} {error}"))


def _settings(
    name: ModelName, config: ModelConfig, task: Task[Any, Any], max_tokens: int, *, streams: bool
) -> ModelSettings:
    settings: Any = {
        "max_tokens": max_tokens,
        "temperature": task.temperature,
        # The client's own time-out counts between bytes; this one counts the whole request.
        "request_timeout": config.timeout * _WHOLE if streams else config.timeout,
    }
    if streams:
        settings["first_event_timeout"] = config.timeout
    # The instructions and the form are the same for all lessons of a course: read once, then a tenth of the price.
    if name.protocol in {"anthropic", "bedrock"}:
        settings[f"{name.protocol}_cache_instructions"] = True
        settings[f"{name.protocol}_cache_tool_definitions"] = True
    return cast("ModelSettings", settings)


def _parameters(mode: OutputMode, task: Task[Any, Any]) -> ModelRequestParameters:
    schema = task.form.model_json_schema()
    if mode in {"schema", "text"}:
        return ModelRequestParameters(
            output_mode="native" if mode == "schema" else "prompted",
            output_object=OutputObjectDefinition(
                json_schema=schema, name=task.form.__name__, description=task.form.__doc__
            ),
            prompted_output_template="",  # the schema is in the instructions already
            allow_text_output=True,
        )
    return ModelRequestParameters(
        output_mode="tool",
        output_tools=[
            ToolDefinition(
                name=TOOL, description=task.form.__doc__, parameters_json_schema=schema, kind="output"
            )
        ],
        allow_text_output=False,
    )
