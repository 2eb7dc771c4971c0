"""What the panel's menu shows: each app says in its `panel` which sections it has."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise

from momentum.core.declarations import declared


def always() -> bool:
    """Show a section in every installation."""
    return True


def in_sandbox() -> bool:
    """Show a section where payments are simulated."""
    return settings.PAYMENTS == "sandbox"


@dataclass(frozen=True)
class Section:
    """An entry of the menu.

    Args:
        label: what it is called.
        icon: the name of a symbol in icons.svg.
        address: the name of the route of its first page.
        order: where it stands among the others, the lowest first.
        within: names of further routes that belong to it, or what those begin with where it ends in a colon.
        shown: whether this installation has it.
        waiting: how many things in it wait for somebody; None where nothing ever does. Each page of the panel asks.
    """

    label: str | Promise
    icon: str
    address: str
    order: int
    within: tuple[str, ...] = ()
    shown: Callable[[], bool] = always
    waiting: Callable[[], int] | None = None

    def has(self, route: str) -> bool:
        """Say whether a route belongs to this section."""
        return any(route == name or (name.endswith(":") and route.startswith(name)) for name in self.within)


def panel_sections() -> list[Section]:
    """Return what the menu shows here, in order."""
    return [section for section in _all() if section.shown()]


@cache
def _all() -> list[Section]:
    found = [section for module in declared("panel").values() for section in getattr(module, "SECTIONS", ())]
    return sorted(found, key=lambda section: section.order)
