"""What a learner can do on those pages. Each is a POST, safe to repeat, and works without script."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from momentum.accounts.permissions import signed_in, user_of
from momentum.catalog.models import Course
from momentum.core.errors import InvalidError
from momentum.learning import queries
from momentum.learning.actions import enrolments, progress
from momentum.ui.fragments import render_block
from momentum.ui.saved_changes import change_in


@require_POST
@signed_in
def enrolment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a place in the course, or (state=left) give it up."""
    course = get_object_or_404(Course, slug=slug)
    if request.POST.get("state") == "left":
        enrolments.leave_course(user=user_of(request), course=course)
        messages.info(request, _("You’ve left the course. Your progress is saved in case you come back."))
        # Nobody else sees one that isn't in the catalogue.
        return redirect("learning:course", slug) if course.is_visible else redirect("engagement:dashboard")
    enrolments.enrol(user=user_of(request), course=course)
    following = queries.course_page(user=user_of(request), slug=slug).next
    return (
        redirect("learning:lesson", slug, following.day) if following else redirect("learning:course", slug)
    )


@require_POST
@signed_in
def tick(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Tick an action item (done=on), or take the tick away."""
    user = user_of(request)
    item, items = queries.action_item_for(user, item_id)
    tick_or_not = progress.tick if request.POST.get("done") else progress.untick
    ticked = tick_or_not(user=user, item=item, key=change_in(request, reader=user.reader).key)
    lesson = item.lesson
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('learning:lesson', args=[lesson.course.slug, lesson.day])}#tick-{item.id}")
    context = {"lesson": lesson, "items": items, "ticked": ticked, "may_tick": True}
    return render_block(request, "learning/lesson.html", "action_items", context)


@require_POST
@signed_in
def heartbeat(request: HttpRequest, lesson_id: uuid.UUID) -> JsonResponse:
    """Say that the lesson is being looked at; answers with the seconds credited."""
    lesson = queries.lesson_for(user_of(request), lesson_id)
    try:
        beat = progress.Beat(request.POST.get("state", ""))
    except ValueError:
        raise InvalidError(_("Use start, read or stop."), code="unknown_beat") from None
    return JsonResponse(
        {"seconds": progress.record_heartbeat(user=user_of(request), lesson=lesson, beat=beat)}
    )
