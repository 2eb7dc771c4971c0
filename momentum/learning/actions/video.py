"""Where a learner left off in a video."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.learning.actions.progress import open_lesson
from momentum.learning.models import Progress
from momentum.learning.permissions import require_open


@transaction.atomic
def keep_position(*, user: User, lesson: Lesson, seconds: int, at: datetime | None = None) -> None:
    """Keep how far the learner has watched, for whichever device they go on with.

    The last word counts, also when it goes back: they may have wanted to hear it again. What comes late (`at`) and
    was said before what is kept is not the last word. Nothing is kept for who isn't enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `permissions.require_open`.
    """
    if require_open(user, lesson) is None:
        return
    moment = at or timezone.now()
    open_lesson(user=user, lesson=lesson)
    mine = Progress.objects.filter(user=user, lesson=lesson).filter(
        Q(positioned_at=None) | Q(positioned_at__lte=moment)
    )
    mine.update(video_position=seconds, positioned_at=moment, updated_at=timezone.now())
