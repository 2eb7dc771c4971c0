"""Whether an answer is right. Pure: words in, a verdict out."""

import unicodedata
from collections.abc import Sequence

from momentum.catalog.models import Question, QuestionKind


def is_right(question: Question, given: Sequence[str]) -> bool:
    """Say whether these words answer the question as it now stands."""
    if question.kind == QuestionKind.SHORT:
        return len(given) == 1 and plain(given[0]) in {plain(str(one)) for one in question.answer}
    wanted = [question.choices[int(index)] for index in question.answer]
    if question.kind == QuestionKind.ORDER:
        return list(given) == wanted
    return sorted(given) == sorted(wanted)


def still_fits(question: Question, given: Sequence[str]) -> bool:
    """Say whether the words could be given to the question as it now stands; it may have been edited since."""
    if question.kind in {QuestionKind.SHORT, QuestionKind.SINGLE} and len(given) != 1:
        return False
    if question.kind == QuestionKind.SHORT:
        return True
    if question.kind == QuestionKind.ORDER:
        return sorted(given) == sorted(question.choices)
    return bool(given) and set(given) <= set(question.choices)


def plain(text: str) -> str:
    """Return the text without what a short answer isn't judged by: case, accents, spaces, punctuation.

    A text of nothing else is kept as it is, so that “+” doesn't pass for “-”.
    """
    text = unicodedata.normalize("NFKD", text).casefold().strip()
    kept = "".join(sign for sign in text if unicodedata.category(sign)[0] in "LNS")
    return kept or "".join(text.split())
