"""What people choose about being told."""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.notifications.actions.preferences import Hours
from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.models import Channel, Choice, Preferences

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Says of each field of a kind that the page had it.
OFFERED = "offered"
HOURS = ("reminder_at", "quiet_from", "quiet_until", "daily_cap")


def _time(label: "StrPromise") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class PreferencesForm(forms.Form):
    """When, how often, and which kinds by which channels.

    Nothing is chosen for a channel that is silent, or by which somebody can't be reached.
    """

    reminder_at = _time(gettext_lazy("Daily reminder at"))
    quiet_from = _time(gettext_lazy("Quiet from"))
    quiet_until = _time(gettext_lazy("Quiet until"))
    daily_cap = forms.IntegerField(
        label=gettext_lazy("At most this many a day"),
        min_value=1,
        max_value=20,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        preferences: Preferences,
        kinds: Iterable[NotificationKind],
        channels: Container[str],
    ) -> None:
        initial = {name: getattr(preferences, name) for name in HOURS}
        super().__init__(data, initial=initial)
        self._offered = data.getlist(OFFERED) if data is not None else []
        self._cells: dict[str, tuple[NotificationKind, Channel]] = {}
        for kind in kinds:
            for channel, default in kind.channels.items():
                if channel in channels and not preferences.is_silent(channel):
                    chosen = preferences.chosen(kind.name, channel, default)
                    self._offer(kind, channel, chosen)

    def cell(self, kind: NotificationKind, channel: Channel) -> BoundField | None:
        """Return the field in which a kind is chosen for a channel, if it can be."""
        name = _name(kind, channel)
        return self[name] if name in self.fields else None

    def hours(self) -> Hours:
        """Return what was chosen of hours, as the action takes it."""
        given = self.cleaned_data
        return Hours(
            reminder_at=given["reminder_at"],
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            daily_cap=given["daily_cap"],
        )

    def choices(self) -> dict[str, dict[Channel, Choice]]:
        """Return what was chosen otherwise than before; the rest goes on following what its kind says.

        What the page didn't have yet stays: a box that isn't ticked is sent like one that isn't there.
        """
        changed: dict[str, dict[Channel, Choice]] = {}
        for name in {*self.changed_data}.intersection(self._offered):
            if self.cleaned_data[name] != "":
                kind, channel = self._cells[name]
                changed.setdefault(kind.name, {})[channel] = _choice(self.cleaned_data[name])
        return changed

    def _offer(self, kind: NotificationKind, channel: Channel, chosen: Choice) -> None:
        name = _name(kind, channel)
        label = _("%(notification)s: %(channel)s") % {"notification": kind.title, "channel": channel.label}
        named = {"aria-label": label}
        if channel == Channel.EMAIL:
            options = [(str(choice), choice.label) for choice in kind.choices(channel)]
            widget = forms.Select(attrs=named)
            self.fields[name] = forms.ChoiceField(choices=options, required=False, label=label, widget=widget)
            self.initial[name] = str(chosen)
        else:
            self.fields[name] = forms.BooleanField(
                required=False, label=label, widget=forms.CheckboxInput(attrs=named)
            )
            self.initial[name] = chosen == Choice.ON
        self._cells[name] = (kind, channel)


class ReminderForm(forms.Form):
    """The hour that somebody chooses when they are asked for it."""

    reminder_at = forms.TimeField()


def _name(kind: NotificationKind, channel: Channel) -> str:
    return f"{kind.name}:{channel}"


def _choice(given: str | bool) -> Choice:  # noqa: FBT001 - what a checkbox says
    if isinstance(given, bool):
        return Choice.ON if given else Choice.OFF
    return Choice(given)
