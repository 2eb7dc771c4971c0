"""What follows from learning: points, streaks and badges; and what a learner does with their badges.

The first two are reactions: they run in the transaction of what caused them. All lock the learner's stats first.
"""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import InvalidError
from momentum.engagement.domain.badges import BADGES
from momentum.engagement.domain.facts import LESSON
from momentum.engagement.models import SHOWCASED_AT_MOST, Award, LearnerStats
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.learning.models import LearningDay


@transaction.atomic(savepoint=False)
def count_lesson(event: Event) -> None:
    """After `lesson.completed`: count it, carry the streak on, award what it earned."""
    stats = LearnerStats.objects.locked(_learner(event))
    done = LearningDay.objects.filter(user_id=stats.user_id, lessons__gt=0)
    stats.finish_lesson(list(done))
    _award(stats, event)


@transaction.atomic(savepoint=False)
def count_course(event: Event) -> None:
    """After `course.completed`: count it, award what it earned."""
    stats = LearnerStats.objects.locked(_learner(event))
    lessons = Event.objects.filter(
        actor_id=event.actor_id, name=LESSON, at__lte=event.at, data__course=str(event.subject_id)
    )
    length = int(event.data["days"])
    stats.finish_course(length, in_time=_is_within(length, lessons))
    _award(stats, event)


@transaction.atomic
def mark_seen(*, user: User, badges: Collection[str] | None = None) -> int:
    """Note that the learner was told of these badges, or of all; return of how many they weren't before."""
    waiting = Award.objects.filter(user=user).unseen()
    if badges is not None:
        waiting = waiting.filter(badge__in=badges)
    return waiting.update(seen_at=timezone.now())


@transaction.atomic
def showcase(*, user: User, badges: Collection[str]) -> None:
    """Put these badges of the learner's on top of their profile, and no others.

    Raises:
        InvalidError: for more than three, or one that they haven't earned.
    """
    chosen = set(badges)
    if len(chosen) > SHOWCASED_AT_MOST:
        raise InvalidError(_("Choose up to three badges."), code="too_many_showcased")
    # Locked, so that two requests at once don't leave more than three.
    LearnerStats.objects.locked(user.id)
    earned = Award.objects.filter(user=user)
    if chosen - set(earned.values_list("badge", flat=True)):
        raise InvalidError(_("You can only feature badges you have earned."), code="badge_not_earned")
    earned.filter(showcased=True).exclude(badge__in=chosen).update(showcased=False)
    earned.filter(showcased=False, badge__in=chosen).update(showcased=True)


def _learner(event: Event) -> uuid.UUID:
    if event.actor_id is None:
        message = f"{event.name} names nobody"
        raise ValueError(message)
    return event.actor_id


def _is_within(length: int, lessons: "QuerySet[Event]") -> bool:
    """Say whether these were finished within so many days of the learner's calendar."""
    days = lessons.annotate(day=KT("data__date")).aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return False
    return (date.fromisoformat(days["last"]) - date.fromisoformat(days["first"])).days < length


def _award(stats: LearnerStats, event: Event) -> None:
    """Award what the stats have earned and isn't there yet, then save them."""
    held = set(Award.objects.filter(user_id=stats.user_id).values_list("badge", flat=True))
    facts = stats.facts
    for badge in BADGES:
        if badge.slug in held or not badge.is_earned(facts):
            continue
        # Who wants no celebration counts as told.
        seen_at = None if stats.user.celebrates else event.at
        award = Award.objects.create(user_id=stats.user_id, badge=badge.slug, at=event.at, seen_at=seen_at)
        stats.points += badge.points
        record("badge.earned", actor_id=stats.user_id, subject_id=award.id, at=event.at, badge=badge.slug)
    stats.save()
