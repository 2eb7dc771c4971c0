"""Where a learner stands, the badges they were awarded, and the calendar of their lessons."""

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from momentum.accounts.models import User
from momentum.core.models import Row
from momentum.engagement.domain.badges import BY_SLUG, Badge
from momentum.engagement.domain.facts import Facts
from momentum.engagement.domain.points import COURSE, LESSON, Level, level_of
from momentum.engagement.domain.streaks import LessonDay, Lived, Streak, streak_of

SHOWCASED_AT_MOST = 3


class LearnerStatsQuerySet(models.QuerySet["LearnerStats"]):
    def locked(self, user_id: uuid.UUID) -> "LearnerStats":
        """Return the learner’s stats, made now where there is none, locked until the transaction ends.

        Whatever changes what a learner has earned takes this lock first, or stores what it counted only where nobody
        has counted since (`store`), so that it happens one after the other.
        """
        return self.raw(_LOCK, vars(LearnerStats(user_id=user_id, updated_at=timezone.now())))[0]

    def store(self, stats: "LearnerStats", *, known_at: datetime | None) -> bool:
        """Save what was counted, unless somebody else has counted since `known_at`, when these stats were last changed.

        Args:
            stats: as they are now.
            known_at: None for somebody who had none.

        Returns:
            Whether they were saved. Whoever is counting at this moment is waited for.
        """
        stats.updated_at = timezone.now()
        values = vars(stats) | {"known_at": known_at}
        with connection.cursor() as cursor:
            cursor.execute(_STORE if known_at else _STORE_FIRST, values)
            return bool(cursor.rowcount == 1)


class LearnerStats(models.Model):
    """One learner's points, streak and the facts that badges go by. Whoever did nothing yet has no row."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="learner_stats")
    points = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)
    courses = models.PositiveIntegerField(default=0)
    longest_course = models.PositiveIntegerField(default=0)
    courses_in_time = models.PositiveIntegerField(default=0)
    most_in_a_day = models.PositiveIntegerField(default=0)
    streak_days = models.PositiveIntegerField(default=0)
    streak_row = models.PositiveIntegerField(default=0)
    streak_first = models.DateField(null=True, blank=True)
    streak_last = models.DateField(null=True, blank=True)
    streak_rested_on = models.DateField(null=True, blank=True)
    streak_longest = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LearnerStatsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.points} points"

    @property
    def facts(self) -> Facts:
        return Facts(
            lessons=self.lessons,
            courses=self.courses,
            longest_course=self.longest_course,
            courses_in_time=self.courses_in_time,
            most_in_a_day=self.most_in_a_day,
            longest_streak=self.streak_longest,
        )

    @property
    def streak(self) -> Streak:
        """The streak up to the last day with a finished lesson; `.on(today)` says how it stands today."""
        return Streak(
            days=self.streak_days,
            row=self.streak_row,
            first=self.streak_first,
            last=self.streak_last,
            rested_on=self.streak_rested_on,
            longest=self.streak_longest,
        )

    @property
    def level(self) -> Level:
        return level_of(self.points)

    def finish_lesson(self, days: Collection[LessonDay]) -> None:
        """Count a lesson; `days` are those on which any were finished, with this one, since the streak began."""
        self.lessons += 1
        self.points += LESSON
        self.most_in_a_day = max([self.most_in_a_day, *(day.lessons for day in days)])
        lived = {day.date: Lived(day.finished_at, day.zone) for day in days if day.finished_at and day.zone}
        streak = streak_of([day.date for day in days], lived)
        # What was once reached stays reached, also when a flight west puts a date before others.
        self.keep(replace(streak, longest=max(streak.longest, self.streak_longest)))

    def finish_course(self, length: int, *, in_time: bool) -> None:
        """Count a course of so many days."""
        self.courses += 1
        self.points += COURSE
        self.longest_course = max(self.longest_course, length)
        self.courses_in_time += in_time

    def keep(self, streak: Streak) -> None:
        """Note the streak."""
        self.streak_days, self.streak_row, self.streak_longest = streak.days, streak.row, streak.longest
        self.streak_first, self.streak_last, self.streak_rested_on = (
            streak.first,
            streak.last,
            streak.rested_on,
        )


_COLUMNS = [str(field.column) for field in LearnerStats._meta.concrete_fields]  # noqa: SLF001 - Django's own name
# Where there is a row, it changes nothing, and locks it.
_LOCK = f"""
    insert into engagement_learnerstats as known ({", ".join(_COLUMNS)})
    values ({", ".join(f"%({name})s" for name in _COLUMNS)})
    on conflict (user_id) do update set points = known.points
    returning *
"""  # noqa: S608 - names of our own columns
_STORE = f"""
    update engagement_learnerstats set {", ".join(f"{name} = %({name})s" for name in _COLUMNS if name != "user_id")}
     where user_id = %(user_id)s and updated_at = %(known_at)s
"""  # noqa: S608 - names of our own columns
_STORE_FIRST = f"""
    insert into engagement_learnerstats ({", ".join(_COLUMNS)})
    values ({", ".join(f"%({name})s" for name in _COLUMNS)})
    on conflict (user_id) do nothing
"""  # noqa: S608 - names of our own columns


class AwardQuerySet(models.QuerySet["Award"]):
    def unseen(self) -> "AwardQuerySet":
        """Those that the learner wasn't told of yet."""
        return self.filter(seen_at=None)


class Award(Row):
    """A badge that a learner has earned: once, and for good."""

    # Found by the constraint below, which begins with it.
    user = models.ForeignKey(User, models.CASCADE, related_name="awards", db_index=False)
    badge = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    showcased = models.BooleanField(default=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=["user", "badge"], name="award_once"),)
        indexes = (models.Index(fields=["user"], condition=Q(seen_at=None), name="award_unseen"),)

    def __str__(self) -> str:
        return f"{self.badge} for {self.user_id}"

    @property
    def definition(self) -> Badge | None:
        """What it is; None for a badge that is no more."""
        return BY_SLUG.get(self.badge)

    def see(self, moment: datetime) -> None:
        """Note that the learner was told."""
        self.seen_at = self.seen_at or moment
        self.save(update_fields=["seen_at", "updated_at"])


def hash_address(address: str) -> str:
    """Return what is kept of the address of a calendar; it is long enough to need no salt."""
    return hashlib.sha256(address.encode()).hexdigest()


class LessonCalendar(Row):
    """That somebody's lessons can be read as a calendar, by whoever has its address.

    The row holds a hash of the address, and what the secret key makes the address of: whoever reads the table can't
    read a calendar.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="lesson_calendar")
    seed = models.CharField(max_length=32, editable=False)
    address_hash = models.CharField(max_length=64, unique=True, editable=False)

    def __str__(self) -> str:
        return f"lesson calendar of {self.user_id}"

    @property
    def address(self) -> str:
        """Its address, as the last part of a path; "" where the secret key that it was made with is forgotten."""
        made = (self._made_with(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        return next((address for address in made if hash_address(address) == self.address_hash), "")

    def renew(self) -> None:
        """Give it another address; the one it had is good for nothing."""
        self.seed = secrets.token_urlsafe(16)
        self.address_hash = hash_address(self._made_with(settings.SECRET_KEY))

    def _made_with(self, key: str) -> str:
        return salted_hmac("engagement.calendar", self.seed, secret=key, algorithm="sha256").hexdigest()[:40]
