"""The script of a video: scenes, each with what is said and what is shown, written from a lesson or a whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from momentum.providers.writer.lesson_blocks import LessonPicture, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

type SceneKind = Literal[
    "title", "points", "quotation", "steps", "comparison", "figure", "definition", "question", "closing"
]

MOST_SCENES = 40
# What HeyGen takes in one request, and some seven minutes of speech.
MOST_LETTERS = 5000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Scene(_Record):
    """One picture of a video and the sentences that are spoken over it.

    `said` are whole sentences, each with what it rests on, as in a lesson. What is shown depends on `kind`: `heading`
    stands over everything but a quotation; `points` are those of points, of steps in their order, or the choices of a
    question; `left` and `right` are the two sides of a comparison, their first line its name; `text` is the words of a
    quotation, what a definition says of the term in `heading`, or the line under a title; `source` is where a
    quotation stands ("Handbook, p. 14"); `picture` is the figure. A point is built up with the sentence of the same
    number where there are as many of them, else evenly.
    """

    kind: SceneKind
    heading: str = ""
    said: list[Sentence] = Field(min_length=1)
    points: list[str] = []
    left: list[str] = []
    right: list[str] = []
    text: str = ""
    source: str = ""
    picture: LessonPicture | None = None

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        needed = {
            "points": self.points, "steps": self.points, "question": self.heading, "quotation": self.text,
            "definition": self.text and self.heading, "comparison": self.left and self.right,
            "figure": self.picture, "title": self.heading, "closing": self.heading,
        }  # fmt: skip
        if not needed[self.kind]:
            raise ValueError(f"a scene of the kind {self.kind} lacks what it shows")
        return self


class Script(_Record):
    """A whole video: `language` is what is spoken, such as "en" or "pt-BR"."""

    title: str = Field(min_length=1)
    language: str = Field(min_length=2)
    scenes: list[Scene] = Field(min_length=1, max_length=MOST_SCENES)

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Everything that is said, in order."""
        for scene in self.scenes:
            yield from scene.said

    @property
    def spoken(self) -> str:
        """Everything that is said, as one text."""
        return " ".join(sentence.text for sentence in self.sentences)
