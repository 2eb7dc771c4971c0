"""Names: which one is missing in a sentence of the lesson."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day

# Words with a capital inside a sentence: a name, where the language doesn't write all nouns so.
_NAME: Final = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-ZÀ-Þ][a-zà-ÿ]{2,})?(?=[ ,;.])")
_WRONG, _FEWEST = 3, 3
_TWICE: Final = 2


def ask_name(day: Day) -> Iterator[tuple[int, Question]]:
    """Which name is missing; the others are names of as many words that the document uses as often."""
    if day.language.nouns_are_capitalised:
        return
    known = Counter(name for piece in [*day.said, *day.elsewhere] for name in _NAME.findall(piece.text))
    # What the whole document is about is no question.
    [subject] = [name for name, _ in known.most_common(1)] or [""]
    for piece in day.statements:
        names = _NAME.findall(piece.text)
        if len(names) != 1 or names[0] == subject or piece.text.count(names[0]) != 1:
            continue
        right = names[0]
        wrong = [
            name
            for name, times in known.most_common()
            if times >= _TWICE and name.count(" ") == right.count(" ") and name not in piece.text
            if right not in name
            and name not in right
            and not day.is_supported(piece.text.replace(right, name))
        ][:_WRONG]
        if len(wrong) < _FEWEST or known[right] < _TWICE:
            continue
        blank = day.language.quoted(piece.text.replace(right, day.teaching.blank))
        question = day.single(day.teaching.word.format(sentence=blank), right, wrong, piece)
        if question is not None:
            yield piece.order, question
