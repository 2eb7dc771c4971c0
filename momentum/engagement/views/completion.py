"""Completing a lesson, and what it brings."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from momentum.accounts.models import User
from momentum.accounts.permissions import signed_in, user_of
from momentum.catalog.models import Lesson
from momentum.engagement import queries
from momentum.engagement.actions import progress
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.queries import lesson_for
from momentum.learning.queries.moments import believed
from momentum.ui.fragments import render_block
from momentum.ui.saved_changes import change_in


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@signed_in
def completion(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Mark a lesson complete, and celebrate: where the learner is, or (without script) on a page of its own."""
    user = user_of(request)
    lesson = lesson_for(user, lesson_id)
    if request.method != "POST":
        return _page(request, user, lesson)
    change = change_in(request, reader=user.reader)
    moment = believed(change.at, user=user, lesson=lesson)
    complete_lesson(user=user, lesson=lesson, at=moment, key=change.key)
    if "HX-Request" not in request.headers:
        # Not by `redirect`, which first looks for a route that is called so.
        return HttpResponseRedirect(f"{reverse('engagement:completion', args=[lesson_id])}#moment")
    found = queries.moment(user=user, lesson=lesson)
    context = {"moment": found, "alone": True}
    return render_block(request, "engagement/completion.html", "moment", context)


def _page(request: HttpRequest, user: User, lesson: Lesson) -> HttpResponse:
    found = queries.moment(user=user, lesson=lesson)
    if not found.page.is_complete:
        return redirect("learning:lesson", found.page.course.slug, found.page.lesson.day)
    response = render(request, "engagement/completion.html", {"moment": found})
    # It is all that this page shows, at its top: whoever has it has seen it.
    progress.mark_seen(user=user, badges=[row.badge.slug for row in found.earned.new])
    return response
