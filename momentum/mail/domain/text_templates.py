"""The language in which administrators write a subject or an introduction: text, variables, and simple conditions.

    Hello {{ name }}, {% if lesson %}today it is “{{ lesson }}”{% else %}there is nothing to do today{% endif %}.

It is a small part of Jinja's: no attributes, calls, filters, operators or loops, so that a template can neither reach
anything but the values it is given nor make more text than it has room for. What it makes is plain text.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Never

from django.utils.translation import gettext as _
from jinja2 import Template, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from rapidfuzz import process

MOST_MADE = 5_000  # characters that a template may become
_MOST_OF_A_VALUE = 300
_DEEPEST = 5
_MOST_SAID = 5  # problems at once
_SIMILAR = 55  # of 100
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_KEPT_FOR_JINJA = {"self", "super", "caller", "loop"}
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)


class TextFaultError(Exception):
    """A template can't be used for one mail. `code` says why, for the log: such as "missing:lesson"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _MissingUndefined(Undefined):
    """A value that this mail hasn't got: a condition may ask for it, but it can't be said."""

    def __str__(self) -> Never:
        raise TextFaultError(f"missing:{self._undefined_name}")


class _Tag(NamedTuple):
    """What stands between two braces: its words without spaces, as Jinja's lexer tells them apart."""

    line: int
    prints: bool
    words: tuple[str, ...]
    is_closed: bool


_environment = ImmutableSandboxedEnvironment(
    undefined=_MissingUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # what it makes is a plain sentence, escaped where a mail is formatted
)
_environment.globals.clear()
_environment.filters.clear()
_environment.tests.clear()


def problems(source: str, variables: Collection[str]) -> list[str]:
    """Return what is wrong with a template for which there are these variables, in sentences with the line."""
    found = [] if _is_printable(source) else [_("There is a character that can’t be shown.")]
    return list(dict.fromkeys([*found, *_problems(source, variables)]))[:_MOST_SAID]


def rendered(source: str, values: Mapping[str, str]) -> str:
    """Return the text that a template makes of these values.

    Raises:
        TextFaultError: where it has no value for what it says, says nothing or too much, or isn't in this language.
    """
    template = _compiled(source)
    plain = {name: one_line(str(value))[:_MOST_OF_A_VALUE] for name, value in values.items()}
    made = template.render(plain).strip()
    if not made:
        raise TextFaultError("empty")
    if len(made) > MOST_MADE:
        raise TextFaultError("too_long")
    return made


def one_line(text: str) -> str:
    """Return a text without breaks and control characters; spaces that hold together what belongs together stay."""
    return _BREAKS.sub(" ", text).strip()


def fault_words(code: str) -> str:
    """Return why a template couldn't be used, for the panel."""
    reason, _colon, name = code.partition(":")
    if reason == "missing":
        return _("There was no value for “%(name)s”.") % {"name": name}
    if reason == "empty":
        return _("The edited text came out empty.")
    if reason == "too_long":
        return _("The edited text came out too long.")
    return _("The edited text couldn’t be read.")


def _problems(source: str, variables: Collection[str] | None) -> list[str]:
    try:
        tags = list(_tags(source))
    except TemplateSyntaxError as error:
        return [_at(error.lineno, _not_readable())]
    found = [sentence for tag in tags if (sentence := _problem(tag, variables))]
    found = found or [*_misplaced(tags)]
    if not found and not _is_simple(source):
        found = [_at(1, _not_readable())]
    return found


def _tags(source: str) -> Iterator[_Tag]:
    line, prints, words, opened = 1, False, list[str](), False
    for number, kind, text in _environment.lex(source):
        if kind in {"variable_begin", "block_begin"}:
            line, prints, words, opened = number, kind == "variable_begin", [], True
        elif kind in {"variable_end", "block_end"}:
            opened = False
            yield _Tag(line, prints, tuple(words), is_closed=True)
        elif opened and kind != "whitespace":
            words.append(text)
        elif kind in {"raw_begin", "comment_begin"}:
            yield _Tag(number, prints=False, words=(kind,), is_closed=True)
    if opened:
        yield _Tag(line, prints, tuple(words), is_closed=False)


def _problem(tag: _Tag, variables: Collection[str] | None) -> str:
    """Return what is wrong with one tag, or nothing."""
    if not tag.is_closed:
        return _at(tag.line, _not_closed("{{", "}}") if tag.prints else _not_closed("{%", "%}"))
    if tag.prints:
        names: tuple[str, ...] = tag.words
        is_simple = len(names) == 1
    else:
        names = _condition(tag.words)
        is_simple = bool(names) or tag.words in {("else",), ("endif",)}
    if not is_simple or not all(_is_word(name) for name in names):
        return _at(tag.line, _not_readable())
    for name in names:
        is_variable = _NAME.fullmatch(name) and name not in _KEPT_FOR_JINJA
        if not is_variable or (variables is not None and name not in variables):
            return _at(tag.line, _unknown(name, variables or ()))
    return ""


def _condition(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the variable that a condition asks for; nothing where it isn't one."""
    match words:
        case ("if" | "elif", "not", name) | ("if" | "elif", name):
            return (name,)
    return ()


def _is_word(text: str) -> bool:
    return text.isidentifier()


def _misplaced(tags: list[_Tag]) -> Iterator[str]:
    """Say which conditions have no beginning or no end."""
    opened: list[_Tag] = []
    closed_by_else: list[bool] = []
    for tag in tags:
        if tag.prints:
            continue
        word = tag.words[0]
        if word == "if":
            opened.append(tag)
            closed_by_else.append(False)
            if len(opened) > _DEEPEST:
                yield _at(tag.line, _("There are too many conditions inside each other."))
                return
        elif not opened or (word != "endif" and closed_by_else[-1]):
            yield _at(tag.line, _("“%(word)s” has no “if” before it.") % {"word": word})
            return
        elif word == "endif":
            opened.pop()
            closed_by_else.pop()
        else:
            closed_by_else[-1] = word == "else"
    if opened:
        yield _at(opened[-1].line, _not_closed("if", "{% endif %}"))


def _is_simple(source: str) -> bool:
    """Look a second time, at what Jinja makes of it: whatever the words looked like, nothing else gets through."""
    try:
        tree = _environment.parse(source)
    except (TemplateSyntaxError, RecursionError):
        return False
    return all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node))


def _is_printable(source: str) -> bool:
    return all(unicodedata.category(character) != "Cc" or character in "\n\r\t" for character in source)


def _at(line: int, sentence: str) -> str:
    return _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": sentence}


def _not_readable() -> str:
    said = _("Only variables such as %(variable)s and conditions such as %(condition)s can be used.")
    return said % {"variable": "{{ name }}", "condition": "{% if name %} … {% endif %}"}


def _not_closed(opened: str, closed: str) -> str:
    return _("“%(opened)s” isn’t closed with “%(closed)s”.") % {"opened": opened, "closed": closed}


def _unknown(name: str, variables: Collection[str]) -> str:
    nearest = process.extractOne(name, sorted(variables), processor=str.lower, score_cutoff=_SIMILAR)
    said = _("There is no variable “%(name)s”.") % {"name": name[:40]}
    if nearest is None:
        return said
    return f"{said} {_('Did you mean “%(name)s”?') % {'name': nearest[0]}}"


@lru_cache(maxsize=500)
def _compiled(source: str) -> Template:
    # What is stored was checked when it was saved; it is checked again, since nothing else may ever be run.
    if _problems(source, None):
        raise TextFaultError("unreadable")
    return _environment.from_string(source)
