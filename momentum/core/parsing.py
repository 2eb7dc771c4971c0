"""Reading what strangers send, within bounds: JSON, YAML, HTML. Every door and every importer reads through here.

A text of a megabyte can cost minutes, or more memory than there is, where it is nested deeply enough or names itself.
So it is measured first, by something that costs no more than its length.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn, cast

import yaml

JSON_BYTES = 2 * 1024 * 1024
JSON_DEPTH = 50
YAML_CHARACTERS = 128 * 1024
YAML_DEPTH = 12
YAML_NODES = 10_000
HTML_CHARACTERS = 400_000
HTML_DEPTH = 60
HTML_TAGS = 12_000
_DIGITS = 40  # of a whole number; longer ones are nothing that anybody counts

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void elements, and those whose end may be left out: each of the second kind ends with the next of its own.
_NOT_NESTED = frozenset(
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
        ),
        *("wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"),
        *("option", "optgroup"),
    }
)


class UnreadableError(ValueError):
    """What was sent can't be read, or is larger, deeper or stranger than anything that was meant."""


def read_json(data: bytes | str) -> Any:  # noqa: ANN401 - whatever it holds
    """Return what a JSON text says.

    Raises:
        UnreadableError: where it is none; has a NUL or half a character in it, which no table takes; holds numbers that
            aren't finite, or of more digits than anybody counts to; or is too deep or too long.
    """
    if len(data) > JSON_BYTES:
        raise UnreadableError("too long")
    try:
        said = json.loads(data, parse_constant=_no_number, parse_int=_whole, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("not JSON") from error
    for depth, one in _walk(said):
        if depth > JSON_DEPTH:
            raise UnreadableError("too deep")
        if isinstance(one, str) and not is_text(one):
            raise UnreadableError("a character that isn't one")
    return said


def read_whole(text: str, *, most: int) -> int | None:
    """Return a whole number from 0 to `most`, as a form or an address has it; None for whatever else it is.

    What only looks for digits before it asks for their value breaks on five thousand of them.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    return number if (number := int(text)) <= most else None


def is_text(text: str) -> bool:
    """Say whether a database takes it: no NUL, no half of a character."""
    return "\0" not in text and _SURROGATE.search(text) is None


def plain_text(text: str) -> str:
    """Return what somebody wrote as it is stored: without what can't be seen, one empty line at most."""
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in what a form or JSON held, names too."""
    return (one for _depth, one in _walk(value) if isinstance(one, str))


def read_yaml(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    """Return what a YAML document says: plain values alone, no references, no name twice, nothing deep or huge.

    Raises:
        yaml.MarkedYAMLError: where a line is to blame.
        UnreadableError: otherwise.
    """
    if len(text) > YAML_CHARACTERS:
        raise UnreadableError("too long")
    if not is_text(text):
        raise UnreadableError("a character that isn't one")
    try:
        _measure_yaml(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a loader of the safe kind
    except yaml.MarkedYAMLError:
        raise
    # What a tag says something is, such as `!!bool maybe`, makes each kind trip in its own way.
    except (
        yaml.YAMLError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise UnreadableError("not YAML") from error


def check_html(html: str) -> None:
    """Refuse HTML that would take a parser long, or be nested deeper than any reader could follow.

    What ends of itself (`<p>`, `<li>` and the like) isn't counted as nesting.

    Raises:
        UnreadableError: then.
    """
    if len(html) > HTML_CHARACTERS:
        raise UnreadableError("too long")
    depth = 0
    for tags, tag in enumerate(_TAG.finditer(html), start=1):
        if tag[2].lower() not in _NOT_NESTED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > HTML_DEPTH or tags > HTML_TAGS:
            raise UnreadableError("too deep")


def _walk(value: object) -> Iterator[tuple[int, object]]:
    # Without recursion: what is walked may be as deep as a parser goes.
    waiting: list[tuple[int, object]] = [(1, value)]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        if depth > JSON_DEPTH:
            continue
        if isinstance(one, dict):
            waiting += [(depth + 1, part) for pair in one.items() for part in pair]
        elif isinstance(one, list):
            waiting += [(depth + 1, part) for part in one]


def _no_number(said: str) -> NoReturn:
    raise UnreadableError(f"{said} is no number")


def _whole(said: str) -> int:
    if len(said) > _DIGITS:
        raise UnreadableError("too large a number")
    return int(said)


def _finite(said: str) -> float:
    if not math.isfinite(number := float(said)):
        raise UnreadableError("too large a number")
    return number


def _measure_yaml(text: str) -> None:
    """Look at a document event by event, which builds nothing."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("references (*) are not used here", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > YAML_DEPTH or nodes > YAML_NODES:
            raise _refused("there is too much in it, or it is nested too deeply", event)


def _refused(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    # The C parser has marks of its own kind, with the same lines in them.
    return yaml.MarkedYAMLError(None, None, problem, cast("yaml.Mark | None", event.start_mark))


class _Loader(yaml.CSafeLoader):
    """YAML without repeated keys: one of them would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a name must be one word or line of text", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value} stands here twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)
