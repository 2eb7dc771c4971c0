"""Whether an answer is right, and what is wrong with it. Pure: words in, a verdict out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.catalog.domain.short_answers import Miss, accepts, miss
from momentum.catalog.models import Question, QuestionKind


def is_right(question: Question, given: Sequence[str]) -> bool:
    """Say whether these words answer the question as it now stands; it comes with its lesson and course."""
    if question.kind == QuestionKind.SHORT:
        return len(given) == 1 and accepts(
            [str(one) for one in question.answer],
            given[0],
            tolerance=question.tolerance,
            language=question.lesson.course.language,
        )
    if question.kind == QuestionKind.ORDER:
        return list(given) == _wanted(question)
    return sorted(given) == sorted(_wanted(question))


def still_fits(question: Question, given: Sequence[str]) -> bool:
    """Say whether the words could be given to the question as it now stands; it may have been edited since."""
    if question.kind in {QuestionKind.SHORT, QuestionKind.SINGLE} and len(given) != 1:
        return False
    if question.kind == QuestionKind.SHORT:
        return True
    if question.kind == QuestionKind.ORDER:
        return sorted(given) == sorted(question.choices)
    return bool(given) and set(given) <= set(question.choices)


def what_is_wrong(question: Question, given: Sequence[str]) -> str:
    """Say in a sentence what is wrong with an answer, without giving the right one away."""
    wanted = _wanted(question)
    match question.kind:
        case QuestionKind.SHORT:
            return _what_is_wrong_with(question, given[0])
        case QuestionKind.ORDER:
            placed = sum(one == other for one, other in zip(given, wanted, strict=False))
            return ngettext(
                "%(count)d of %(all)d lines is in its place.",
                "%(count)d of %(all)d lines are in their place.",
                placed,
            ) % {"count": placed, "all": len(wanted)}
        case QuestionKind.MULTIPLE:
            return _what_is_wrong_among(set(given) - set(wanted), set(wanted) - set(given))
        case _:
            return str(_("“%(answer)s” isn’t it.") % {"answer": given[0]})


def _wanted(question: Question) -> list[str]:
    if question.kind == QuestionKind.SHORT:
        return []
    return [question.choices[int(index)] for index in question.answer]


def _what_is_wrong_among(wrong: set[str], missing: set[str]) -> str:
    if wrong and missing:
        return str(_("Something you chose doesn’t belong, and something is missing."))
    if wrong:
        return ngettext(
            "All that belongs is there, and %(count)d choice too many.",
            "All that belongs is there, and %(count)d choices too many.",
            len(wrong),
        ) % {"count": len(wrong)}
    return str(_("What you chose belongs, but something is missing."))


def _what_is_wrong_with(question: Question, given: str) -> str:
    accepted = [str(one) for one in question.answer]
    sentences = {
        Miss.NUMBER_WANTED: _("A number is wanted."),
        Miss.MARKS: _("Almost: look at the accents and marks in “%(answer)s”."),
        Miss.SIGNS: _("Almost: look at the signs in “%(answer)s”."),
        Miss.UNIT: _("The number is right; the unit isn’t."),
        Miss.OTHER: _("“%(answer)s” isn’t it."),
    }
    found = miss(accepted, given, language=question.lesson.course.language)
    return str(sentences[found]) % {"answer": given}
