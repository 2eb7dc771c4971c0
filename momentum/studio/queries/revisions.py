"""What a new version of a document changed, as pages show it: of the whole course, and of one day."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from momentum.catalog.models import Lesson
from momentum.core.errors import NotFoundError
from momentum.providers.documents.places import place
from momentum.providers.writer import ActionItem, LessonBlock, LessonDraft, Passage, Question
from momentum.studio.domain.citations import Block, Piece
from momentum.studio.domain.diff import Row, compare
from momentum.studio.domain.lesson_edits import EditedError
from momentum.studio.domain.self_checks import check_of
from momentum.studio.models import Job, JobLesson, LessonChange, Reference, ReferenceText, Revision
from momentum.studio.queries.lesson_state import state_of


@dataclass(frozen=True)
class RevisedDay:
    """A day of the course: how many of its sentences are what, and of its changes to decide, accepted, declined."""

    lesson: JobLesson
    counts: dict[str, int]
    decisions: dict[str, int]

    @property
    def to_decide(self) -> int:
        return self.decisions.get("open", 0)


@dataclass(frozen=True)
class RevisedPage:
    """A page of the document: what became of it, and how it is called in the old version and in the new one."""

    state: str
    old: str
    new: str


@dataclass(frozen=True)
class RevisedCourse:
    """A revision with what it changes in its course."""

    revision: Revision
    days: list[RevisedDay]
    pages: list[RevisedPage]

    @property
    def job(self) -> Job:
        return self.revision.reference.job

    @property
    def totals(self) -> Counter[str]:
        """How many sentences of the whole course are still said, moved, changed and lost."""
        total: Counter[str] = Counter()
        for day in self.days:
            total.update(day.counts)
        return total

    @property
    def page_counts(self) -> Counter[str]:
        return Counter(page.state for page in self.pages)

    @property
    def to_decide(self) -> int:
        return sum(day.to_decide for day in self.days)

    @property
    def waits_for_publication(self) -> bool:
        """Whether something was accepted that learners don't have yet."""
        return any(day.decisions.get("unpublished") for day in self.days)


def revision(revision_id: uuid.UUID) -> RevisedCourse:
    """Gather it, in five queries.

    Raises:
        NotFoundError: for no such revision.
    """
    found = (
        Revision.objects.select_related("reference__job__course", "replaces", "actor")
        .filter(pk=revision_id)
        .first()
    )
    if found is None:
        raise NotFoundError
    decisions: dict[uuid.UUID, Counter[str]] = {}
    for lesson, decision, released in found.changes.values_list("job_lesson", "decision", "released_at"):
        counted = decisions.setdefault(lesson, Counter())
        counted[decision] += 1
        if decision == LessonChange.Decision.ACCEPTED and released is None:
            counted["unpublished"] += 1
    counts = {row["day"]: row for row in found.lessons}
    lessons = found.reference.job.lessons.light().select_related("lesson").order_by("day")
    days = [
        RevisedDay(
            lesson,
            {name: counts[lesson.day][name] for name in ("said", "moved", "changed", "lost")},
            dict(decisions.get(lesson.pk, {})),
        )
        for lesson in lessons
        if lesson.day in counts
    ]
    return RevisedCourse(found, days, _pages(found))


def _pages(found: Revision) -> list[RevisedPage]:
    if not found.pages:
        return []
    texts = ReferenceText.objects.filter(reference__in=[found.reference_id, found.replaces_id])
    labels = {
        text.reference_id: {page["number"]: page["label"] for page in text.document["pages"]}
        for text in texts
    }
    old, new = labels.get(found.replaces_id, {}), labels.get(found.reference_id, {})
    return [
        RevisedPage(
            row["state"],
            "" if row["page"] is None else str(old.get(row["page"]) or row["page"]),
            "" if row["to"] is None else str(new.get(row["to"]) or row["to"]),
        )
        for row in found.pages
    ]


@dataclass(frozen=True)
class ShownChange:
    """A change as it is decided on.

    `where` is the heading that it belongs to; `is_edited`: it can’t be put in, because that place was edited by hand.
    """

    change: LessonChange
    where: str
    source: str
    rows: list[Row]
    is_edited: bool

    @property
    def is_open(self) -> bool:
        return self.change.decision == LessonChange.Decision.OPEN

    @property
    def verdict(self) -> str:
        """What becomes of the text, in a word or two."""
        if self.change.kind == LessonChange.Kind.PLACES:
            return _("Moved")
        if self.change.old is None:
            return _("New")
        return _("No longer said") if self.change.new is None else _("Changed")


@dataclass(frozen=True)
class RevisedLesson:
    """What a revision changes in one lesson."""

    whole: RevisedCourse
    day: RevisedDay
    changes: list[ShownChange] = field(default_factory=list)

    @property
    def open(self) -> list[ShownChange]:
        return [one for one in self.changes if one.is_open]

    @property
    def decided(self) -> list[ShownChange]:
        return [one for one in self.changes if not one.is_open]

    @property
    def next_day(self) -> int | None:
        """The next day on which something is to be decided, from this one on and round."""
        waiting = [day.lesson.day for day in self.whole.days if day.to_decide and day is not self.day]
        return next((day for day in waiting if day > self.day.lesson.day), next(iter(waiting), None))


