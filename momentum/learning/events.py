"""What learners do, and what is decided about it. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "enrolment.started",
    "enrolment.resumed",
    "enrolment.cancelled",
    "enrolment.granted",
    "enrolment.revoked",
    "lesson.started",
    "question.answered",
    "lesson.completed",
    "course.completed",
    "certificate.issued",
    "certificate.named",
    "certificate.revoked",
    "certificate.reinstated",
    "certificate.lapsed",
    "certificate.restored",
    "review.written",
    "review.deleted",
    "review.published",
    "review.hidden",
)

# Pages that are the same for everybody are made anew after these.
PUBLIC = (
    "review.written",
    "review.deleted",
    "review.published",
    "review.hidden",
)

AUDITED: dict[str, str | Promise] = {
    "enrolment.granted": _("Granted access to a course"),
    "enrolment.revoked": _("Revoked access to a course"),
    "certificate.revoked": _("Revoked a certificate"),
    "certificate.reinstated": _("Reinstated a certificate"),
    "review.published": _("Published a review"),
    "review.hidden": _("Hid a review"),
    "reviews.listed": _("Viewed reviews"),
    "certificates.listed": _("Viewed certificates"),
}
