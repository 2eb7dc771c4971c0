"""What happens to courses. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "course.created",
    "course.changed",
    "course.published",
    "course.updated",
    "course.withdrawn",
    "course.archived",
    "course.reordered",
    "course.deleted",
    "lesson.added",
    "lesson.changed",
    "lesson.published",
    "lesson.withdrawn",
    "lesson.deleted",
    "video.added",
    "video.removed",
    "source.opened",
    "source.closed",
)

# Pages that are the same for everybody are made anew after these.
PUBLIC = (
    "course.created",
    "course.changed",
    "course.published",
    "course.withdrawn",
    "course.archived",
    "course.reordered",
    "course.deleted",
    "lesson.added",
    "lesson.changed",
    "lesson.published",
    "lesson.withdrawn",
    "lesson.deleted",
    "video.added",
    "video.removed",
    "source.opened",
    "source.closed",
)

AUDITED: dict[str, str | Promise] = {
    "course.created": _("Created a course"),
    "course.changed": _("Updated a course"),
    "course.published": _("Published a course"),
    "course.updated": _("Told learners what changed in a course"),
    "course.withdrawn": _("Reverted a course to draft"),
    "course.archived": _("Archived a course"),
    "course.reordered": _("Reordered lessons"),
    "course.deleted": _("Deleted a course"),
    "lesson.added": _("Added a lesson"),
    "lesson.changed": _("Updated a lesson"),
    "lesson.published": _("Published a lesson"),
    "lesson.withdrawn": _("Reverted a lesson to draft"),
    "lesson.deleted": _("Deleted a lesson"),
    "video.added": _("Added a video"),
    "video.removed": _("Removed a video"),
    "source.opened": _("Let learners see the pages of a source"),
    "source.closed": _("Stopped showing learners the pages of a source"),
}
