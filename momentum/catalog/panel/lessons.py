"""Lessons in the panel."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, user_of
from momentum.catalog import actions
from momentum.catalog.forms.course import LessonEditor
from momentum.catalog.models import Course, Lesson
from momentum.core.errors import InvalidError
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def lesson_new(request: HttpRequest, course_id: uuid.UUID) -> HttpResponse:
    """Add a lesson after the last day."""
    course = get_object_or_404(Course, pk=course_id)
    editor = LessonEditor(request.POST if request.method == "POST" else None)
    if editor.form.is_bound and editor.is_valid():
        made = attempt(
            editor.form,
            lambda: actions.add_lesson(actor=user_of(request), course=course, **editor.fields_for_action()),
        )
        if made:
            messages.success(request, _("Day %(day)d added as a draft.") % {"day": made.day})
            return redirect("panel:catalog:lesson", made.id)
    context = {"course": course, "lesson": None, "editor": editor, "form": editor.form}
    return render(request, "catalog/panel/lesson.html", context, status=422 if editor.form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def lesson(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Edit a lesson."""
    found = get_object_or_404(Lesson.objects.select_related("course"), pk=lesson_id)
    editor = LessonEditor(request.POST if request.method == "POST" else None, found)
    if editor.form.is_bound and editor.is_valid():
        version = editor.form.cleaned_data["version"]
        fields = editor.fields_for_action()
        changed = attempt(
            editor.form,
            lambda: actions.edit_lesson(actor=user_of(request), lesson=found, version=version, **fields),
        )
        if changed:
            messages.success(request, _("Saved."))
            return redirect("panel:catalog:lesson", lesson_id)
    context = {"course": found.course, "lesson": found, "editor": editor, "form": editor.form}
    return render(request, "catalog/panel/lesson.html", context, status=422 if editor.form.is_bound else 200)


@require_POST
@admin_only
def lesson_place(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Move a lesson one day up or down."""
    found = get_object_or_404(Lesson.objects.select_related("course"), pk=lesson_id)
    direction = request.POST.get("direction")
    if direction not in {"up", "down"}:
        raise InvalidError(_("Choose up or down."), code="unknown_direction")
    up = direction == "up"
    ordered = actions.move_lesson(actor=user_of(request), lesson=found, direction="up" if up else "down")
    # Back to the button that was pressed; at the end of the way only the other one can be.
    onward = "down" if ordered[0] == found else "up" if ordered[-1] == found else direction
    return redirect(f"{reverse('panel:catalog:course', args=[found.course_id])}#{onward}-{found.id}")


@require_POST
@admin_only
def lesson_status(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Say that a lesson is ready, or that it isn't."""
    found = get_object_or_404(Lesson.objects.select_related("course"), pk=lesson_id)
    change = actions.publish_lesson if request.POST.get("state") == "published" else actions.withdraw_lesson
    change(actor=user_of(request), lesson=found)
    return redirect("panel:catalog:course", found.course_id)


@require_POST
@admin_only
def lesson_delete(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Delete a lesson; the days after it move up."""
    found = get_object_or_404(Lesson.objects.select_related("course"), pk=lesson_id)
    actions.delete_lesson(actor=user_of(request), lesson=found)
    messages.success(request, _("“%(title)s” deleted.") % {"title": found.title})
    return redirect("panel:catalog:course", found.course_id)
