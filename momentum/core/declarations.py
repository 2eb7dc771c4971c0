"""Apps declare, concerns collect: each app says in modules of agreed names what it owns."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


def declared(name: str) -> dict[str, ModuleType]:
    """Return the modules of this name, such as "letters", of all our installed apps that have one, by the app's label.

    They are imported here; the order is that of INSTALLED_APPS.
    """
    return {
        app.label: import_module(f"{app.name}.{name}")
        for app in apps.get_app_configs()
        if app.name.startswith("momentum.") and find_spec(f"{app.name}.{name}") is not None
    }
