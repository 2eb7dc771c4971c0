"""One's lessons as a calendar: the page that gives its address, and what stands at that."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import NotFoundError
from momentum.engagement.actions.calendar import renew, turn_off, turn_on
from momentum.engagement.domain.ical import Entry, written
from momentum.engagement.models import LessonCalendar
from momentum.engagement.queries.calendar import Planned, PlannedDay, calendar_at, plan_of
from momentum.mail.domain.languages import speaking_to
from momentum.notifications.models import Preferences

PAGE = "engagement:calendar"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the address of one's calendar; turn it on, off, or give it another one (state=on, off, new)."""
    user = user_of(request)
    if request.method == "POST":
        messages.success(request, _change(request))
        return redirect(PAGE)
    mine = LessonCalendar.objects.filter(user=user).first()
    context = {
        "calendar": mine,
        "address": _address(mine) if mine else "",
        "time": f"{Preferences.chosen_by(user).reminder_at:%H:%M}",
    }
    return render(request, "engagement/calendar.html", context)


def _change(request: HttpRequest) -> str:
    user, state = user_of(request), request.POST.get("state")
    if state == "on":
        turn_on(user=user)
        return _("Your calendar is on.")
    if state == "new":
        renew(user=user)
        return _("Your calendar has a new address. The old one no longer works.")
    turn_off(user=user)
    return _("Your calendar is off. Its address no longer works.")


def _address(mine: LessonCalendar) -> str:
    return (
        settings.BASE_URL + reverse("engagement:calendar-feed", args=[mine.address]) if mine.address else ""
    )


@require_safe
@cache_control(
    no_cache=True
)  # kept where it is asked for, and asked about each time: its address may have ended
def feed(request: HttpRequest, address: str) -> HttpResponseBase:
    """Send the lessons of whose calendar has this address to a calendar program, which has no session."""
    mine = calendar_at(address)
    if mine is None:
        raise NotFoundError
    user, hours = mine.user, Preferences.chosen_by(mine.user)
    plan = plan_of(user)
    with speaking_to(user):
        body = written(
            [_entry(mine, day) for day in plan.days],
            uid=str(mine.pk),
            name=_("Momentum lessons"),
            clock=hours.reminder_at,
            zone=ZoneInfo(user.time_zone),
            changed_at=max(plan.changed_at, mine.updated_at, hours.updated_at or mine.updated_at),
        )
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="momentum.ics"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _entry(mine: LessonCalendar, day: PlannedDay) -> Entry:
    first = day.lessons[0]
    return Entry(
        uid=f"{day.date.isoformat()}.{mine.pk}@{urlsplit(settings.BASE_URL).hostname}",
        day=day.date,
        title=f"✓ {first.lesson.title}" if first.done else first.lesson.title,
        text="\n\n".join(_said(one) for one in day.lessons),
        url=_lesson(first),
        lasts=timedelta(minutes=first.lesson.minutes),
        free=day.is_done,
    )


def _said(one: Planned) -> str:
    numbers = {"day": one.lesson.day, "course": one.course.title, "minutes": one.lesson.minutes}
    where = _("Day %(day)d of %(course)s, %(minutes)d min") % numbers
    return f"{one.lesson.title}\n{where}\n{_lesson(one)}"


def _lesson(one: Planned) -> str:
    path = reverse("learning:lesson", args=[one.course.slug, one.lesson.day])
    return settings.BASE_URL + path
