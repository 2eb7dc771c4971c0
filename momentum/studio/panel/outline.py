"""The outline of a course before it is written: a form with a row for each day, and what can be done to it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from momentum.accounts.permissions import admin_only, user_of
from momentum.core.errors import InvalidError
from momentum.providers.writer import Outline, OutlineLesson
from momentum.studio import actions
from momentum.studio.domain import outline_editing as editing
from momentum.studio.models import Job


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def outline(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The days as they are planned; POST keeps what was typed, does what was pressed, and may approve."""
    job = get_object_or_404(Job, pk=job_id)
    if job.status != Job.Status.OUTLINED:
        return redirect("studio:job", job_id)
    if request.method != "POST":
        planned = Outline.model_validate(job.outline)
        return render(request, "studio/outline.html", _context(job, planned))
    try:
        planned = _edited(request, job)
    except editing.CannotEditError as error:
        raise InvalidError(
            _(
                "“%(pages)s” can’t be done: days need pages of the documents, such as 3-12, and splitting needs two."
            )
            % {"pages": error},
            code="outline_refused",
        ) from error
    seen = request.POST.get("seen", "")
    actions.edit_outline(
        actor=user_of(request), job=job, outline=planned, seen=int(seen) if seen.isdecimal() else -1
    )
    if request.POST.get("do") == "approve":
        actions.approve_outline(actor=user_of(request), job=job)
        messages.success(request, _("Outline approved. The lessons are being written."))
        return redirect("studio:job", job_id)
    return redirect("studio:outline", job_id)


def _context(job: Job, planned: Outline) -> dict[str, object]:
    references = list(job.references.order_by("position"))
    rows = [(lesson, editing.pages_text(lesson, len(references))) for lesson in planned.lessons]
    return {"job": job, "planned": planned, "rows": rows, "references": references}


def _edited(request: HttpRequest, job: Job) -> Outline:
    planned = Outline.model_validate(job.outline)
    counts = [reference.pages or 0 for reference in job.references.order_by("position")]
    lessons = [_typed(request, lesson, counts) for lesson in planned.lessons]
    title = " ".join(request.POST.get("title", "").split())[:160]
    planned = editing.numbered(planned.model_copy(update={"title": title or planned.title}), lessons)
    do, _colon, value = request.POST.get("do", "").partition(":")
    day = int(value) if value.isdecimal() else 0
    match do:
        case "up":
            return editing.moved(planned, day, -1)
        case "down":
            return editing.moved(planned, day, 1)
        case "merge":
            return editing.merged(planned, day)
        case "split":
            first = planned.lessons[day - 1].title if 1 <= day <= len(planned.lessons) else ""
            return editing.split(planned, day, _("%(title)s, continued") % {"title": first})
        case "drop":
            return editing.without(planned, day)
    return planned


def _typed(request: HttpRequest, lesson: OutlineLesson, counts: list[int]) -> OutlineLesson:
    title = " ".join(request.POST.get(f"title-{lesson.day}", lesson.title).split())[:160]
    changes: dict[str, object] = {"title": title or lesson.title}
    shown = editing.pages_text(lesson, len(counts))
    if (pages := request.POST.get(f"pages-{lesson.day}", shown).strip()) != shown:
        changes["source"] = editing.spans_of(pages, counts)
    return lesson.model_copy(update=changes)
