"""What a field accepts, as words that complete the sentence "It must be …"."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

type Say = Callable[[str], str]


def gettext_noop(words: str) -> str:
    """Mark words that are translated later. Django's own function can't be called before its settings are read."""
    return words


def unmet(fields: Mapping[str, FieldInfo], error: ValidationError, say: Say = str) -> dict[str, str]:
    """Return the fields that failed validation, each with what it accepts; "" stands for the section as a whole.

    Args:
        fields: the section's.
        error: what pydantic raised.
        say: translates. Environment variables are read before Django can, so it is left out there.
    """
    found: dict[str, str] = {}
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        own = problem.get("ctx", {}).get("error")
        # Our own validators raise with the words.
        words = say(str(own)) if isinstance(own, ValueError) else _expected(fields.get(name), problem, say)
        found.setdefault(name, words)
    return found


def _expected(field: FieldInfo | None, problem: ErrorDetails, say: Say) -> str:
    if field is None:
        return say(gettext_noop("the name of a setting"))
    if problem["type"] == "string_too_long":
        return say(gettext_noop("at most %(limit)s characters long")) % {
            "limit": problem["ctx"]["max_length"]
        }
    if field.annotation is bool:
        return say(gettext_noop("one of: true, false"))
    if choices := _choices(field.annotation):
        return say(gettext_noop("one of: %(choices)s")) % {"choices": ", ".join(map(str, choices))}
    low = next((said.ge for said in field.metadata if isinstance(said, Ge)), None)
    high = next((said.le for said in field.metadata if isinstance(said, Le)), None)
    if low is not None and high is not None:
        return say(gettext_noop("a number from %(low)s to %(high)s")) % {"low": low, "high": high}
    return say(gettext_noop("another value"))


def _choices(annotation: Any) -> list[Any]:  # noqa: ANN401 - whatever may annotate
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [choice.value for choice in annotation]
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []
