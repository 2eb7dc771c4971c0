"""The settings in force, cached in each process.

The cache is refreshed when it is older than `FRESH_SECONDS` (`momentum.core.recent`), by one short statement for all
sections, however many requests there are.
"""

import logging
from dataclasses import dataclass, field
from typing import Any, cast

from django.conf import settings

from momentum.core.recent import Recent
from momentum.site.domain.sections import Section
from momentum.site.models import StoredSection

logger = logging.getLogger(__name__)

type Stored = dict[str, dict[str, Any]]


def current[S: Section](section: type[S]) -> S:
    """Return the values in force of a section.

    A stored value that is no longer valid is ignored, and each process logs an error about it once.
    """
    known = _known()
    found = known.sections.get(section)
    if found is None:
        found = known.sections[section] = resolve(section, known.rows)
        for name, expected in found.unusable.items():
            logger.error(
                "The stored value of the setting %s.%s is ignored: it must be %s",
                section.name,
                name,
                expected,
            )
    return cast("S", found)


def resolve[S: Section](section: type[S], rows: Stored) -> S:
    """Return the values in force of a section, given what the database holds."""
    environment = settings.SETTINGS_FROM_ENVIRONMENT.get(section.name, {})
    return section.resolved(stored=rows.get(section.name, {}), environment=environment)


def stored() -> Stored:
    """Return the stored values of all sections, as the current transaction sees them."""
    return dict(StoredSection.objects.values_list("name", "values"))


def changed() -> None:
    """Note that the current transaction has changed stored values."""
    _known.changed()


@dataclass(frozen=True)
class _Known:
    """The rows of the database, and the sections made from them so far; of the same rows they stay."""

    rows: Stored
    sections: dict[type[Section], Section] = field(default_factory=dict, compare=False)


_known = Recent(lambda: _Known(stored()))
