"""What learners and moderators do with reviews. Every action checks permission, is atomic and records an event.

Each locks the course first, as enrolling and leaving do, so that whoever changes a review of a course, or its
counts, comes one after the other and nobody waits in a circle.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, LimitError, NotFoundError
from momentum.core.parsing import plain_text
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.learning.models import Enrolment, Progress, Review
from momentum.learning.models.review import REASON_AT_MOST, TEXT_AT_MOST
from momentum.learning.site_settings import ReviewSettings
from momentum.site.queries.current import current

TEXT_AT_LEAST = 10
# Nobody has this much to say in a day; a machine does.
CHANGES_A_DAY = 20
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|net|org|io|ru|cn|info|biz|shop|xyz)\b", re.IGNORECASE)


@transaction.atomic
def write_review(
    *, user: User, course: Course, stars: int, text: str, signed: str = "", at: datetime | None = None
) -> Review:
    """Save what the learner says about a course they are in, in place of what they said before.

    It waits for a moderator, or (`ReviewSettings.wait` off, nothing hidden before, no link in it) is
    published at once.

    Raises:
        ForbiddenError: for who isn't enrolled (`not_enrolled`) or hasn't completed a lesson (`too_early`).
        InvalidError: when it says too little or too much.
        LimitError: when this learner changes reviews all day.
    """
    moment = at or timezone.now()
    said = plain_text(text)
    _require_words(stars, said)
    locked = _lock(course)
    require_experience(user, locked)
    _require_patience(user, moment)
    # The course is locked, so two clicks of one learner find one another's row.
    review = Review.objects.filter(user=user, course=locked).first() or Review(
        user=user, course=locked, version=0
    )
    was_hidden = review.status == Review.Status.HIDDEN
    review.write(stars=stars, text=said, signed=" ".join(plain_text(signed).split())[:80], at=moment)
    if not (current(ReviewSettings).wait or was_hidden or _LINK.search(said)):
        review.publish(moment)
    record("review.written", actor_id=user.id, subject_id=review.id, at=moment, course=str(locked.id))
    return review


@transaction.atomic
def delete_review(*, user: User, course: Course) -> None:
    """Take back what one said, whether one is still enrolled or not. Again does nothing."""
    review = Review.objects.filter(user=user, course=_lock(course)).first()
    if review is None:
        return
    review_id, _deleted = review.id, review.delete()
    record("review.deleted", actor_id=user.id, subject_id=review_id, course=str(course.pk))


@transaction.atomic
def publish_review(
    *, actor: User, review: Review, version: int | None = None, at: datetime | None = None
) -> Review:
    """Let everybody read it. Again does nothing.

    Args:
        actor: an administrator.
        review: as found; it is read again under a lock.
        version: of the text that was read, where somebody read it.
        at: when, where that isn't now.

    Raises:
        ForbiddenError: for anybody but an administrator.
        NotFoundError: when its author took it back.
        ConflictError: when its author changed it since (`stale_version`).
    """
    found = _lock_review(actor, review, version)
    if found.status != Review.Status.PUBLISHED:
        found.publish(at or timezone.now(), by=actor)
        record("review.published", actor_id=actor.id, subject_id=found.id, course=str(found.course_id))
    return found


@transaction.atomic
def hide_review(*, actor: User, review: Review, reason: str, version: int | None = None) -> Review:
    """Let nobody but its author read it, and tell them why; raises as `publish_review`, and without a reason."""
    told = " ".join(plain_text(reason).split())
    if not told or len(told) > REASON_AT_MOST:
        sentence = _("Enter a reason. The author will see it.")
        raise InvalidError(sentence, code="reason_required", data={"fields": {"reason": [sentence]}})
    found = _lock_review(actor, review, version)
    found.hide(told, by=actor)
    record("review.hidden", actor_id=actor.id, subject_id=found.id, course=str(found.course_id))
    return found


def _require_words(stars: int, text: str) -> None:
    fields = {}
    if stars not in range(1, 6):
        fields["stars"] = [_("Choose one to five stars.")]
    if len(text) < TEXT_AT_LEAST:
        fields["text"] = [_("Please write at least a sentence.")]
    if len(text) > TEXT_AT_MOST:
        fields["text"] = [_("Use at most %(count)d characters.") % {"count": TEXT_AT_MOST}]
    if fields:
        raise InvalidError(data={"fields": fields})


def require_experience(user: User, course: Course) -> None:
    """Refuse who can't know what the course is like.

    Raises:
        ForbiddenError: for who isn't enrolled (`not_enrolled`) or hasn't completed a lesson (`too_early`).
    """
    if not Enrolment.objects.current().filter(user=user, course=course).exists():
        raise ForbiddenError(_("Only learners enrolled in this course can review it."), code="not_enrolled")
    if not Progress.objects.completed().filter(user=user, lesson__course=course).exists():
        raise ForbiddenError(_("Complete a lesson before writing a review."), code="too_early")


def _require_patience(user: User, moment: datetime) -> None:
    day = Event.objects.filter(
        actor_id=user.id, at__gt=moment - timedelta(days=1), at__lte=moment, name="review.written"
    )
    if day.count() >= CHANGES_A_DAY:
        raise LimitError(
            _("You’ve reached today’s limit for reviews. Try again tomorrow."),
            data={"retry_after": 60 * 60 * 24},
        )


def _lock_review(actor: User, review: Review, version: int | None) -> Review:
    require_admin(actor)
    _lock(review.course)
    found = Review.objects.filter(pk=review.pk).first()
    if found is None:
        raise NotFoundError(_("The author has deleted this review."))
    if version is not None and version != found.version:
        raise ConflictError(
            _("The author has edited this review. Read it again before you decide."), code="stale_version"
        )
    return found


def _lock(course: Course) -> Course:
    # Readers and learners at work in the course don't wait.
    locked = Course.objects.select_for_update(no_key=True, of=("self",)).filter(pk=course.pk).first()
    if locked is None:
        raise NotFoundError
    return locked
