"""What people choose about being told. `events.queries.declared` says how this is read."""

EVENTS = ("notifications.chosen",)
