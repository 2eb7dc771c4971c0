"""What becomes of somebody’s data, at their wish. `momentum.events` says how this is read."""

EVENTS = (
    "user.export_asked",
    "user.deletion_asked",
    "user.deletion_withdrawn",
    "user.deletion_begun",
    "user.deleted",
)
