"""Looking at documents and at what a course may cost before it is begun, and changing what is asked for."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.permissions import admin_only, uploads_counted, user_of
from momentum.core import media
from momentum.core.errors import LimitError
from momentum.core.gateway import MB, body_limit
from momentum.studio import actions
from momentum.studio.actions.page_pictures import page_picture
from momentum.studio.actions.quotes import quote_of
from momentum.studio.forms import ChangeForm, VersionForm
from momentum.studio.models import Job, Reference
from momentum.studio.queries import preparation as queries
from momentum.studio.queries.jobs import budget
from momentum.studio.queries.revisions import versions_of
from momentum.ui.form_errors import attempt
from momentum.ui.redirects import lead_on


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@body_limit(settings.REFERENCE_MAX_BYTES + MB)
@uploads_counted
def preparation(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """What a job would be made of; POST changes it (decision=save), and may begin or resume it (decision=start)."""
    found = queries.preparation(job_id)
    if not found.job.can_change:
        return redirect("studio:job", job_id)
    form = ChangeForm(request.POST or None, request.FILES or None, job=found.job)
    if (
        form.is_bound
        and form.is_valid()
        and (changed := attempt(form, lambda: _change(request, form, found.job), LimitError))
    ):
        return lead_on(request, "studio:preparation" if changed.can_change else "studio:job", changed.id)
    fresh = queries.preparation(job_id)
    context = {"form": form, "found": fresh, "quote": quote_of(fresh.job), "budget": budget()}
    return render(request, "studio/preparation.html", context, status=422 if form.is_bound else 200)


def _change(request: HttpRequest, form: ChangeForm, job: Job) -> Job:
    values = form.cleaned_data
    changed = actions.change_job(
        actor=user_of(request),
        job=job,
        request=form.asked(),
        category=values["category"],
        references=values["references"],
        without=values["without"],
        writer=values["writer"],
        free_preview=values["free_preview"],
        outline_first=values["outline_first"],
    )
    if changed.is_in_flight:
        messages.info(request, _("The new documents are being read first."))
    elif request.POST.get("decision") != "start":
        messages.success(request, _("Changes saved."))
    elif changed.status == Job.Status.PREPARED:
        micros = values["approved_micros"] if values["approved"] else None
        return actions.begin_writing(actor=user_of(request), job=changed, approved_micros=micros)
    else:
        return actions.resume_job(actor=user_of(request), job=changed)
    return changed


@require_safe
@admin_only
def reference(request: HttpRequest, reference_id: uuid.UUID) -> HttpResponse:
    """A document page by page: its picture, and the text that was found on it."""
    return reference_page(request, reference_id, VersionForm())


def reference_page(
    request: HttpRequest, reference_id: uuid.UUID, form: VersionForm, status: int = 200
) -> HttpResponse:
    """Answer with the page of a document, on which a new version of it can be put in."""
    document, page = queries.read_document(reference_id, request.GET.get("page"))
    job, versions = document.reference.job, versions_of(document.reference)
    context = {
        "document": document,
        "page": page,
        "versions": versions,
        "form": form if job.status == Job.Status.READY and job.course_id else None,
    }
    return render(request, "studio/reference.html", context, status=status)


@require_safe
@admin_only
def page_image(request: HttpRequest, reference_id: uuid.UUID, page: int, size: str) -> HttpResponseBase:
    """The picture of a page."""
    found = get_object_or_404(Reference.everything, pk=reference_id)
    return media.stream(request, page_picture(reference=found, page=page, size=size, quotes=[]), public=False)
