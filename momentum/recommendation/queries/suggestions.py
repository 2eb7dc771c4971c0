"""Whom to write to about courses they might take."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.domain.calendar import local_date
from momentum.learning.models import Enrolment, LearningDay
from momentum.notifications.domain.kinds import Due
from momentum.recommendation.models import Recommendation

# Who hasn't learned for longer doesn't want to hear of more to learn.
_LATELY = timedelta(days=30)
# A shelf is liked for so long after a course of it was finished.
_LIKED = timedelta(days=365)


def to_suggest(users: Collection[User], now: datetime) -> list[Due]:
    """Return who is told this week what they might take: who learned lately and has something recommended."""
    learned = LearningDay.objects.filter(user=OuterRef("pk"), lessons__gt=0, date__gte=(now - _LATELY).date())
    found = User.objects.filter(pk__in=[user.pk for user in users]).filter(
        Exists(learned), Exists(Recommendation.objects.filter(learner=OuterRef("pk")))
    )
    wanted = set(found.values_list("pk", flat=True))
    return [
        Due(user, local_date(user, now).isoformat(), {"user": user}) for user in users if user.pk in wanted
    ]


def who_likes(course: Course, *, now: datetime, after: uuid.UUID | None, limit: int) -> list[User]:
    """Return learners, in order of id, who finished a course of this shelf in the last year and aren't in this one."""
    finished = Enrolment.objects.filter(
        user=OuterRef("pk"), course__category=course.category_id, completed_at__gte=now - _LIKED
    )
    taken = Enrolment.objects.filter(user=OuterRef("pk"), course=course)
    found = User.objects.active().filter(Exists(finished), ~Exists(taken)).order_by("pk")
    return list((found.filter(pk__gt=after) if after else found)[:limit])
