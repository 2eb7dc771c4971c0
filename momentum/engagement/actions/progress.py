"""What follows from learning: points, streaks and badges; and what a learner does with their badges.

`count_completions` is a reaction: it runs in the transaction of what caused it. All lock the learner's stats first.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import InvalidError
from momentum.engagement.domain.badges import BADGES, Badge
from momentum.engagement.domain.facts import COURSE, LESSON
from momentum.engagement.models import SHOWCASED_AT_MOST, Award, LearnerStats
from momentum.engagement.queries.history import History, history
from momentum.events.actions.record import record_together
from momentum.events.models import Event


@transaction.atomic(savepoint=False)
def count_completions(*events: Event) -> None:
    """After a learner completed a lesson, a course, or both by the last lesson: count it, carry the streak on, award.

    All events are of one learner and one moment; `lesson.completed` comes before the `course.completed` it led to.
    Nothing is locked before it is stored: where somebody else counted for this learner meanwhile, nothing is, and it is
    counted again while they wait.
    """
    if not _count(events):
        LearnerStats.objects.locked(_learner(events[0]))
        _count(events)


def _count(events: Sequence[Event]) -> bool:
    """Count these by what is known now; do nothing, and return False, where that has changed before it is stored."""
    known = _history(events)
    stats = known.stats
    for event in events:
        if event.name == LESSON:
            stats.finish_lesson(known.days)
        else:
            length = int(event.data["days"])
            stats.finish_course(length, in_time=known.span is not None and known.span <= length)
    facts = stats.facts
    earned = [badge for badge in BADGES if badge.slug not in known.badges and badge.is_earned(facts)]
    stats.points += sum(badge.points for badge in earned)
    if not LearnerStats.objects.store(stats, known_at=known.known_at):
        return False
    if earned:
        _award(stats.user_id, earned, events[-1].at, celebrates=known.celebrates)
    return True


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


def _history(events: Sequence[Event]) -> History:
    """Return the stats, the days that the streak goes by, and what else is counted with these events."""
    days = [date.fromisoformat(event.data["date"]) for event in events if event.name == LESSON]
    courses = [str(event.subject_id) for event in events if event.name == COURSE]
    return history(
        _learner(events[0]),
        day=min(days, default=None),
        course=courses[0] if courses else None,
        at=events[0].at,
    )


def _award(user_id: uuid.UUID, badges: Sequence[Badge], at: datetime, *, celebrates: bool) -> None:
    """Award these badges. Learners who want no celebration count as told."""
    seen_at = None if celebrates else at
    awards = [Award(user_id=user_id, badge=badge.slug, at=at, seen_at=seen_at) for badge in badges]
    Award.objects.bulk_create(awards)
    record_together(*[_badge_earned(award) for award in awards])


def _badge_earned(award: Award) -> Event:
    return Event(
        name="badge.earned",
        actor_id=award.user_id,
        subject_id=award.id,
        at=award.at,
        data={"badge": award.badge},
    )
