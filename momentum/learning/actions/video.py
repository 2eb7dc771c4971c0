"""Where a learner left off in a video."""

from datetime import datetime

from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.idempotency import Key
from momentum.events.actions.record import record_together
from momentum.learning.actions.idempotency import once
from momentum.learning.actions.progress import lesson_started
from momentum.learning.models import Progress
from momentum.learning.permissions import require_open


def keep_position(
    *, user: User, lesson: Lesson, seconds: int, at: datetime | None = None, key: Key | None = None
) -> None:
    """Keep how far the learner has watched, for whichever device they go on with.

    The last word counts, also when it goes back: they may have wanted to hear it again. What comes late (`at`) and
    was said before what is kept is not the last word. Nothing is kept for those who aren't enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `permissions.require_open`.
        ConflictError: as `once`, for a `key` that stood for another change.
    """
    moment = at or timezone.now()
    with once(user=user, key=key) as first:
        if not first or require_open(user, lesson) is None:
            return
        if Progress.objects.position(user=user, lesson=lesson, at=moment, seconds=seconds):
            record_together(lesson_started(user, lesson, moment))
