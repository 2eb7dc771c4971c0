"""Reads Markdown (CommonMark with tables), through the HTML that it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from momentum.providers.documents.markup.html import read_page
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.text_encoding import text_of

if TYPE_CHECKING:
    from momentum.providers.documents.composition import Found
    from momentum.providers.documents.pictures import Pictures

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD: Final = re.compile(r"^(title|lang|language):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_FOOTNOTE: Final = re.compile(r"^\[\^[^\]]+\]:.*\n?(?:[ \t]+\S.*\n?)*", re.MULTILINE)
_NOTE_MARK: Final = re.compile(r"\[\^[^\]\s]+\]")
_FORMULA: Final = re.compile(r"^[ \t]*\$\$(.+?)\$\$[ \t]*$", re.DOTALL | re.MULTILINE)


def read_markdown(data: bytes, pictures: Pictures) -> Found:
    """Read Markdown; the title and language that its front matter names count."""
    text = text_of(data)
    if text is None:
        raise RefusedError("broken")
    said: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        said = {key[:4]: value for key, value in _FIELD.findall(front.group(1))}
        text = text[front.end() :]
    text = _NOTE_MARK.sub("", _FOOTNOTE.sub("", text))
    text = _FORMULA.sub(lambda match: _math(match.group(1)), text)
    found = read_page(
        MarkdownIt("commonmark", {"html": True, "maxNesting": 40})
        .enable(["table", "strikethrough"])
        .render(text),
        pictures,
        lambda _: b"",
        site=False,
    )
    found.title, found.language = said.get("titl", ""), said.get("lang", "")
    return found


def _math(formula: str) -> str:
    plain = " ".join(formula.split()).replace("&", "&amp;").replace("<", "&lt;")
    return f'\n\n<math display="block"><mtext>{plain}</mtext></math>\n\n'
