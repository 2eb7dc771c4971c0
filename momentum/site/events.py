"""What happens to settings. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = ("settings.changed",)

PUBLIC = EVENTS

AUDITED: dict[str, str | Promise] = {"settings.changed": _("Changed settings")}
