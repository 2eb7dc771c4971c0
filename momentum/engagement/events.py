"""What learners earn, and what they share of it. `events.queries.declared` says how this is read."""

EVENTS = ("badge.earned", "calendar.turned_on", "calendar.renewed", "calendar.turned_off")
