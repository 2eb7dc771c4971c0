"""The table: what follows from each event. The only place where apps meet sideways.

A reaction runs in the transaction of what caused it: it may write rows and enqueue durable work, it
may not wait for anything outside the database. Every event that is recorded is named here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.engagement.actions import count_course, count_lesson
from momentum.events.record import Reaction
from momentum.learning.actions import finish_those_who_are_done
from momentum.learning.certifying import certify
from momentum.payments.actions import stop_renewals
from momentum.recommendation.actions import ask_for_all, ask_for_one
from momentum.search.actions import follow_course

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "user.signed_up": (),
    "user.changed": (),
    "user.address_changed": (),
    "user.identity_linked": (),
    "user.tokens_granted": (),
    "user.new_browser": (),
    "user.signed_out_elsewhere": (),
    "user.profile_published": (),
    "user.profile_withdrawn": (),
    "user.admin_created": (),
    "user.invited": (),
    "user.role_changed": (),
    "user.suspended": (),
    "user.reactivated": (),
    "user.export_asked": (),
    "user.deletion_asked": (),
    "user.deletion_withdrawn": (),
    "user.deletion_begun": (stop_renewals,),
    "user.deleted": (),
    "impersonation.started": (),
    "impersonation.ended": (),
    "course.created": (),
    "course.changed": (follow_course,),
    "course.published": (finish_those_who_are_done, follow_course, ask_for_all),
    "course.withdrawn": (follow_course,),
    "course.archived": (follow_course,),
    "course.reordered": (follow_course,),
    "course.deleted": (),
    "lesson.added": (follow_course,),
    "lesson.changed": (follow_course,),
    "lesson.published": (follow_course,),
    "lesson.withdrawn": (follow_course,),
    "lesson.deleted": (follow_course,),
    "video.added": (),
    "video.removed": (),
    "enrolment.started": (ask_for_one,),
    "enrolment.resumed": (ask_for_one,),
    "enrolment.cancelled": (),
    "enrolment.granted": (),
    "enrolment.revoked": (),
    "lesson.started": (),
    "question.answered": (),
    "lesson.completed": (count_lesson,),
    "course.completed": (count_course, certify, ask_for_one),
    "order.placed": (),
    "order.paid": (),
    "order.failed": (),
    "order.expired": (),
    "order.disagreed": (),
    "order.withdrawn": (),
    "payment.succeeded": (),
    "payment.changed": (),
    "refund.requested": (),
    "refund.made": (),
    "refund.failed": (),
    "dispute.opened": (),
    "dispute.won": (),
    "subscription.ended": (),
    "premium.began": (),
    "premium.ended": (),
    "coupon.saved": (),
    "webhook.replayed": (),
    "mail.resent": (),
    "mail.tested": (),
    "badge.earned": (),
    "certificate.issued": (),
    "certificate.named": (),
    "certificate.revoked": (),
    "certificate.reinstated": (),
    "review.written": (),
    "review.deleted": (),
    "review.published": (),
    "review.hidden": (),
    "generation.started": (),
    "generation.finished": (),
    "generation.failed": (),
    "generation.cancelled": (),
    "generation.rated": (),
    "lesson.regenerated": (),
    "proposal.rejected": (),
}

# What goes into the audit log as well, and how the panel says it: each administrative change, and, without an event,
# each look at personal data (`momentum.events.audit.note`).
AUDITED: dict[str, str | Promise] = {
    "user.admin_created": _("Created an administrator"),
    "user.invited": _("Invited somebody"),
    "user.role_changed": _("Changed a role"),
    "user.suspended": _("Suspended an account"),
    "user.reactivated": _("Reactivated an account"),
    "enrolment.granted": _("Gave a course"),
    "enrolment.revoked": _("Took a course away"),
    "impersonation.started": _("Began to look as a learner"),
    "impersonation.ended": _("Stopped looking as a learner"),
    "impersonation.acted": _("Did something as a learner"),
    "users.listed": _("Looked at the list of accounts"),
    "users.exported": _("Exported the list of accounts"),
    "user.viewed": _("Looked at an account"),
    "course.created": _("Created a course"),
    "course.changed": _("Changed a course"),
    "course.published": _("Published a course"),
    "course.withdrawn": _("Took a course back to draft"),
    "course.archived": _("Archived a course"),
    "course.reordered": _("Changed the order of lessons"),
    "course.deleted": _("Deleted a course"),
    "lesson.added": _("Added a lesson"),
    "lesson.changed": _("Changed a lesson"),
    "lesson.published": _("Published a lesson"),
    "lesson.withdrawn": _("Took a lesson back to draft"),
    "lesson.deleted": _("Deleted a lesson"),
    "lesson.regenerated": _("Had a lesson written again"),
    "video.added": _("Added a video"),
    "video.removed": _("Removed a video"),
    "certificate.revoked": _("Withdrew a certificate"),
    "refund.requested": _("Gave money back"),
    "coupon.saved": _("Saved a coupon"),
    "webhook.replayed": _("Had an event of the payment provider handled again"),
    "certificate.reinstated": _("Let a certificate count again"),
    "review.published": _("Published a review"),
    "review.hidden": _("Hid a review"),
    "generation.started": _("Had a course written"),
    "generation.cancelled": _("Cancelled the writing of a course"),
    "generation.rated": _("Rated a written course"),
    "proposal.rejected": _("Rejected a lesson written again"),
    "reviews.listed": _("Looked at reviews"),
    "certificates.listed": _("Looked at certificates"),
    "mail.listed": _("Looked at the mail"),
    "letter.read": _("Read a mail"),
    "mail.resent": _("Had a mail sent again"),
    "mail.tested": _("Had a mail sent to themselves, as a test"),
    "audit.listed": _("Looked at the audit log"),
    "audit.exported": _("Exported the audit log"),
}

_OF_ONE_LEARNER = {"course.completed", "lesson.started", "lesson.completed"}
# What everybody sees is made from these things: after such an event no web process shows a page that it kept.
PUBLIC = tuple(
    name
    for name in REACTIONS
    if name.startswith(("category.", "course.", "lesson.", "review.", "setting."))
    and name not in _OF_ONE_LEARNER
)
