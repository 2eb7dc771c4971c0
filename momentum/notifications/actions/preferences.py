"""Choosing when, how often and by which channels to be told."""

from collections.abc import Mapping
from copy import copy, deepcopy
from datetime import time
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.core.errors import InvalidError
from momentum.events.actions.record import record
from momentum.notifications.actions.schedule import follow_hours
from momentum.notifications.domain.kinds import NotificationKind, kinds
from momentum.notifications.models import Channel, Choice, Preferences
from momentum.notifications.models.preferences import EVERYTHING

if TYPE_CHECKING:
    from momentum.accounts.models import User


class Hours(TypedDict, total=False):
    """What of somebody's hours is to change; what is left out stays."""

    reminder_at: time
    quiet_from: time
    quiet_until: time
    daily_cap: int


@transaction.atomic
def choose(
    *, user: "User", hours: Hours | None = None, choices: Mapping[str, Mapping[Channel, Choice]] | None = None
) -> Preferences:
    """Note what somebody chose, for themselves; it holds for what is sent from now on.

    Args:
        user: who chooses.
        hours: when and how often.
        choices: by kind and channel; kinds that aren't there stay.

    Raises:
        InvalidError: for hours that can't be, a reminder in the quiet hours, or a kind that can't be switched off.
    """
    preferences = _locked(user.pk)
    before = copy(preferences)
    for name, value in (hours or {}).items():
        setattr(preferences, name, value)
    _check(preferences, choices or {})
    preferences.choose(choices or {})
    preferences.save()
    user.notification_preferences = preferences
    if hours:
        follow_hours(user, before=before)
    record("notifications.chosen", actor_id=user.pk, subject_id=user.pk)
    return preferences


@transaction.atomic
def unsubscribe(*, user_id: UUID, kind: str) -> None:
    """End the emails of one kind, or of all that can be ended (`EVERYTHING`), for whoever holds the address in one.

    Doing so again changes nothing.

    Raises:
        InvalidError: for a kind that can't be switched off.
    """
    _switch(user_id, kind, Choice.OFF)


@transaction.atomic
def resubscribe(*, user_id: UUID, kind: str) -> None:
    """Take that back; where all were ended, all others stay so.

    Raises:
        InvalidError: for a kind that can't be switched off.
    """
    _switch(user_id, kind, Choice.ON)


def _switch(user_id: UUID, kind: str, choice: Choice) -> None:
    if kind != EVERYTHING:
        _optional(kind)
    preferences = _locked(user_id)
    before = deepcopy(preferences.choices)
    if choice == Choice.ON and kind != EVERYTHING and preferences.is_silent(Channel.EMAIL):
        others = [name for name, one in kinds().items() if not one.essential]
        preferences.choose({name: {Channel.EMAIL: Choice.OFF} for name in others})
        preferences.choose({EVERYTHING: {Channel.EMAIL: Choice.ON}})
    preferences.choose({kind: {Channel.EMAIL: choice}})
    if preferences.choices == before:
        return
    preferences.save()
    record("notifications.chosen", actor_id=user_id, subject_id=user_id, kind=kind, choice=str(choice))


def _locked(user_id: UUID) -> Preferences:
    Preferences.objects.bulk_create([Preferences(user_id=user_id)], ignore_conflicts=True)
    return Preferences.objects.select_for_update().get(user_id=user_id)


def _check(preferences: Preferences, choices: Mapping[str, Mapping[Channel, Choice]]) -> None:
    try:
        preferences.clean_fields(exclude=["user"])
    except ValidationError as error:
        raise InvalidError(data={"fields": error.message_dict}) from error
    if preferences.is_quiet(preferences.reminder_at):
        sentence = _("This is in your quiet hours. Choose a time outside them, or change them.")
        raise InvalidError(data={"fields": {"reminder_at": [sentence]}})
    for name, by_channel in choices.items():
        if name == EVERYTHING:
            continue
        kind = _optional(name)
        if not set(by_channel) <= set(kind.channels):
            raise InvalidError(data={"fields": {"choices": [_("This notification has no such channel.")]}})
        if any(choice not in kind.choices(channel) for channel, choice in by_channel.items()):
            raise InvalidError(
                data={"fields": {"choices": [_("This notification can’t wait for a digest.")]}}
            )


def _optional(name: str) -> NotificationKind:
    kind = kinds().get(name)
    if kind is None or kind.essential:
        raise InvalidError(data={"fields": {"choices": [_("This notification can’t be switched off.")]}})
    return kind
