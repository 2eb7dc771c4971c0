"""Reading a generated lesson against its sources, having it written again, letting it out."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, user_of
from momentum.catalog.actions import close_source, open_source
from momentum.catalog.models import Course, Lesson
from momentum.core import media
from momentum.studio import actions
from momentum.studio.actions.page_pictures import page_picture
from momentum.studio.actions.readings import BETWEEN_BEATS, BETWEEN_PAGES
from momentum.studio.domain import lesson_parts
from momentum.studio.models import JobLesson, Proposal
from momentum.studio.queries import jobs as job_queries
from momentum.studio.queries.comparison import comparison
from momentum.studio.queries.passages import passage_on_page


@require_POST
@admin_only
def publication(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Publish the course once every lesson is approved."""
    course = actions.approve_course(
        actor=user_of(request), course=get_object_or_404(Course, generation_jobs=job_id)
    )
    messages.success(request, _("Published. Learners can now find this course."))
    return redirect("panel:catalog:course", course.id)


@require_safe
@admin_only
def review(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """A lesson beside what it rests on. That it was on the screen is noted."""
    if request.method == "GET":
        _note(request, job_id, day)
    return render(request, "studio/review.html", {"review": job_queries.review(job_id, day)})


@require_POST
@admin_only
def reading(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """A sign that somebody is at work on the lesson (state=read, stop), or comes back to it (start)."""
    actions.note_reading(
        actor=user_of(request),
        lesson=get_object_or_404(JobLesson, job=job_id, day=day),
        at=timezone.now(),
        longest=BETWEEN_BEATS,
        resumes=request.POST.get("state") == "start",
    )
    return HttpResponse(status=204)


def _note(request: HttpRequest, job_id: uuid.UUID, day: int) -> None:
    lesson = get_object_or_404(JobLesson, job=job_id, day=day, draft__isnull=False)
    actions.note_reading(actor=user_of(request), lesson=lesson, at=timezone.now(), longest=BETWEEN_PAGES)


@require_safe
@admin_only
def passage_image(request: HttpRequest, job_id: uuid.UUID, day: int, number: int) -> HttpResponseBase:
    """The part of a page that a passage is from, with what the lesson says of it marked."""
    found = passage_on_page(job_id, day, number)
    name = page_picture(reference=found.reference, page=found.page, size="strip", quotes=found.quotes)
    return media.stream(request, name, public=False)


@require_POST
@admin_only
def source_access(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """Let learners see the cited pages of a document (`title`, shown=on), or stop that."""
    change = open_source if request.POST.get("shown") else close_source
    course = _lesson(job_id, day).course
    change(actor=user_of(request), course=course, title=request.POST.get("title", ""))
    return redirect(f"{reverse('studio:review', args=[job_id, day])}#source-access")


@require_POST
@admin_only
def approval(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """Say that a person has read the lesson and stands by it."""
    actions.approve_lesson(actor=user_of(request), lesson=_lesson(job_id, day))
    _note(request, job_id, day)
    following = job_queries.review(job_id, day).next_day
    messages.success(request, _("Day %(day)d approved.") % {"day": day})
    return redirect("studio:review", job_id, following or day)


def _lesson(job_id: uuid.UUID, day: int) -> Lesson:
    lessons = Lesson.objects.select_related("course")
    return get_object_or_404(lessons, written_by_job__job=job_id, written_by_job__day=day)


@require_POST
@admin_only
def proposal_new(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """Ask for a lesson to be written again."""
    made = actions.regenerate_lesson(
        actor=user_of(request),
        lesson=_lesson(job_id, day),
        note=request.POST.get("note", ""),
        part=request.POST.get("part", ""),
    )
    return redirect("studio:proposal", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def proposal(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What the new version changes; POST decides (decision=accept or reject)."""
    proposals = Proposal.objects.select_related("job_lesson__job", "job_lesson__lesson")
    found = get_object_or_404(proposals, pk=proposal_id)
    row = found.job_lesson
    if request.method != "POST":
        context = {"proposal": found, "row": row, "both": comparison(found)}
        return render(request, "studio/proposal.html", context)
    if request.POST.get("decision") == "accept":
        parts = request.POST.getlist("part") if "chosen" in request.POST else lesson_parts.PARTS
        actions.accept_proposal(actor=user_of(request), proposal=found, parts=parts)
        messages.success(request, _("New version accepted."))
    else:
        actions.reject_proposal(actor=user_of(request), proposal=found)
        messages.info(request, _("New version rejected. The lesson is unchanged."))
    return redirect("studio:review", row.job_id, row.day)
