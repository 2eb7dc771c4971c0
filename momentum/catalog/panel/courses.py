"""Courses in the panel."""

import uuid
from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, uploads_counted, user_of
from momentum.catalog import actions
from momentum.catalog.domain import packaging
from momentum.catalog.forms.course import CourseForm, ImportForm
from momentum.catalog.models import Course
from momentum.catalog.panel.course_list import COURSES
from momentum.catalog.queries.sources import sources_of
from momentum.core.errors import InvalidError
from momentum.core.gateway import PICTURE_BYTES, body_limit
from momentum.ui.form_errors import attempt
from momentum.ui.redirects import lead_on


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def courses(request: HttpRequest) -> HttpResponse:
    """All courses, newest first, narrowed by words and status; POST changes the status of several."""
    return COURSES.respond(request, form=ImportForm())


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@body_limit(PICTURE_BYTES)
@uploads_counted
def course_new(request: HttpRequest) -> HttpResponse:
    """Add a course by hand."""
    form = CourseForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        made = attempt(
            form, lambda: actions.create_course(actor=user_of(request), **form.fields_for_action())
        )
        if made:
            return lead_on(request, "panel:catalog:course", made.id)
    return render(
        request, "catalog/panel/course_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@body_limit(PICTURE_BYTES)
@uploads_counted
def course(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """One course: what it says about itself, its lessons, and what it still needs."""
    found = get_object_or_404(Course.objects.with_category(), pk=course_id)
    form = CourseForm.of(found, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        changed = attempt(
            form,
            lambda: actions.edit_course(
                actor=user_of(request),
                course=found,
                version=form.cleaned_data["version"],
                **form.fields_for_action(),
            ),
        )
        if changed:
            messages.success(request, _("Saved."))
            if found.open_sources and not changed.open_sources:
                messages.warning(
                    request,
                    _(
                        "Learners no longer see the pages of its sources, because it is sold otherwise than before. "
                        "Allow it again if you may."
                    ),
                )
            return lead_on(request, "panel:catalog:course", course_id)
    lessons = list(found.lessons.defer("content").order_by("day"))
    context = {
        "course": found,
        "form": form,
        "lessons": lessons,
        "problems": found.problems(),
        "sources": sources_of(found),
    }
    return render(request, "catalog/panel/course.html", context, status=422 if form.is_bound else 200)


@require_POST
@admin_only
def course_status(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """Publish, take back to draft, or archive."""
    doing = {
        "published": (actions.publish_course, _("Published. Learners can now find this course.")),
        "draft": (actions.withdraw_course, _("Reverted to draft.")),
        "archived": (actions.archive_course, _("Archived. Enrolled learners can still finish the course.")),
    }
    wanted = request.POST.get("state", "")
    if wanted not in doing:
        raise InvalidError(_("Choose draft, published or archived."), code="unknown_state")
    change, sentence = doing[wanted]
    change(actor=user_of(request), course=get_object_or_404(Course, pk=course_id))
    messages.success(request, sentence)
    return redirect("panel:catalog:course", course_id)


@require_POST
@admin_only
def course_source(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """Let learners see the cited pages of a document (`title`, shown=on), or stop that."""
    change = actions.open_source if request.POST.get("shown") else actions.close_source
    found = get_object_or_404(Course, pk=course_id)
    change(actor=user_of(request), course=found, title=request.POST.get("title", ""))
    return redirect(f"{reverse('panel:catalog:course', args=[course_id])}#sources")


@require_POST
@admin_only
def course_copy(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """Make a draft that is the same."""
    made = actions.duplicate_course(actor=user_of(request), course=get_object_or_404(Course, pk=course_id))
    messages.success(request, _("Course copied. This is the copy."))
    return redirect("panel:catalog:course", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def course_delete(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """Ask, then delete a draft that nobody is enrolled in."""
    found = get_object_or_404(Course, pk=course_id)
    if request.method != "POST":
        return render(request, "catalog/panel/course_delete.html", {"course": found})
    actions.delete_course(actor=user_of(request), course=found)
    messages.success(request, _("“%(title)s” deleted.") % {"title": found.title})
    return redirect("panel:catalog:courses")


@require_safe
@admin_only
def course_export(request: HttpRequest, course_id: uuid.UUID) -> FileResponse:
    """Download the course as a ZIP of Markdown."""
    found = get_object_or_404(Course, pk=course_id)
    files = actions.export_course(actor=user_of(request), course=found)
    out = TemporaryFile()  # noqa: SIM115 - the response closes it, once it is sent
    packaging.to_zip(files, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.slug}.zip")


@require_POST
@admin_only
@body_limit(packaging.MAX_TOTAL + packaging.MAX_VIDEO)
@uploads_counted
def course_import(request: HttpRequest) -> HttpResponse:
    """Add the course in an uploaded ZIP, as a draft."""
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        made = attempt(
            form,
            lambda: actions.import_course(actor=user_of(request), source=upload.file, slug_taken="rename"),
        )
        if made:
            messages.success(request, _("Course imported as a draft."))
            _warn_of_missing_pictures(request, made)
            return lead_on(request, "panel:catalog:course", made.id)
    return COURSES.respond(request, form=form, status=422)


def _warn_of_missing_pictures(request: HttpRequest, course: Course) -> None:
    if missing := actions.missing_pictures(course):
        sentence = ngettext(
            "A picture in its text isn’t in the file and isn’t stored here: %(names)s.",
            "%(count)d pictures in its text aren’t in the file and aren’t stored here: %(names)s.",
            len(missing),
        )
        messages.warning(request, sentence % {"count": len(missing), "names": ", ".join(missing[:5])})
