"""What a profile shows: to its owner, and to others."""

from dataclasses import dataclass

from django.db.models import Sum

from momentum.accounts.models import User
from momentum.core.errors import NotFoundError
from momentum.engagement.queries.badges import BadgeRow, Earned, earned_by
from momentum.learning.models import LearningDay


@dataclass(frozen=True)
class OwnProfile:
    """One's own: everything. `minutes` is what was learned in all."""

    earned: Earned
    minutes: int


@dataclass(frozen=True)
class PublicProfile:
    """What others may know: nothing that says who this is beyond what they wrote, nor when they learn.

    `name` is empty for who gave none: the one that pages else show is made from the e-mail address.
    """

    address: str
    name: str
    initials: str
    bio: str
    has_picture: bool
    level_number: int
    level_name: str
    lessons: int
    courses: int
    longest_streak: int
    showcased: list[BadgeRow]
    others: list[BadgeRow]


def own_profile(user: User) -> OwnProfile:
    """Gather one's own profile, in two queries."""
    seconds = LearningDay.objects.filter(user=user).aggregate(sum=Sum("seconds"))["sum"] or 0
    return OwnProfile(earned=earned_by(user), minutes=round(seconds / 60))


def public_person(address: str) -> User:
    """Return whose public profile this is.

    Raises:
        NotFoundError: where it isn't anybody's, or not any more.
    """
    found: User | None = User.objects.active().filter(public_address=address).first()
    if found is None:
        raise NotFoundError
    return found


def public_profile(address: str) -> PublicProfile:
    """Gather a public profile, in two queries.

    Raises:
        NotFoundError: as `public_person`.
    """
    person = public_person(address)
    earned = earned_by(person)
    stats = earned.stats
    shown = [row.undated() for row in earned.held]
    return PublicProfile(
        address=address,
        name=person.name,
        initials=person.initials if person.name else "",
        bio=person.bio,
        has_picture=bool(person.avatar),
        level_number=stats.level.number,
        level_name=str(stats.level.name),
        lessons=stats.lessons,
        courses=stats.courses,
        longest_streak=stats.streak_longest,
        showcased=[row for row in shown if row.showcased],
        others=[row for row in shown if not row.showcased],
    )
