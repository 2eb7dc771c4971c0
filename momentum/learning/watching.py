"""Where a learner left off in a video."""

from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.learning.access import require_open
from momentum.learning.actions import open_lesson
from momentum.learning.models import Progress


@transaction.atomic
def keep_position(*, user: User, lesson: Lesson, seconds: int) -> int:
    """Keep how far the learner has watched, for whichever device they go on with; return what is kept.

    The last word counts, also when it goes back: they may have wanted to hear it again. Nothing is kept for who
    isn't enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `access.require_open`.
    """
    if require_open(user, lesson) is None:
        return 0
    mine = Progress.objects.filter(user=user, lesson=lesson)
    change = {"video_position": seconds, "updated_at": timezone.now()}
    if not mine.update(**change):
        open_lesson(user=user, lesson=lesson)
        mine.update(**change)
    return seconds
