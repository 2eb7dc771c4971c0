"""Working out from the events what everybody has earned, and comparing it with what is stored.

What is stored was added up as things happened, under a lock; here the whole story is told again from the beginning,
by other code. That both agree is the proof that nothing was lost, doubled or made up.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from momentum.accounts.models import User
from momentum.engagement.domain.badges import BADGES
from momentum.engagement.domain.facts import TOLD, Facts, Story
from momentum.engagement.domain.points import COURSE, LESSON
from momentum.engagement.domain.streaks import Streak
from momentum.engagement.models import Award, LearnerStats
from momentum.events.models import Event

AT_A_TIME = 500


@dataclass(frozen=True)
class Earned:
    """What somebody has earned. `badges` are slugs."""

    points: int
    facts: Facts
    streak: Streak
    badges: frozenset[str]


@dataclass(frozen=True)
class Difference:
    """Somebody of whom the events say something else than what is stored."""

    user_id: uuid.UUID
    by_events: Earned
    stored: Earned

    def lines(self) -> list[str]:
        """Say what differs, one thing a line; people by their ids."""
        said = [
            f"{name} {stored}, by the events {told}"
            for name, told, stored in (
                ("points", self.by_events.points, self.stored.points),
                ("facts", self.by_events.facts, self.stored.facts),
                ("streak", self.by_events.streak, self.stored.streak),
            )
            if told != stored
        ]
        if missing := self.by_events.badges - self.stored.badges:
            said.append(f"badges not awarded: {', '.join(sorted(missing))}")
        if surplus := self.stored.badges - self.by_events.badges:
            said.append(f"badges awarded without reason: {', '.join(sorted(surplus))}")
        return [f"{self.user_id}: {line}" for line in said]


def differences() -> Iterator[Difference]:
    """Compare everybody. One statement, so that it sees one moment even while people learn."""
    told = (
        Event.objects.filter(actor_id=OuterRef("pk"), name__in=TOLD)
        .order_by(*_ORDER)
        .values(one=JSONObject(name="name", subject="subject_id", data="data", at="at"))
    )
    awards = Award.objects.filter(user_id=OuterRef("pk")).values("badge")
    everybody = User.objects.annotate(told=ArraySubquery(told), held=ArraySubquery(awards))
    concerned = everybody.exclude(Q(told=[]) & Q(held=[]) & Q(learner_stats=None)).select_related(
        "learner_stats"
    )
    for user in concerned.order_by("pk").iterator(chunk_size=AT_A_TIME):
        by_events = earned_by(user.told)
        stored = stored_of(getattr(user, "learner_stats", None) or LearnerStats(user=user), user.held)
        if by_events != stored:
            yield Difference(user.pk, by_events, stored)


def earned_by(told: Sequence[Mapping[str, Any]]) -> Earned:
    """Tell one learner's story and return what it comes to."""
    story = Story()
    for event in told:
        at = event["at"]
        at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        story.tell(event["name"], event["subject"], event["data"], at)
    facts = story.facts()
    badges = [badge for badge in BADGES if badge.is_earned(facts)]
    points = LESSON * facts.lessons + COURSE * facts.courses + sum(badge.points for badge in badges)
    return Earned(points, facts, story.streak(), frozenset(badge.slug for badge in badges))


def stored_of(stats: LearnerStats, held: Sequence[str]) -> Earned:
    """Return what is stored, in the same shape."""
    return Earned(stats.points, stats.facts, stats.streak, frozenset(held))


@transaction.atomic
def repair(user_id: uuid.UUID) -> None:
    """Store what the events of this learner say: badges that are missing are given, unfounded ones go."""
    # Locked, so that a lesson that is completed now is counted before or after, never lost between.
    stats = LearnerStats.objects.locked(user_id)
    events = list(
        Event.objects.filter(actor_id=user_id, name__in=TOLD)
        .order_by(*_ORDER)
        .values("name", "data", "at", subject=F("subject_id"))
    )
    for event in events:
        event["subject"] = str(event["subject"])
    earned = earned_by(events)
    held = Award.objects.filter(user_id=user_id)
    held.exclude(badge__in=earned.badges).delete()
    for slug in earned.badges - set(held.values_list("badge", flat=True)):
        at = _earned_at(slug, events)
        Award.objects.create(
            user_id=user_id, badge=slug, at=at, seen_at=None if stats.user.celebrates else at
        )
    facts = earned.facts
    stats.points, stats.lessons, stats.courses = earned.points, facts.lessons, facts.courses
    stats.longest_course, stats.courses_in_time = facts.longest_course, facts.courses_in_time
    stats.most_in_a_day = facts.most_in_a_day
    stats.keep(earned.streak)
    stats.save()


# A lesson and the course that it finished happen at one moment; the lesson comes first.
_ORDER = ("at", F("name").desc(), "id")


def _earned_at(slug: str, events: Sequence[Mapping[str, Any]]) -> datetime:
    """Return when the badge was first earned: the events up to then suffice for it, by halving."""
    low, high = 0, len(events) - 1
    while low < high:
        middle = (low + high) // 2
        if slug in earned_by(events[: middle + 1]).badges:
            high = middle
        else:
            low = middle + 1
    at: datetime = events[low]["at"]
    return at
