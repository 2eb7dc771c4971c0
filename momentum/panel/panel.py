"""The panel's own sections: its home, and what shows the data of several apps."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (
    Section(_("Home"), "home", "panel:home", 10),
    Section(_("Accounts"), "people", "panel:users", 60, within=("panel:user", "panel:user-new")),
    Section(_("Audit log"), "clock", "panel:audit", 100),
    Section(
        _("Email"),
        "mail",
        "panel:mail",
        110,
        within=(
            *("panel:letter", "panel:mail-kinds", "panel:mail-kind", "panel:mail-kind-version"),
            *("panel:mail-numbers", "panel:mail-suppressions"),
        ),
    ),
)
