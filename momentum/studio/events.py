"""What happens while courses are generated. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "generation.started",
    "generation.finished",
    "generation.failed",
    "generation.cancelled",
    "generation.rated",
    "lesson.regenerated",
    "proposal.rejected",
)

# Pages that are the same for everybody are made anew after these.
PUBLIC = ("lesson.regenerated",)

AUDITED: dict[str, str | Promise] = {
    "generation.started": _("Generated a course"),
    "generation.cancelled": _("Cancelled a course generation"),
    "generation.rated": _("Rated a generated course"),
    "lesson.regenerated": _("Regenerated lesson"),
    "proposal.rejected": _("Rejected a regenerated lesson"),
}
