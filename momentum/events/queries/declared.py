"""Which events there are: each app says so in its `events.py`.

- `EVENTS`: the names of what it records: noun.verb, in the past tense.
- `PUBLIC`: those of them after which pages that are the same for everybody are made anew.
- `AUDITED`: what goes into the audit log, and how the panel says it: each administrative change, each change of how
  somebody signs in, and, without an event, each look at personal data (`momentum.events.actions.audit.note`).
"""

from functools import cache

from django.utils.functional import Promise

from momentum.core.declarations import declared


@cache
def events() -> frozenset[str]:
    """Return the names of all events.

    Raises:
        ValueError: where two apps declare the same.
    """
    names = [name for module in declared("events").values() for name in getattr(module, "EVENTS", ())]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two apps declare the events {sorted(twice)}.")
    return frozenset(names)


@cache
def public() -> tuple[str, ...]:
    """Return the events after which pages that are the same for everybody are made anew."""
    return tuple(name for module in declared("events").values() for name in getattr(module, "PUBLIC", ()))


@cache
def audited() -> dict[str, str | Promise]:
    """Return what goes into the audit log, with the words for it.

    Raises:
        ValueError: where two apps have words for the same.
    """
    found: dict[str, str | Promise] = {}
    for app, module in declared("events").items():
        said: dict[str, str | Promise] = getattr(module, "AUDITED", {})
        if twice := found.keys() & said.keys():
            raise ValueError(f"{app} has words for what another app audits: {sorted(twice)}.")
        found |= said
    return found
