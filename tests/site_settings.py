"""Settings that an administrator may change, as a test wants them."""

from typing import Any

from momentum.site.domain.sections import Section
from momentum.site.queries import current


class SiteSettings:
    """Call it with a section and values, which are in force from then on as if they were stored.

    The database isn't asked in a test before something changes settings, so that no test counts it by chance.
    """

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._rows: dict[str, dict[str, Any]] = {}
        self._settings.SETTINGS_FROM_ENVIRONMENT = {}
        self._keep()

    def __call__(self, section: type[Section], **values: Any) -> None:
        section.model_validate(values)
        self._rows = {**self._rows, section.name: {**self._rows.get(section.name, {}), **values}}
        self._keep()

    def by_environment(self, section: type[Section], **values: Any) -> None:
        """Have the environment say this."""
        said = self._settings.SETTINGS_FROM_ENVIRONMENT
        self._settings.SETTINGS_FROM_ENVIRONMENT = {**said, section.name: values}
        self._keep()

    def ask_again(self) -> None:
        """Do as a process does that has asked long ago."""
        current._known.forget()

    def _keep(self) -> None:
        current._known.start(current._Known(self._rows))
