"""The outline before anything is written: days are renamed, moved, merged, split, and written from the pages chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from momentum.core.errors import ConflictError, ForbiddenError
from momentum.providers.writer import Outline, OutlineLesson, SourceSpan, get_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.domain import outline_editing as editing
from momentum.studio.models import Job
from tests.mailing import mailbox
from tests.pages import fields, main, titles
from tests.providers.pdfs import handbook
from tests.studio.scribe.writer import Scribe
from tests.studio.working import work

type Start = Callable[..., actions.Started]


@pytest.fixture
def outlined(start: Start, scribe: Scribe) -> Job:
    return work(start(outline_first=True).job)


def _span(first: int, last: int, **narrowed: Any) -> SourceSpan:
    return SourceSpan(document=0, first_page=first, last_page=last, **narrowed)


def _outline(*sources: list[SourceSpan]) -> Outline:
    lessons = [
        OutlineLesson(day=day, title=f"Day {day}", source=source) for day, source in enumerate(sources, 1)
    ]
    return Outline(title="Bees", lessons=lessons)


def _press(client: Client, job: Job, do: str, **typed: str) -> Any:
    path = f"/panel/studio/{job.pk}/outline/"
    sent = fields(main(client.get(path)).select("form")[0]) | typed | {"do": do}
    return client.post(path, sent)


def _titles(job: Job) -> list[str]:
    job.refresh_from_db()
    return [lesson.title for lesson in Outline.model_validate(job.outline).lessons]


def test_nothing_is_written_before_the_outline_is_approved(
    as_admin: Client, outlined: Job, scribe: Scribe
) -> None:
    assert (outlined.status, scribe.calls) == ("outlined", ["outline"])
    assert [mail.subject for mail in mailbox] == ["Waiting for you: Tides"]
    assert "Look at the outline" in titles(as_admin.get(f"/panel/studio/{outlined.pk}/"), "main a")

    _press(as_admin, outlined, "up:3", **{"title-3": "The moon first"})
    assert _titles(outlined) == ["Lesson 1", "The moon first", "Lesson 2"]
    _press(as_admin, outlined, "merge:1")
    assert _titles(outlined) == ["Lesson 1", "Lesson 2"]
    _press(as_admin, outlined, "split:2")
    _press(as_admin, outlined, "drop:1", title="Seas")
    assert _titles(outlined) == ["Lesson 2", "Lesson 2, continued"]

    assert _press(as_admin, outlined, "approve", **{"title-2": "And then"}).status_code == 302
    done = work(outlined)
    assert (done.status, done.days) == ("ready", 2)
    assert done.course is not None
    assert done.course.title == "Seas"
    assert list(done.lessons.values_list("title", flat=True).order_by("day")) == [
        "Lesson 1",
        "Lesson 2",
    ]  # as drafted
    assert [lesson.brief["title"] for lesson in done.lessons.order_by("day")] == ["Lesson 2", "And then"]
    assert scribe.calls.count("outline") == 1


def test_the_built_in_writer_writes_from_the_pages_that_were_chosen(
    as_admin: Client, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    reference = ContentFile(handbook(), name="bees.pdf")
    job = work(
        start(references=[reference], writer="extractive", request={"days": 2}, outline_first=True).job
    )
    assert job.status == "outlined"

    _press(as_admin, job, "approve", **{"pages-1": "3", "title-1": "Only page three"})
    done = work(job)

    assert (done.status, done.error) == ("ready", "")
    draft = done.lessons.get(day=1).written_draft()
    assert draft is not None
    assert {passage.page for passage in draft.passages} == {3}


@pytest.mark.parametrize("pages", ["nonsense", "0", "9-3", "1-999", "2: 1"])
def test_pages_that_are_none_are_refused_and_nothing_changes(
    as_admin: Client, outlined: Job, pages: str
) -> None:
    outlined.references.create(title="a.pdf", file="a.pdf", sha256="0" * 64, bytes=1, pages=8)

    said = _press(as_admin, outlined, "save", **{"pages-1": pages})

    assert said.status_code == 422
    assert f"“{pages}” can’t be done" in said.text
    assert _titles(outlined) == ["Lesson 1", "Lesson 2", "Lesson 3"]
    assert Job.objects.get(pk=outlined.pk).outline_edits == 0


def test_two_who_edit_at_once_dont_overwrite_each_other(outlined: Job, admin: Any, learner: Any) -> None:
    planned = Outline.model_validate(outlined.outline)
    actions.edit_outline(actor=admin, job=outlined, outline=editing.without(planned, 1), seen=0)

    with pytest.raises(ConflictError):
        actions.edit_outline(actor=admin, job=outlined, outline=planned, seen=0)
    for action in (
        lambda: actions.edit_outline(actor=learner, job=outlined, outline=planned, seen=1),
        lambda: actions.approve_outline(actor=learner, job=outlined),
    ):
        with pytest.raises(ForbiddenError):
            action()

    assert _titles(outlined) == ["Lesson 2", "Lesson 3"]


def test_a_day_is_split_by_its_places_its_pages_or_its_paragraphs() -> None:
    several = editing.split(_outline([_span(1, 2), _span(5, 6), _span(9, 9)]), 1, "More")
    pages = editing.split(_outline([_span(3, 6, start=10, end=30)]), 1, "More")
    paragraphs = editing.split(_outline([_span(3, 3, start=10, end=31)]), 1, "More")

    assert [lesson.source for lesson in several.lessons] == [[_span(1, 2), _span(5, 6)], [_span(9, 9)]]
    assert [lesson.source for lesson in pages.lessons] == [[_span(3, 4)], [_span(5, 6)]]
    assert [lesson.source for lesson in paragraphs.lessons] == [
        [_span(3, 3, start=10, end=20)],
        [_span(3, 3, start=20, end=31)],
    ]
    assert [(lesson.day, lesson.title) for lesson in pages.lessons] == [(1, "Day 1"), (2, "More")]
    with pytest.raises(editing.CannotEditError):
        editing.split(_outline([_span(3, 3)]), 1, "More")


def test_what_is_read_is_what_was_shown() -> None:
    lesson = OutlineLesson(day=1, title="A", source=[_span(3, 12), _span(20, 20)])

    assert editing.pages_text(lesson, 1) == "3-12, 20"
    assert editing.spans_of("3-12, 20", [30]) == lesson.source
    assert editing.pages_text(lesson, 2) == "1: 3-12, 1: 20"
    assert editing.spans_of("1: 3-12, 1: 20", [30, 4]) == lesson.source
