"""A lesson written again beside the one that is there: what the reviewer decides on."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from momentum.catalog.models import Lesson
from momentum.providers.writer import LessonDraft
from momentum.studio.domain.citations import LessonReview, read_against
from momentum.studio.domain.diff import Row, compare, lines
from momentum.studio.domain.lesson_parts import PARTS
from momentum.studio.domain.self_checks import check_of
from momentum.studio.models import Proposal


@dataclass(frozen=True)
class Comparison:
    """Both versions, by parts of a lesson that differ or not; parts that neither has are left out.

    `old` is the text as it stands in the catalogue now; None when that was deleted.
    """

    old: LessonReview | None
    new: LessonReview
    parts: list[tuple[str, list[Row]]]

    @property
    def changes(self) -> int:
        """How many blocks are not the same."""
        return sum(row.state != "same" for _name, rows in self.parts for row in rows)

    @property
    def changed_parts(self) -> list[tuple[str, str]]:
        """The parts that differ and can be accepted one by one: what `domain.lesson_parts` calls each, and its name."""
        keys = dict(zip((*_names()[:2], _("Text"), *_names()[2:]), PARTS, strict=True))
        return [(keys[name], name) for name, rows in self.parts if any(row.state != "same" for row in rows)]


def comparison(proposal: Proposal) -> Comparison | None:
    """Return what a proposal changes; None before it is written."""
    draft = proposal.written_draft()
    if draft is None:
        return None
    row = proposal.job_lesson
    before, new = row.written_draft(), read_against(draft, None)
    old = read_against(before, row.lesson.content if row.lesson else None) if before else None
    mine, its = _texts(row.lesson, before), _draft_texts(draft)
    parts = [(name, compare(lines(mine.get(name, [])), lines(its[name]))) for name in its]
    # The text itself comes after the title and the summary.
    parts.insert(2, (_("Text"), compare(old.blocks if old else [], new.blocks)))
    return Comparison(old, new, [(name, rows) for name, rows in parts if rows])


def _texts(lesson: Lesson | None, draft: LessonDraft | None) -> dict[str, list[str]]:
    """The lesson's other texts as they stand in the catalogue, or as they were written where it was deleted."""
    if lesson is None:
        return _draft_texts(draft) if draft else {}
    return {
        _("Title"): [lesson.title],
        _("Summary"): [lesson.summary],
        _("Key points"): list(lesson.key_points),
        _("To do"): [_item(item.text, item.note) for item in lesson.action_items.all()],
        _("Self-checks"): [check_of(question).text for question in lesson.questions.all()],
    }


def _draft_texts(draft: LessonDraft) -> dict[str, list[str]]:
    return {
        _("Title"): [draft.title],
        _("Summary"): [draft.summary],
        _("Key points"): [point.text for point in draft.key_points],
        _("To do"): [_item(item.text, item.note) for item in draft.action_items],
        _("Self-checks"): [check_of(question).text for question in draft.questions],
    }


def _names() -> list[str]:
    return [_("Title"), _("Summary"), _("Key points"), _("To do"), _("Self-checks")]


def _item(text: str, note: str) -> str:
    return f"{text} {note}" if note else text
