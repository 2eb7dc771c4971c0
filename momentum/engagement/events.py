"""What learners earn. `momentum.events` says how this is read."""

EVENTS = ("badge.earned",)
