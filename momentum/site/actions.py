"""Changing settings, by administrators and by the command line."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.site.domain.expectations import unmet
from momentum.site.domain.sections import Section, Source
from momentum.site.models import StoredSection
from momentum.site.queries.current import changed, resolve
from momentum.site.queries.declared import section_named

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def change_settings(
    *,
    actor: "User | None",
    section: str,
    values: Mapping[str, Any],
    unset: Collection[str] = (),
    seen: Mapping[str, Any] | None = None,
) -> Section:
    """Change fields of a section, and return the values then in force. Nothing is recorded where nothing changes.

    Changes of different fields at the same time don't overwrite each other.

    Args:
        actor: an administrator; None for the command line, whose user has access to the whole database anyway.
        section: its name.
        values: by field. Text is converted, as a form needs it.
        unset: fields that go back to their defaults.
        seen: the values that these fields had when the actor decided, to detect changes made since.

    Raises:
        ForbiddenError: for anybody but an administrator.
        NotFoundError: where there is no such section.
        InvalidError: for an unknown field, or a value that its field doesn't accept; `data["fields"]` says why.
        ConflictError: for a field that is set in the environment (`set_by_environment`), or has changed to another
            value since it was seen (`stale_settings`).
    """
    if actor is not None:
        require_admin(actor)
    kind = section_named(section)
    row = _lock(kind)
    before = resolve(kind, {section: row.values})
    fields = {*values, *unset}
    _refuse_unknown(kind, fields)
    _refuse_locked(before, fields)
    new = _checked(kind, before, values, unset)
    _refuse_stale(before, seen or {}, new)
    different = sorted(
        {field for field, value in new.items() if row.values.get(field, row) != value}
        | (row.values.keys() & set(unset))
    )
    if not different:
        return before
    row.change(new, unset=unset)
    changed()
    # Without values: entries of the audit log can't be deleted, and a sender's address may be personal.
    record(
        "settings.changed",
        actor_id=actor.id if actor else None,
        subject_id=row.id,
        section=section,
        fields=different,
    )
    return resolve(kind, {section: row.values})


def _lock(kind: type[Section]) -> StoredSection:
    StoredSection.objects.bulk_create([StoredSection(name=kind.name)], ignore_conflicts=True)
    return StoredSection.objects.select_for_update().get(name=kind.name)


def _refuse_unknown(kind: type[Section], fields: Collection[str]) -> None:
    if unknown := sorted(set(fields) - kind.model_fields.keys()):
        sentence = _("There is no such setting.")
        raise InvalidError(
            _("Nothing was changed."),
            code="unknown_setting",
            data={"fields": {field: [sentence] for field in unknown}},
        )


def _refuse_locked(section: Section, fields: Collection[str]) -> None:
    locked = {field: variable for field, variable in section.locked.items() if field in fields}
    if locked:
        said = {
            field: [_("%(variable)s is set in the environment. Change it there.") % {"variable": variable}]
            for field, variable in sorted(locked.items())
        }
        raise ConflictError(
            _("These settings are set in the environment."), code="set_by_environment", data={"fields": said}
        )


def _checked(
    kind: type[Section], before: Section, values: Mapping[str, Any], unset: Collection[str]
) -> dict[str, Any]:
    """Return the values in the form in which they are stored."""
    others = {
        field: value
        for field, value in before.model_dump().items()
        if before.sources[field] != Source.DEFAULT and field not in unset
    }
    try:
        after = kind.model_validate({**others, **values})
    except ValidationError as error:
        wrong = unmet(kind.model_fields, error, _)
        said = {
            field: [_("It must be %(expected)s.") % {"expected": expected}]
            for field, expected in wrong.items()
        }
        raise InvalidError(_("Nothing was changed."), data={"fields": said}) from None
    return after.model_dump(mode="json", include=set(values))


def _refuse_stale(before: Section, seen: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    now = before.model_dump(mode="json")
    stale = [
        field for field, value in seen.items() if field in now and now[field] not in (value, new.get(field))
    ]
    if stale:
        sentence = _("Somebody else changed this in the meantime.")
        raise ConflictError(code="stale_settings", data={"fields": {field: [sentence] for field in stale}})
