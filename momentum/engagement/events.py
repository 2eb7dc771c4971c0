"""What learners earn. `events.queries.declared` says how this is read."""

EVENTS = ("badge.earned",)
