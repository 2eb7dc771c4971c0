"""The video of a lesson in the panel."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, uploads_counted, user_of
from momentum.catalog import actions
from momentum.catalog.actions.videos import MAX_BYTES
from momentum.catalog.models import Lesson
from momentum.core.gateway import MB, body_limit
from momentum.ui.form_errors import attempt
from momentum.ui.redirects import lead_on


class VideoForm(forms.Form):
    """A video, captions, or both."""

    video = forms.FileField(
        label=gettext_lazy("Video"),
        required=False,
        help_text=gettext_lazy("MP4 or WebM, up to 500 MB."),
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )
    captions = forms.FileField(
        label=gettext_lazy("Captions"),
        required=False,
        help_text=gettext_lazy("WebVTT (.vtt) or SubRip (.srt), in the language of the course."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@body_limit(MAX_BYTES + 2 * MB)
@uploads_counted
def lesson_video(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Upload a video or captions, and look at what is there."""
    found = get_object_or_404(Lesson.objects.select_related("course", "video"), pk=lesson_id)
    form = VideoForm(request.POST, request.FILES) if request.method == "POST" else VideoForm()
    if form.is_bound and form.is_valid():
        files = form.cleaned_data
        kept = attempt(form, lambda: actions.set_video(actor=user_of(request), lesson=found, **files))
        if kept:
            messages.success(request, _("Saved."))
            return lead_on(request, "panel:catalog:lesson-video", lesson_id)
    context = {"lesson": found, "course": found.course, "form": form}
    return render(request, "catalog/panel/video.html", context, status=422 if form.is_bound else 200)


@require_POST
@admin_only
def lesson_video_removal(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Take the video away."""
    found = get_object_or_404(Lesson.objects.select_related("course"), pk=lesson_id)
    actions.remove_video(actor=user_of(request), lesson=found)
    messages.success(request, _("Video removed."))
    return redirect("panel:catalog:lesson-video", lesson_id)
