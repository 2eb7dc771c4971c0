"""Reads a model's answer: the arguments of a tool call, or JSON in a text, however untidy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from json_repair import repair_json
from pydantic import BaseModel, ValidationError
from pydantic_ai.messages import TextPart, ToolCallPart

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponse

# Some servers open a model's thoughts before its answer begins, so that only their end is in it.
_THOUGHTS = re.compile(r"\A.*</think(?:ing)?>|<think(?:ing)?>.*\Z", re.DOTALL)
_ERRORS_SHOWN = 8


def read_answer[A: BaseModel](form: type[A], response: ModelResponse) -> A:
    """Return what the model answered.

    Raises:
        ValueError: with a sentence for the model, where there is no answer of this form.
    """
    for part in response.parts:
        if isinstance(part, ToolCallPart):
            if isinstance(part.args, dict):
                return form.model_validate(part.args)
            return _read(form, part.args or "")
    return _read(form, "".join(part.content for part in response.parts if isinstance(part, TextPart)))


def _read[A: BaseModel](form: type[A], text: str) -> A:
    text = _THOUGHTS.sub("", text)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("Answer with one JSON object of the form that was asked for, not with text.")
    text = text[start : end + 1]
    try:
        return form.model_validate_json(text)
    except ValidationError as error:
        if not any(problem["type"] == "json_invalid" for problem in error.errors(include_url=False)):
            raise
    # Commas too many, brackets too few, line breaks within a string: what small models get wrong.
    return form.model_validate(repair_json(text, return_objects=True))


def sentence(error: ValueError) -> str:
    """What was wrong with an answer, in words that the model understands."""
    if not isinstance(error, ValidationError):
        text = str(error)
        return text if text.endswith(".") else f"{text}."
    problems = [
        f"{'.'.join(map(str, problem['loc'])) or 'the answer'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)[:_ERRORS_SHOWN]
    ]
    return "; ".join(problems) + "."
