"""The texts that language models are given: Markdown beside this file, with front matter.

The front matter declares `name` (the file's), `version` (a whole number, raised with every change),
`variables`, `temperature` and `max_tokens`. The text above the line `***` is what the model is told about
its work, the text below is the task. `{{ name }}` stands for a variable.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

_COURSE = {"audience", "days", "language", "level", "marker", "tone", "topic"}
# What the writer fills in, by prompt. A prompt that wants more, or leaves something out, stops the start.
SUPPLIED: Mapping[str, frozenset[str]] = {
    "outline": frozenset(_COURSE | {"category", "references", "title"}),
    "lesson-briefs": frozenset(_COURSE | {"plan"}),
    "lesson-content": frozenset(
        _COURSE
        | {
            "avoid",
            "day",
            "goal",
            "note",
            "objectives",
            "passages",
            "points",
            "previous",
            "terms",
            "title",
            "yesterday",
        }
    ),
    "document-map": frozenset({"document", "language", "marker", "pages"}),
    "lesson-questions": frozenset({"language", "lesson", "level", "marker", "passages", "title"}),
    "question-solving": frozenset({"language", "lesson", "marker", "questions"}),
    "claim-check": frozenset({"claims", "marker"}),
}
_VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_SHAPE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<instructions>.*?)\n\*\*\*\n(?P<task>.*)\Z", re.DOTALL)


class PromptError(Exception):
    """A prompt can't be used as it stands; the sentence names the file and what is wrong."""


class Prompt(BaseModel):
    """A prompt and how it is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int = Field(ge=1)
    variables: frozenset[str]
    temperature: float = Field(ge=0, le=1)
    max_tokens: int = Field(ge=256, le=64_000)
    instructions: str = Field(min_length=1)
    task: str = Field(min_length=1)

    @property
    def label(self) -> str:
        """Name and version, such as "outline@1", stored with whatever the prompt produced."""
        return f"{self.name}@{self.version}"

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return instructions and task with the variables filled in; what is filled in is not read again.

        Raises:
            PromptError: where `values` are not exactly the declared variables.
        """
        if values.keys() != self.variables:
            wrong = ", ".join(sorted(values.keys() ^ self.variables))
            raise PromptError(f"{self.name}.md was given other variables than it declares: {wrong}.")

        def value(found: re.Match[str]) -> str:
            return values[found[1]]

        return _VARIABLE.sub(value, self.instructions), _VARIABLE.sub(value, self.task)


@functools.cache
def get_prompt(name: str) -> Prompt:
    """Return a prompt of this folder.

    Raises:
        PromptError: where it is missing or not well made.
    """
    return read_prompt(resources.files(__name__) / f"{name}.md")


def check_prompts() -> None:
    """Check every prompt; for the start of a process.

    Raises:
        PromptError: for the first that is missing, not well made, or wants what the writer doesn't supply.
    """
    for name, supplied in SUPPLIED.items():
        prompt = get_prompt(name)
        if prompt.variables != supplied:
            wrong = ", ".join(sorted(prompt.variables ^ supplied))
            raise PromptError(f"{name}.md and the writer disagree about these variables: {wrong}.")


def read_prompt(file: Traversable) -> Prompt:
    """Read one file.

    Raises:
        PromptError: where it is missing, has no front matter or no line `***`, or uses other variables
            than it declares.
    """
    try:
        shape = _SHAPE.match(file.read_text(encoding="utf-8"))
    except OSError:
        raise PromptError(f"{file.name} is missing.") from None
    if shape is None:
        raise PromptError(
            f"{file.name} needs front matter between lines of ---, and a line *** before the task."
        )
    prompt = _parse(file.name, shape)
    if f"{prompt.name}.md" != file.name:
        raise PromptError(f"{file.name} calls itself {prompt.name}; they must be the same.")
    used = set(_VARIABLE.findall(prompt.instructions + prompt.task))
    if undeclared := sorted(used - prompt.variables):
        raise PromptError(f"{file.name} uses without declaring it: {', '.join(undeclared)}.")
    if unused := sorted(prompt.variables - used):
        raise PromptError(f"{file.name} declares without using it: {', '.join(unused)}.")
    return prompt


def _parse(name: str, shape: re.Match[str]) -> Prompt:
    try:
        front: Any = yaml.safe_load(shape["front"])
        return Prompt(instructions=shape["instructions"].strip(), task=shape["task"].strip(), **front)
    except (yaml.YAMLError, TypeError) as error:
        raise PromptError(f"The front matter of {name} can't be read: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise PromptError(f"In {name}, {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
