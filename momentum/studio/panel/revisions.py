"""A new version of a document: put in, compared, and decided on part by part."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, uploads_counted, user_of
from momentum.core.errors import InvalidError
from momentum.core.gateway import MB, body_limit
from momentum.studio import actions
from momentum.studio.forms import VersionForm
from momentum.studio.models import JobLesson, Reference, Revision
from momentum.studio.panel.preparation import reference_page
from momentum.studio.queries import revisions as queries
from momentum.ui.form_errors import attempt
from momentum.ui.redirects import lead_on


@require_POST
@admin_only
@body_limit(settings.REFERENCE_MAX_BYTES + MB)
@uploads_counted
def version_new(request: HttpRequest, reference_id: uuid.UUID) -> HttpResponse:
    """Put in a new version of a document."""
    found = get_object_or_404(Reference.everything.select_related("job"), pk=reference_id)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        made = attempt(
            form, lambda: actions.put_in_version(actor=user_of(request), reference=found, file=file)
        )
        if made:
            return lead_on(request, "studio:revision", made.id)
    return reference_page(request, reference_id, form, status=422)


@require_safe
@admin_only
def revision(request: HttpRequest, revision_id: uuid.UUID) -> HttpResponse:
    """What the new version changes in the course, day by day, and in the document, page by page."""
    return render(request, "studio/revision.html", {"found": queries.revision(revision_id)})


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def day(request: HttpRequest, revision_id: uuid.UUID, day: int) -> HttpResponse:
    """The changes of one day; POST decides on those that are selected (`change`; decision=accept or decline)."""
    if request.method != "POST":
        found = queries.revised_lesson(revision_id, day)
        return render(request, "studio/revised_lesson.html", {"found": found})
    whole = get_object_or_404(Revision.objects.select_related("reference"), pk=revision_id)
    lesson = get_object_or_404(JobLesson, job=whole.reference.job_id, day=day)
    _decide(request, whole, lesson)
    return redirect("studio:revised-lesson", revision_id, day)


def _decide(request: HttpRequest, revision: Revision, lesson: JobLesson) -> None:
    actor, chosen = user_of(request), _ids(request.POST.getlist("change"))
    if request.POST.get("decision") != "accept":
        actions.decline_changes(actor=actor, revision=revision, lesson=lesson, changes=chosen)
        messages.info(request, _("Declined. The lesson stays as it is."))
        return
    decided = actions.accept_changes(actor=actor, revision=revision, lesson=lesson, changes=chosen)
    if decided.done:
        said = ngettext("%(num)d change accepted.", "%(num)d changes accepted.", len(decided.done))
        messages.success(request, said % {"num": len(decided.done)})
    if decided.edited:
        said = ngettext(
            "%(num)d change wasn’t made, because that place was edited by hand.",
            "%(num)d changes weren’t made, because those places were edited by hand.",
            len(decided.edited),
        )
        messages.warning(request, said % {"num": len(decided.edited)})


def _ids(sent: list[str]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(one) for one in sent]
    except ValueError:
        raise InvalidError(_("Select at least one change of this lesson."), code="no_changes") from None
