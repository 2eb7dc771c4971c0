"""Apps declare, concerns collect: each app says in modules of agreed names what it owns."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


def declared(name: str) -> dict[str, ModuleType]:
    """Return the modules of this name, such as "letters", of all installed apps that have one, by the app's label.

    They are imported here; the order is that of INSTALLED_APPS.
    """
    return {
        app.label: import_module(f"{app.name}.{name}")
        for app in apps.get_app_configs()
        if _has(app.name, name)
    }


def _has(package: str, name: str) -> bool:
    outer, _dot, inner = name.rpartition(".")
    if outer:
        package = f"{package}.{outer}"
        # A module such as `panel` has nothing in it.
        if (found := find_spec(package)) is None or found.submodule_search_locations is None:
            return False
        name = inner
    return find_spec(f"{package}.{name}") is not None
