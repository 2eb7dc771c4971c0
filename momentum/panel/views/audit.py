"""The audit log: who did what to what, and when."""

from collections.abc import Iterator
from itertools import batched

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only, audited
from momentum.events.models import AuditEntry
from momentum.panel.queries.audit import AuditRow, TrailForm, lines
from momentum.ui.csv import download
from momentum.ui.formats import moment
from momentum.ui.list_page import Cell, Column, ListPage, Nothing

_BATCH = 500
_COLUMNS = ("at", "who", "what", "about", "details", "name", "actor_id", "subject_id", "request_id")


def _target(row: AuditRow) -> Cell:
    return Cell(row.about or "–", row.href)


ENTRIES = ListPage(
    title=_("Audit log"),
    route="panel:audit",
    form=TrailForm,
    sort="-date",
    per_page=50,
    export="panel:audit-export",
    intro=_(
        "Every change made by an administrator, and every time someone’s data was viewed. "
        "Entries can’t be changed or removed by anyone."
    ),
    prepare=lines,
    columns=(
        Column(label=_("Action"), cell=lambda row: Cell(row.what, note=row.details)),
        Column(label=_("Target"), cell=_target),
        Column(label=_("User"), cell=lambda row: row.who),
        Column(
            label=_("Date"),
            cell=lambda row: Cell(moment(row.entry.at), at=row.entry.at),
            sort="date",
            by=("at",),
            newest_first=True,
        ),
    ),
    count=ngettext_lazy("%(num)d entry", "%(num)d entries", "num"),
    nothing=Nothing(_("No entries yet"), _("What administrators do appears here.")),
    no_match=Nothing(_("No results"), _("No entries match your filters.")),
)


@require_safe
@never_cache
@admin_only
@audited("audit.listed")
def entries(request: HttpRequest) -> HttpResponse:
    """The latest entries, narrowed by whom or what they are about, by kind and by date."""
    return ENTRIES.respond(request)


@require_safe
@admin_only
@audited("audit.exported")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The entries that are asked for, all of them, as a CSV file."""
    return download(f"audit-{timezone.now():%Y-%m-%d}.csv", _COLUMNS, _rows(ENTRIES.find(request)))


def _rows(found: "QuerySet[AuditEntry]") -> Iterator[tuple[object, ...]]:
    for some in batched(found.iterator(chunk_size=_BATCH), _BATCH):
        for line in lines(some):
            entry = line.entry
            at = entry.at.isoformat(timespec="seconds")
            ids = (entry.name, entry.actor_id, entry.subject_id, entry.request_id)
            yield (at, line.who, line.what, line.about, line.details, *ids)
