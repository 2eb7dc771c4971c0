"""The table: what follows from each event. The only place where apps meet sideways.

A reaction runs in the transaction of what caused it: it may write rows and enqueue durable work, it
may not wait for anything outside the database. Every event that is recorded is named here.
"""

from momentum.engagement.actions import count_course, count_lesson
from momentum.events.record import Reaction
from momentum.learning.actions import finish_those_who_are_done
from momentum.learning.certifying import certify
from momentum.recommendation.actions import ask_for_all, ask_for_one
from momentum.search.actions import follow_course

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "user.signed_up": (),
    "user.changed": (),
    "user.profile_published": (),
    "user.profile_withdrawn": (),
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
}

_OF_ONE_LEARNER = {"course.completed", "lesson.started", "lesson.completed"}
# What everybody sees is made from these things: after such an event no web process shows a page that it kept.
PUBLIC = tuple(
    name
    for name in REACTIONS
    if name.startswith(("category.", "course.", "lesson.", "review.", "setting."))
    and name not in _OF_ONE_LEARNER
)
