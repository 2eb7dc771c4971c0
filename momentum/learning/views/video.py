"""A lesson's video: its bytes for who may read the lesson, and where each learner left off."""

import uuid

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.catalog.models import Video
from momentum.core.errors import InvalidError, NotFoundError
from momentum.core.media import stream
from momentum.core.parsing import read_whole
from momentum.learning import queries
from momentum.learning.actions.video import keep_position
from momentum.learning.permissions import require_open
from momentum.learning.queries.moments import believed
from momentum.ui.saved_changes import change_in


@require_safe
def video(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponseBase:
    """The video, or the part of it that the player asks for; `?height=1080` for it in another size that there is."""
    found = _video(request, lesson_id)
    if "height" not in request.GET:
        return stream(request, str(found.file.name), public=False)
    height = read_whole(request.GET["height"], most=10_000)
    name = next((made["file"] for made in found.renditions if made["height"] == height), None)
    if name is None:
        raise NotFoundError
    return stream(request, name, public=False)


@require_safe
def poster(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponseBase:
    """The picture that stands there before it is played."""
    found = _video(request, lesson_id)
    if not found.poster:
        raise NotFoundError
    return stream(request, str(found.poster.name), public=False)


@require_safe
def captions(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponseBase:
    """What is said in it, as WebVTT."""
    found = _video(request, lesson_id)
    if not found.captions:
        raise NotFoundError
    return stream(request, str(found.captions.name), public=False)


def _video(request: HttpRequest, lesson_id: uuid.UUID) -> Video:
    lesson = queries.lesson_for(request.user, lesson_id)
    require_open(request.user, lesson)
    found: Video | None = getattr(lesson, "video", None)
    if found is None:
        raise NotFoundError
    return found


@require_POST
@signed_in
def position(request: HttpRequest, lesson_id: uuid.UUID) -> JsonResponse:
    """Say how far the learner has watched, in seconds."""
    user = user_of(request)
    lesson = queries.lesson_for(user, lesson_id)
    seconds = read_whole(request.POST.get("seconds", ""), most=99_999)
    if seconds is None:
        raise InvalidError(_("Give the position in whole seconds."), code="position_unknown")
    change = change_in(request, reader=user.reader)
    at = believed(change.at, user=user, lesson=lesson)
    keep_position(user=user, lesson=lesson, seconds=seconds, at=at, key=change.key)
    return JsonResponse({"seconds": seconds})
