"""Changes that a browser sends more than once, or late: it keeps them while it is offline (ui/js/saved-state.js).

Each has an id that the browser made (`client_id`), the moment it was made (`at`), and says whose it is (`reader`).
All three are left out by a page without script, and then nothing is different from an ordinary form.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.permissions import user_of
from momentum.catalog.models import Lesson
from momentum.core.errors import ConflictError, InvalidError
from momentum.learning.models import Change, Enrolment, Progress
from momentum.ui.date_fields import MomentField

# Longer ago than this nobody's word is taken for when it was.
LATE_AT_MOST = timedelta(hours=48)
REMEMBERED = timedelta(days=7)
_ABOUT = ("client_id", "at", "reader", "csrfmiddlewaretoken")


class AboutForm(forms.Form):
    """What a request says about itself, besides what it wants."""

    client_id = forms.UUIDField(required=False)
    at = MomentField(required=False)
    reader = forms.CharField(required=False)


@contextmanager
def once(request: HttpRequest) -> Iterator[bool]:
    """Run the block in a transaction; it is given whether the change has to be made, or was made before.

    Whoever sends the same at the same moment waits for the first. When the block raises, nothing is remembered.

    Raises:
        ConflictError: for the changes of somebody else who used this browser (`other_reader`), and for an id that
            stood for another change (`client_id_taken`).
        InvalidError: when what it says about itself can't be read.
    """
    require_reader(request)
    user, about = user_of(request), _about(request)
    with transaction.atomic():
        if about.client_id is None:
            yield True
            return
        digest = _digest(request)
        change, made = Change.objects.get_or_create(
            user=user, client_id=about.client_id, defaults={"digest": digest}
        )
        if change.digest != digest:
            raise ConflictError(
                _("This request was already sent with different content."), code="client_id_taken"
            )
        yield made


def require_reader(request: HttpRequest) -> None:
    """Refuse the changes of somebody else who used this browser.

    Raises:
        ConflictError: with the code `other_reader`.
    """
    reader = _about(request).reader
    if reader and reader != user_of(request).reader:
        raise ConflictError(_("Someone else is signed in here now."), code="other_reader")


def happened_at(request: HttpRequest, lesson: Lesson) -> datetime:
    """Return when the change was made, as far as the browser can be believed; without its word, now.

    Not in the future, not more than 48 hours ago, and not before what is known to have come first: the learner's
    enrolment, their opening the lesson, and what they completed in this course.
    """
    now, claimed = timezone.now(), _about(request).at
    if claimed is None:
        return now
    user = user_of(request)
    opened = Progress.objects.filter(user=user, lesson=lesson).values_list("started_at", flat=True).first()
    enrolled = Enrolment.objects.filter(user=user, course_id=lesson.course_id).first()
    if opened is None or enrolled is None:
        return now
    done = Progress.objects.filter(user=user, lesson__course_id=lesson.course_id)
    last = done.aggregate(last=Max("completed_at"))["last"]
    earliest = max(moment for moment in (now - LATE_AT_MOST, enrolled.enrolled_at, opened, last) if moment)
    return min(max(claimed, earliest), now)


def forget_old_changes() -> int:
    """Forget the ids of changes that nobody sends again; return how many."""
    return Change.objects.filter(created_at__lt=timezone.now() - REMEMBERED).delete()[0]


class _About(NamedTuple):
    client_id: uuid.UUID | None
    at: datetime | None
    reader: str


def _about(request: HttpRequest) -> _About:
    form = AboutForm(request.POST)
    if not form.is_valid():
        raise InvalidError(_("This couldn’t be read. Reload the page."), code="change_unreadable")
    return _About(**form.cleaned_data)


def _digest(request: HttpRequest) -> str:
    wanted = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in _ABOUT]
    return hashlib.sha256(f"{request.path}?{urlencode(wanted, doseq=True)}".encode()).hexdigest()
