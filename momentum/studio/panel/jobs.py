"""The studio's pages."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, uploads_counted, user_of
from momentum.core.durable import workers_running
from momentum.core.errors import InvalidError, LimitError
from momentum.core.gateway import MB, body_limit
from momentum.studio import actions
from momentum.studio.forms import StartForm
from momentum.studio.models import Job
from momentum.studio.panel.job_list import JOBS
from momentum.studio.queries import jobs as job_queries
from momentum.studio.queries.job_comparison import compare_jobs
from momentum.studio.queries.revisions import revisions_of
from momentum.ui.form_errors import attempt
from momentum.ui.fragments import render_block
from momentum.ui.redirects import lead_on


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def jobs(request: HttpRequest) -> HttpResponse:
    """All jobs, and the month's money; POST cancels or resumes several."""
    return JOBS.respond(request, budget=job_queries.budget(), workers=workers_running())


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@body_limit(settings.REFERENCE_MAX_BYTES + MB)
@uploads_counted
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a course."""
    form = StartForm(request.POST, request.FILES) if request.method == "POST" else StartForm()
    if (
        form.is_bound
        and form.is_valid()
        and (started := attempt(form, lambda: _start(request, form), LimitError))
    ):
        if started.joined:
            messages.info(request, _("This course is already being generated."))
        elif started.earlier:
            messages.info(
                request, _("This course was generated before. Here it is; you can also generate it again.")
            )
        for warning in started.warnings:
            messages.warning(request, warning)
        return lead_on(request, "studio:job", started.job.id)
    context = {"form": form, "budget": job_queries.budget()}
    return render(request, "studio/start.html", context, status=422 if form.is_bound else 200)


def _start(request: HttpRequest, form: StartForm) -> actions.Started:
    values = form.cleaned_data
    return actions.start_generation(
        actor=user_of(request),
        request=form.asked(),
        category=values["category"],
        references=values["references"],
        writer=values["writer"],
        again=values["again"],
        free_preview=values["free_preview"],
        look_first=request.POST.get("decision") == "look",
        outline_first=values["outline_first"],
        days_open=values["days"] is None,
    )


@require_safe
@admin_only
def job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    now = job_queries.progress(job_id)
    if now.job.status == Job.Status.PREPARED:
        return redirect("studio:preparation", job_id)
    context = {
        "now": now,
        "workers": workers_running(),
        "budget": job_queries.budget(),
        "revisions": revisions_of(now.job),
    }
    return render(request, "studio/job.html", context)


@require_safe
@admin_only
def progress(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Only the part of the job's page that changes; when the job is over, the whole page is asked for anew."""
    now = job_queries.progress(job_id)
    context = {"now": now, "budget": job_queries.budget()}
    response = render_block(request, "studio/job.html", "progress", context)
    if not now.job.is_in_flight:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@admin_only
def log(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The whole log, as a file to keep."""
    found = get_object_or_404(Job, pk=job_id)
    lines = (f"{line.at.isoformat()} {line.level.upper()} {line.text}\n" for line in found.log.all())
    response = HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="job-{found.number}.log"'
    return response


@require_safe
@admin_only
def comparison(request: HttpRequest) -> HttpResponse:
    """Two jobs beside each other (`job`, twice)."""
    return render(request, "studio/comparison.html", {"both": compare_jobs(request.GET.getlist("job"))})


@require_POST
@admin_only
def cancellation(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Cancel the job."""
    actions.cancel_job(actor=user_of(request), job=get_object_or_404(Job, pk=job_id))
    messages.info(
        request, _("Job cancelled. Everything written so far is kept, and you can resume at any time.")
    )
    return redirect("studio:job", job_id)


@require_POST
@admin_only
def resumption(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Go on with a job that stopped."""
    actions.resume_job(actor=user_of(request), job=get_object_or_404(Job, pk=job_id))
    return redirect("studio:job", job_id)


@require_POST
@admin_only
def lesson_resumption(request: HttpRequest, job_id: uuid.UUID, day: int) -> HttpResponse:
    """Write one failed lesson again, and leave the other failed ones."""
    actions.retry_lesson(actor=user_of(request), job=get_object_or_404(Job, pk=job_id), day=day)
    return redirect("studio:job", job_id)


@require_POST
@admin_only
def rating(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Say how good the result is."""
    stars = request.POST.get("stars", "")
    if stars not in {"1", "2", "3", "4", "5"}:
        raise InvalidError(_("Choose one to five."), code="rating_out_of_range")
    actions.rate_job(actor=user_of(request), job=get_object_or_404(Job, pk=job_id), rating=int(stars))
    messages.success(request, _("Thanks for your rating."))
    return redirect("studio:job", job_id)
