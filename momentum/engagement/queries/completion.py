"""What completing a lesson brings: the best moment of the day, gathered in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.engagement.domain.points import COURSE, LESSON
from momentum.engagement.domain.streaks import StreakToday
from momentum.engagement.queries.badges import Earned, earned_by
from momentum.learning import queries as learning
from momentum.learning.domain.calendar import lived_date
from momentum.learning.models import Certificate, Review
from momentum.recommendation.queries.recommendations import Recommended, recommendations_for


@dataclass(frozen=True)
class Finish:
    """What a finished course offers, in the order in which it is offered."""

    certificate: Certificate | None
    may_review: bool
    next: Recommended | None

    @classmethod
    def of(
        cls, certificate: Certificate | None, *, may_review: bool, suggestions: Sequence[Recommended]
    ) -> Self:
        """Leave out a certificate that was withdrawn, and suggest the best course."""
        counts = certificate is not None and not certificate.is_revoked
        return cls(certificate if counts else None, may_review, next(iter(suggestions), None))


@dataclass(frozen=True)
class Moment:
    """A lesson that is done, as its learner is told so; `finish` where it was the last of its course."""

    page: learning.LessonPage
    earned: Earned
    streak: StreakToday
    finish: Finish | None

    @property
    def points(self) -> int:
        """What this lesson brought, with the badges that the learner is told of now."""
        badges = sum(row.badge.points for row in self.earned.new)
        return LESSON + badges + (COURSE if self.finish else 0)


def moment(*, user: User, lesson: Lesson) -> Moment:
    """Gather it for a lesson that the learner has completed.

    Raises:
        NotFoundError, ForbiddenError: as `learning.permissions.require_open`.
    """
    page = learning.lesson_page(user=user, slug=lesson.course.slug, day=lesson.day)
    earned = earned_by(user)
    return Moment(
        page=page,
        earned=earned,
        streak=earned.stats.streak.on(lived_date(user, timezone.now())),
        finish=_finish_of(user, page) if page.finished_course else None,
    )


def _finish_of(user: User, page: learning.LessonPage) -> Finish:
    reviewed = Review.objects.filter(user=user, course=page.course).exists()
    suggestions = recommendations_for(user, 1)
    return Finish.of(page.certificate, may_review=not reviewed, suggestions=suggestions)
