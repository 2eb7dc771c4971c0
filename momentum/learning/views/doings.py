"""What a learner can do on those pages. Each is a POST, safe to repeat, and works without script."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from momentum.accounts.access import signed_in, user_of
from momentum.catalog.models import ActionItem, Course
from momentum.core.errors import InvalidError
from momentum.learning import actions, reading
from momentum.learning.keeping import once


@require_POST
@signed_in
def enrolment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a place in the course, or (state=left) give it up."""
    course = get_object_or_404(Course, slug=slug)
    if request.POST.get("state") == "left":
        actions.leave_course(user=user_of(request), course=course)
        messages.info(request, _("You’ve left the course. Your progress is saved in case you come back."))
        # Nobody else sees one that isn't in the catalogue.
        return redirect("learning:course", slug) if course.is_visible else redirect("engagement:dashboard")
    actions.enrol(user=user_of(request), course=course)
    following = reading.course_page(user=user_of(request), slug=slug).next
    return (
        redirect("learning:lesson", slug, following.day) if following else redirect("learning:course", slug)
    )


@require_POST
@signed_in
def tick(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Tick an action item (done=on), or take the tick away."""
    items = ActionItem.everything.select_related("lesson__course__category")
    item = get_object_or_404(items, pk=item_id)
    change = actions.tick if request.POST.get("done") else actions.untick
    with once(request) as first:
        if first:
            change(user=user_of(request), item=item)
    shown = reading.lesson_for(user_of(request), item.lesson_id)
    slug, day = shown.course.slug, shown.day
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('learning:lesson', args=[slug, day])}#tick-{item.id}")
    page = reading.lesson_page(user=user_of(request), slug=slug, day=day)
    return render(request, "learning/action_items.html", {"page": page, "lesson": page.lesson})


@require_POST
@signed_in
def heartbeat(request: HttpRequest, lesson_id: uuid.UUID) -> JsonResponse:
    """Say that the lesson is being looked at; answers with the seconds credited."""
    lesson = reading.lesson_for(user_of(request), lesson_id)
    try:
        beat = actions.Beat(request.POST.get("state", ""))
    except ValueError:
        raise InvalidError(_("Use start, read or stop."), code="unknown_beat") from None
    return JsonResponse(
        {"seconds": actions.record_heartbeat(user=user_of(request), lesson=lesson, beat=beat)}
    )
