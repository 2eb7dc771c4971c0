"""What a lesson's text is made of: headed sections of paragraphs, lists, tables, figures, code and the like."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterator

type Support = Literal["supported", "partly", "none", "linking"]
type LessonBlockKind = Literal[
    "paragraph", "bullets", "steps", "table", "figure", "code", "quotation", "note", "formula"
]

_PICTURED = ("figure", "formula")
_OLD_LISTS = {"bullet": "bullets", "step": "steps"}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Sentence(_Record):
    """One sentence of lesson text, and what it rests on.

    `supported`: the passage says this. `partly`: the passage says some of it. `none`: no reference says
    it. `linking`: it states no fact about the subject, it only leads the reader on. A supported or partly
    supported sentence names its passage; the two other kinds name none.
    """

    text: str = Field(min_length=1, description="One whole sentence, with its closing punctuation.")
    passage: int | None = Field(default=None, description="The number of the passage it rests on.")
    support: Support = Field(default="none", description="supported, partly, none or linking.")


class LessonPicture(_Record):
    """A picture of a reference: `document` is its position among the references, `name` as in `Reading.pictures`."""

    document: int = Field(ge=0)
    name: str = Field(min_length=1)


class LessonBlock(_Record):
    """A piece of a lesson that is whole by itself.

    `sentences` are those of a paragraph, a quotation or a note; one for each item of a list (which may be more than
    a sentence long); the caption of a table, a figure, code or a formula. `depths` say how deep each item of a list
    is nested, from 0; empty where none is; `start` is the number of the first step. `rows` are the cells of a table,
    all rows of one length, of which the first `head_rows` name the columns. `text` is code, line by line, or what a
    figure or a formula shows, in words. `passage` is what rows, code or a picture rest on; sentences name their own.
    """

    kind: LessonBlockKind
    sentences: list[Sentence] = []
    start: int = Field(default=1, ge=0)
    depths: list[int] = []
    rows: list[list[str]] = []
    head_rows: int = Field(default=0, ge=0)
    text: str = ""
    picture: LessonPicture | None = None
    passage: int | None = None

    @model_validator(mode="after")
    def _shaped(self) -> Self:
        if (self.kind == "table") != bool(self.rows):
            raise ValueError("a table, and nothing else, has rows")
        if len({len(row) for row in self.rows}) > 1 or self.head_rows > len(self.rows):
            raise ValueError("the rows of a table are of one length, and its head is among them")
        if self.picture is not None and self.kind not in _PICTURED:
            raise ValueError("only a figure or a formula has a picture")
        if self.depths and len(self.depths) != len(self.sentences):
            raise ValueError("each item of a nested list has its depth")
        if not (self.sentences or self.rows or self.text or self.picture):
            raise ValueError("a block holds something")
        return self

    @property
    def claims(self) -> Iterator[Sentence]:
        """All that it says: its sentences, each row with tabs between the cells, and what it shows in words."""
        yield from self.sentences
        support: Support = "none" if self.passage is None else "supported"
        shown = self.text if self.kind == "code" or not self.sentences else ""
        for text in [*("\t".join(row) for row in self.rows), shown]:
            if text.strip():
                yield Sentence(text=text, passage=self.passage, support=support)


class Section(_Record):
    """A headed part of a lesson. It always has text."""

    heading: str = Field(min_length=1)
    blocks: list[LessonBlock] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _of_paragraphs(cls, data: Any) -> Any:  # noqa: ANN401 - whatever was stored
        # Drafts stored before there were blocks have paragraphs of sentences, some of them items of a list.
        if not isinstance(data, dict) or "paragraphs" not in data:
            return data
        blocks = [
            {"kind": _OLD_LISTS.get(item, "paragraph"), "sentences": list(run)}
            for paragraph in data["paragraphs"]
            for item, run in groupby(paragraph, key=lambda sentence: sentence.get("item"))
        ]
        return {"heading": data.get("heading", ""), "blocks": blocks}

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, item and caption, in order."""
        for block in self.blocks:
            yield from block.sentences