def revised_lesson(revision_id: uuid.UUID, day: int) -> RevisedLesson:
    """Gather it.

    Raises:
        NotFoundError: where the revision has no such day.
    """
    whole = revision(revision_id)
    here = next((one for one in whole.days if one.lesson.day == day), None)
    if here is None:
        raise NotFoundError
    written = JobLesson.objects.select_related("job").get(pk=here.lesson.pk)
    lesson = Lesson.objects.with_parts().filter(written_by_job=written.pk).first()
    changes = whole.revision.changes.filter(job_lesson=written).order_by("position")
    draft = written.written_draft()
    shown = [_shown(change, draft, written, lesson) for change in changes]
    return RevisedLesson(whole, here, shown)


def _shown(
    change: LessonChange, draft: LessonDraft | None, written: JobLesson, lesson: Lesson | None
) -> ShownChange:
    is_edited = False
    if change.decision == LessonChange.Decision.OPEN and lesson is not None:
        try:
            state_of(written, lesson).with_change(change.kind, change.old, change.new)
        except EditedError:
            is_edited = True
    old, new = _texts(change.kind, change.old), _texts(change.kind, change.new)
    if change.kind == LessonChange.Kind.PLACES:
        old, new = _places(draft, change.new or {})
    return ShownChange(change, _where(change, draft), _source(change.new), compare(old, new), is_edited)


def _texts(kind: str, told: dict[str, Any] | None) -> list[Block]:
    if told is None or kind == LessonChange.Kind.PLACES:
        return []
    match kind:
        case LessonChange.Kind.QUESTION:
            return _lines([check_of(Question.model_validate(told)).text])
        case LessonChange.Kind.ACTION_ITEM:
            item = ActionItem.model_validate(told)
            return _lines([f"{item.text} {item.note}".strip()])
        case LessonChange.Kind.INSERTION:
            heading = told["section"]["heading"]
            head = [Block("heading", [Piece(heading, "linking")])] if heading.strip() else []
            blocks = [LessonBlock.model_validate(block) for block in told["section"]["blocks"]]
            return [*head, *(block for one in blocks for block in _block(one))]
        case _:
            text = told["text"] if "text" in told else " ".join(told["texts"])
            return _lines([text.replace("\t", " · ")])


def _block(block: LessonBlock) -> list[Block]:
    if block.kind in {"bullets", "steps"}:
        kind = "step" if block.kind == "steps" else "bullet"
        return [Block(kind, [Piece(one.text, "linking")]) for one in block.sentences]  # type: ignore[arg-type]
    if block.rows or block.kind == "code":
        return _lines(claim.text.replace("\t", " · ") for claim in block.claims)
    return _lines([" ".join(one.text for one in block.sentences)])


def _lines(texts: Iterable[str]) -> list[Block]:
    return [Block("paragraph", [Piece(text, "linking")]) for text in texts]


def _places(draft: LessonDraft | None, new: dict[str, Any]) -> tuple[list[Block], list[Block]]:
    """Where passages stood, and where they stand."""
    known = {passage.number: passage for passage in draft.passages} if draft else {}
    old, now = [], []
    for told in new["passages"]:
        passage = Passage.model_validate(told)
        before = known.get(passage.number)
        old.append(
            _("Source %(number)d: %(place)s")
            % {"number": passage.number, "place": before.shown_place if before else ""}
        )
        now.append(
            _("Source %(number)d: %(place)s") % {"number": passage.number, "place": passage.shown_place}
        )
    asked = {question.prompt: question for question in draft.questions} if draft else {}
    for told in new["questions"]:
        before_it = asked.get(told["prompt"])
        label = told["label"] or str(told["page"] or "")
        old.append(f"{told['prompt']} {place('page', before_it.shown_page) if before_it else ''}".strip())
        now.append(f"{told['prompt']} {place('page', label)}".strip())
    return _lines(old), _lines(now)


def _source(new: dict[str, Any] | None) -> str:
    """The page of the new version that says it."""
    told = (new or {}).get("passage") or next(iter((new or {}).get("passages") or []), None)
    if not told or "number" not in told:
        return ""
    return Passage.model_validate(told).shown_place


def _where(change: LessonChange, draft: LessonDraft | None) -> str:
    """The heading of the section that the change is in."""
    texts = [change.old["text"]] if change.kind == "sentence" and change.old else []
    if change.kind == "insertion" and change.new:
        texts = change.new["anchors"]
    for section in [*draft.sections, *draft.closing] if draft and texts else []:
        if any(claim.text in texts for block in section.blocks for claim in block.claims):
            return section.heading
    return ""


def versions_of(reference: Reference) -> list[Reference]:
    """Return all versions of a document, the newest first, each with its revision where it has one."""
    versions = Reference.everything.filter(job=reference.job_id, position=reference.position)
    return list(versions.select_related("revision__actor").order_by("-version"))


def revisions_of(job: Job) -> list[Revision]:
    """Return the new versions that were put in for a job's course, the newest first."""
    found = Revision.objects.filter(reference__job=job).select_related("reference")
    return list(found.order_by("-created_at"))
