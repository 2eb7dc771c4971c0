"""What becomes of somebody’s data, at their wish. `events.queries.declared` says how this is read."""

EVENTS = (
    "user.export_asked",
    "user.deletion_asked",
    "user.deletion_withdrawn",
    "user.deletion_begun",
    "user.deleted",
)

# What they wrote goes with them, from the pages that everybody sees too.
PUBLIC = ("user.deleted",)
