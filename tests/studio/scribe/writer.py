"""A writer whose every word is known beforehand, and that writes down each call in a journal."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from momentum.providers.documents import Document
from momentum.providers.writer import (
    ActionItem,
    CourseRequest,
    LessonBlock,
    LessonBrief,
    LessonDraft,
    Outline,
    OutlineLesson,
    Passage,
    Question,
    Section,
    Sentence,
    Usage,
    WriterError,
    Written,
)
from momentum.providers.writer.requests import ask_gate

NAME = "test:scribe"
PRICE = 1_000


class Scribe:
    """Each call costs PRICE. `fails` maps what is called ("outline", "lesson 2") to errors still to come.

    `meanwhile` maps it to what happens after its first request; such a call takes a second one.
    """

    name = NAME
    needs_references = False

    def __init__(self, journal: Path | None = None, seconds: float = 0.0) -> None:
        self.journal, self.seconds = journal, seconds
        self.calls: list[str] = []
        self.fails: dict[str, list[Exception]] = {}
        self.notes: dict[str, list[str]] = {}
        self.price = PRICE  # of each call
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self._lock = threading.Lock()

    def outline(self, request: CourseRequest, references: Sequence[Document]) -> Written[Outline]:
        lessons = [OutlineLesson(day=day, title=f"Lesson {day}") for day in range(1, request.days + 1)]
        outline = Outline(
            title="Tides",
            summary="Why the sea comes and goes.",
            description="About tides.\n\nAnd the moon.",
            outcomes=["Read a tide table"],
            lessons=lessons,
        )
        return self._written("outline", outline)

    def briefs(
        self, request: CourseRequest, outline: Outline, references: Sequence[Document]
    ) -> Written[list[LessonBrief]]:
        briefs = [LessonBrief(day=lesson.day, title=lesson.title) for lesson in outline.lessons]
        return self._written("briefs", briefs)

    def lesson(
        self,
        request: CourseRequest,
        brief: LessonBrief,
        references: Sequence[Document],
        *,
        note: str = "",
        previous: LessonDraft | None = None,
    ) -> Written[LessonDraft]:
        call = f"lesson {brief.day} again" if note else f"lesson {brief.day}"
        return self._written(call, draft(brief.day, extra=note))

    def reserve(self, kind: object, request: object, references: object, **others: object) -> int | None:
        return PRICE * 2

    def _written[T](self, call: str, value: T) -> Written[T]:
        with self._lock:
            self.calls.append(call)
        self._note(f"begin {call}")
        time.sleep(self.seconds)
        if happens := self.meanwhile.get(call):
            happens()
            self._ask_again()
        if errors := self.fails.get(call):
            raise errors.pop(0)
        self._note(f"end {call}")
        used = Usage(
            model=NAME,
            input_tokens=100,
            output_tokens=20,
            usd_micros=self.price,
            requests=1,
            request_ids=["r-1"],
            prompt_version="p@1",
        )
        return Written(value=value, usage=[used], notes=self.notes.get(call, []))

    def _ask_again(self) -> None:
        try:
            ask_gate(PRICE * 2)
        except WriterError as error:
            error.usage = [Usage(model=NAME, usd_micros=PRICE)]
            raise

    def _note(self, line: str) -> None:
        if self.journal is not None:
            with self.journal.open("a") as stream:
                stream.write(f"{line} {os.getpid()}\n")


def passing(seconds: float | None = None) -> WriterError:
    return WriterError("throttled", "Too many requests.", permanent=False, retry_after=seconds)


def lasting() -> WriterError:
    return WriterError("refused", "The model won't write this.", usage=[Usage(model=NAME, usd_micros=7)])


def draft(day: int, *, extra: str = "") -> LessonDraft:
    sentences = [
        Sentence(text="The moon pulls the sea.", passage=1, support="supported"),
        Sentence(text="So does the sun, a little.", passage=1, support="partly"),
        Sentence(text="Most people never notice.", support="none"),
        Sentence(text=extra or "Let us look closer.", support="linking"),
    ]
    items = [
        Sentence(text="Find a tide table.", support="linking"),
        Sentence(text="Read two rows.", passage=2, support="supported"),
    ]
    return LessonDraft(
        title=f"Lesson {day}",
        summary="Today's tide.",
        key_points=[Sentence(text="The moon pulls.", passage=1, support="supported")],
        sections=[
            Section(
                heading="Why & how",
                blocks=[
                    LessonBlock(kind="paragraph", sentences=sentences),
                    LessonBlock(kind="steps", sentences=items),
                ],
            )
        ],
        action_items=[ActionItem(text="Look at the sea.")],
        questions=[Question(kind="single", prompt="Who pulls?", choices=["Moon", "Mars"], answer=[0])],
        passages=[
            Passage(number=1, document="Tides", page=3, text="The moon and the sun pull the sea."),
            Passage(number=2, document="Tides", page=4, text="A tide table has rows."),
        ],
        minutes=6,
    )
