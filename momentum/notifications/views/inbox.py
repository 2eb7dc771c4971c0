"""What somebody was told: the list, what was put away, and doing so."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.core.errors import InvalidError
from momentum.notifications.actions import inbox as actions
from momentum.notifications.models import Notification, NotificationQuerySet
from momentum.notifications.permissions import signed_in, user_of
from momentum.notifications.queries.inbox import by_day
from momentum.ui.listing import page_of

INBOX, ARCHIVE = "notifications:inbox", "notifications:archive"


@require_safe
@never_cache
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """List what somebody was told and hasn't put away."""
    return _list(request, Notification.objects.inbox(), archived=False)


@require_safe
@never_cache
@signed_in
def archive(request: HttpRequest) -> HttpResponse:
    """List what they put away."""
    return _list(request, Notification.objects.archive(), archived=True)


@require_POST
@signed_in
def opening(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Lead to what one is about; it is read by that."""
    path = actions.mark_read(user=user_of(request), notification_id=notification_id)
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if ours else INBOX)


@require_POST
@signed_in
def state(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Mark one as read (state=read), put it away (archived) or bring it back (inbox)."""
    user, wanted = user_of(request), request.POST.get("state")
    if wanted == "read":
        actions.mark_read(user=user, notification_id=notification_id)
    elif wanted == "archived":
        actions.archive(user=user, notification_id=notification_id)
        messages.success(request, _("Archived."))
    elif wanted == "inbox":
        actions.restore(user=user, notification_id=notification_id)
        messages.success(request, _("Moved back to your notifications."))
    else:
        raise InvalidError
    return _back(request, ARCHIVE if wanted == "inbox" else INBOX)


@require_POST
@signed_in
def state_of_all(request: HttpRequest) -> HttpResponse:
    """Mark all that the page knew of as read (state=read), or put it away (archived)."""
    user, wanted, until = user_of(request), request.POST.get("state"), _moment(request)
    if wanted == "read":
        actions.mark_all_read(user=user, until=until)
    elif wanted == "archived":
        count = actions.archive_all(user=user, until=until)
        messages.success(request, ngettext("%(num)d archived.", "%(num)d archived.", count) % {"num": count})
    else:
        raise InvalidError
    return redirect(INBOX)


def _list(request: HttpRequest, found: NotificationQuerySet, *, archived: bool) -> HttpResponse:
    listed = page_of(request, found.filter(user=user_of(request)))
    days = by_day(listed["page"])
    context = listed | {"days": days, "archived": archived, "now": timezone.now()}
    return render(request, "notifications/inbox.html", context)


def _moment(request: HttpRequest) -> datetime:
    """Return when the page was made: what came later, they haven't seen."""
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    return until if until and timezone.is_aware(until) else timezone.now()


def _back(request: HttpRequest, to: str) -> HttpResponse:
    page = request.POST.get("page", "")
    return redirect(f"{resolve_url(to)}?page={page}" if page.isdecimal() and page != "1" else to)
