"""Settings that are set, and thereby locked, by environment variables."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from momentum.core import environment
from momentum.site.domain.expectations import unmet
from momentum.site.domain.sections import Section

type Values = dict[str, dict[str, Any]]


def from_environment(apps: Iterable[str]) -> Values:
    """Return the values set by environment variables, by section and field. Called once, by Django's settings.

    Args:
        apps: INSTALLED_APPS. They aren't loaded yet, so declarations are found by their file name.

    Raises:
        BadSettingError: for a value that its field doesn't accept.
    """
    found: Values = {}
    for app in apps:
        if _declares(app):
            for section in import_module(f"{app}.site_settings").SECTIONS:
                found[section.name] = _read(section)
    return found


def _declares(app: str) -> bool:
    spec = find_spec(app)
    places = (spec and spec.submodule_search_locations) or ()
    return any((Path(place) / "site_settings.py").exists() for place in places)


def _read(section: type[Section]) -> dict[str, Any]:
    values = {}
    for field, setting in section.settings().items():
        if setting.variable and (text := environment.text(setting.variable)):
            try:
                values[field] = getattr(section.model_validate_strings({field: text}), field)
            except ValidationError as error:
                said = unmet(section.model_fields, error)
                raise environment.BadSettingError(
                    setting.variable, text, said.get(field) or next(iter(said.values()))
                ) from None
    return values
