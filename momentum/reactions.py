"""The table: what follows from each event. The only place where apps meet sideways.

A reaction runs in the transaction of what caused it: it may write rows and enqueue durable work, it
may not wait for anything outside the database. It is called once with all events it reacts to that were
recorded together. Which events there are, each app says in its `events.py`.
"""

from momentum.engagement.actions.congratulations import congratulate_soon
from momentum.engagement.actions.progress import count_completions
from momentum.events.actions.record import Reaction
from momentum.learning.actions.awaited_payments import expect_no_payment, expect_payment
from momentum.learning.actions.certificates import certify, reinstate_kept, revoke_undone
from momentum.learning.actions.completions import finish_those_who_are_done
from momentum.learning.actions.confirmations import confirm
from momentum.learning.actions.course_updates import announce_update
from momentum.notifications.actions.schedule import begin, follow_clock
from momentum.payments.actions import stop_renewals
from momentum.recommendation.actions.new_courses import announce
from momentum.recommendation.actions.recommendations import ask_for_all, ask_for_one
from momentum.search.actions import follow_course
from momentum.studio.actions.course_updates import release_changes

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "user.changed": (follow_clock,),
    "user.deletion_begun": (stop_renewals,),
    "course.changed": (follow_course,),
    "course.published": (finish_those_who_are_done, follow_course, ask_for_all, announce, release_changes),
    "course.updated": (announce_update,),
    "course.withdrawn": (follow_course,),
    "course.archived": (follow_course,),
    "course.reordered": (follow_course,),
    "lesson.added": (follow_course,),
    "lesson.changed": (follow_course,),
    "lesson.published": (follow_course,),
    "lesson.withdrawn": (follow_course,),
    "lesson.deleted": (follow_course,),
    "enrolment.started": (confirm, begin, ask_for_one),
    "enrolment.resumed": (begin, ask_for_one),
    "lesson.completed": (count_completions,),
    "course.completed": (count_completions, certify, congratulate_soon),
    "order.pending": (expect_payment,),
    "order.paid": (expect_no_payment,),
    "order.failed": (expect_no_payment,),
    "order.expired": (expect_no_payment,),
    "order.disagreed": (expect_no_payment,),
    "purchase.kept": (reinstate_kept,),
    "purchase.undone": (revoke_undone,),
}
