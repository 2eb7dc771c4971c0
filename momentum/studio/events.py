"""What happens while courses are generated. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "generation.started",
    "generation.finished",
    "generation.failed",
    "generation.changed",
    "generation.cancelled",
    "generation.rated",
    "outline.changed",
    "lesson.regenerated",
    "proposal.rejected",
    "reference.replaced",
    "reference.compared",
    "changes.accepted",
    "changes.declined",
)

# Pages that are the same for everybody are made anew after these.
PUBLIC = ("lesson.regenerated",)

AUDITED: dict[str, str | Promise] = {
    "generation.started": _("Generated a course"),
    "generation.changed": _("Changed what a course is generated from"),
    "generation.cancelled": _("Cancelled a course generation"),
    "generation.rated": _("Rated a generated course"),
    "outline.changed": _("Changed the outline of a course"),
    "lesson.regenerated": _("Regenerated lesson"),
    "proposal.rejected": _("Rejected a regenerated lesson"),
    "reference.replaced": _("Put in a new version of a document"),
    "changes.accepted": _("Accepted changes from a new version of a document"),
    "changes.declined": _("Declined changes from a new version of a document"),
}
