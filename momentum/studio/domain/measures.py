"""What a reviewer sees of a lesson at a glance: its length, how it reads, what it rests on, which pages it covers."""

import re
from dataclasses import dataclass

from momentum.providers.language.writing import count_words
from momentum.providers.writer import LessonBrief
from momentum.studio.domain.citations import LessonReview

_LONG = 30  # words; a sentence with more is hard to follow
_ENDS = re.compile(r"(?<=[.!?。！？])\s*")


@dataclass(frozen=True)
class Measures:
    """All counted in the text as it is now.

    `words_a_sentence` is their mean, `long_sentences` those of more than 30 words. `grounded` is the percentage of the
    sentences that state something and rest on a passage, None where none states anything. `pages_cited` of the
    `pages_planned` are cited; of none, where the plan names no pages.
    """

    words: int
    minutes: int
    words_a_sentence: float
    long_sentences: int
    grounded: int | None
    pages_cited: int
    pages_planned: int


def measures(text: LessonReview, brief: LessonBrief) -> Measures:
    """Count what a lesson is like."""
    lengths = [
        count_words(sentence)
        for block in text.blocks
        if block.kind not in {"heading", "code", "row"}
        for piece in block.pieces
        for sentence in _ENDS.split(piece.text)
        if sentence.strip()
    ]
    stated = sum(text.counts[mark] for mark in ("supported", "partly", "none"))
    planned = {
        (span.document, page) for span in brief.source for page in range(span.first_page, span.last_page + 1)
    }
    cited = {(row.passage.document, row.passage.page) for row in text.grounds if row.sentences}
    return Measures(
        words=sum(count_words(block.text) for block in text.blocks),
        minutes=text.draft.minutes,
        words_a_sentence=round(sum(lengths) / len(lengths), 1) if lengths else 0.0,
        long_sentences=sum(length > _LONG for length in lengths),
        grounded=100 * text.counts["supported"] // stated if stated else None,
        pages_cited=len(cited),
        pages_planned=len(planned),
    )
