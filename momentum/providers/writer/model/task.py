"""What is asked of a model in one conversation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from momentum.providers.writer.model.tokens import count_tokens
from momentum.providers.writer.prompts import get_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from momentum.providers.writer import CourseRequest

# Codes of a WriterError that come from one answer alone: what was asked for beside it can still be had.
HOPELESS = frozenset({"malformed", "refused", "truncated"})
_FORM_TOKENS = 1_500  # what describing the answer's form takes, on top of the prompt


@dataclass(frozen=True, slots=True)
class Task[A: BaseModel, T]:
    """The filled prompt, the form of the answer, and what to make of it.

    `accept` turns a well-formed answer into the result, or raises ValueError with a sentence for the model.
    """

    prompt: str
    instructions: str
    text: str
    temperature: float
    max_tokens: int
    form: type[A]
    accept: Callable[[A], T]
    marker: str = "\0"

    @property
    def key(self) -> str:
        """What the answer depends on, whoever asks and whenever: the marker of a prompt is drawn anew each time."""
        text = f"{self.prompt}\n{self.instructions}\n{self.text}"
        return hashlib.sha256(text.replace(self.marker, "").encode()).hexdigest()

    @property
    def tokens(self) -> int:
        """About how many tokens the model reads, rather too many than too few."""
        return count_tokens(self.instructions) + count_tokens(self.text) + _FORM_TOKENS


def make_task[A: BaseModel, T](
    prompt_name: str, values: Mapping[str, str], form: type[A], accept: Callable[[A], T]
) -> Task[A, T]:
    """Fill the prompt of this name."""
    prompt = get_prompt(prompt_name)
    instructions, text = prompt.fill(values)
    return Task(
        prompt.label,
        instructions,
        text,
        prompt.temperature,
        prompt.max_tokens,
        form,
        accept,
        values["marker"],
    )


def course_values(request: CourseRequest, marker: str) -> dict[str, str]:
    """The variables that every prompt has."""
    return {
        "audience": line(request.audience, "anyone who is curious"),
        "days": str(request.days),
        "language": line(request.language, "en"),
        "level": line(request.level, "beginner"),
        "marker": marker,
        "tone": line(request.tone, "friendly and clear"),
        "topic": line(request.topic or request.title, "what the references are about"),
    }


def line(text: str, otherwise: str) -> str:
    """The text on one line, so that it can't pass for a part of the prompt; or `otherwise` for none."""
    return " ".join(text.split()) or otherwise
