"""Which sections there are: each app says so in its `site_settings.py`, as `SECTIONS`."""

from functools import cache

from django.utils.translation import gettext as _

from momentum.core.declarations import declared
from momentum.core.errors import NotFoundError
from momentum.site.domain.sections import Section


@cache
def sections() -> dict[str, type[Section]]:
    """Return every section by its name, in the order of the apps.

    Raises:
        ValueError: where two apps declare a section, or set a field by a variable, of the same name.
    """
    found: dict[str, type[Section]] = {}
    variables: set[str] = set()
    for module in declared("site_settings").values():
        for section in module.SECTIONS:
            if found.setdefault(section.name, section) is not section:
                raise ValueError(f"Two apps declare the settings {section.name!r}.")
            own = {said.variable for said in section.settings().values() if said.variable}
            if twice := variables & own:
                raise ValueError(f"Two settings are set by {sorted(twice)}.")
            variables |= own
    return found


def section_named(name: str) -> type[Section]:
    """Return one section.

    Raises:
        NotFoundError: where there is none of that name.
    """
    try:
        return sections()[name]
    except KeyError:
        raise NotFoundError(
            _("There is no section %(name)s. These are the sections: %(all)s.")
            % {"name": name, "all": ", ".join(sections())}
        ) from None
