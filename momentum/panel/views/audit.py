"""The audit log: who did what to what, and when."""

from collections.abc import Iterator
from itertools import batched

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only, audited
from momentum.events.models import AuditEntry
from momentum.panel.queries.audit import TrailForm, lines
from momentum.ui.csv import download
from momentum.ui.listing import page_of

PER_PAGE = 50
_BATCH = 500
_COLUMNS = ("at", "who", "what", "about", "details", "name", "actor_id", "subject_id", "request_id")


@require_safe
@never_cache
@admin_only
@audited("audit.listed")
def entries(request: HttpRequest) -> HttpResponse:
    """The latest entries, narrowed by whom or what they are about, by kind and by date."""
    form = TrailForm(request.GET)
    found = page_of(request, form.find(), PER_PAGE)
    context = {"form": form, "lines": lines(found["page"].object_list), **found}
    return render(request, "panel/audit.html", context)


@require_safe
@admin_only
@audited("audit.exported")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The entries that are asked for, all of them, as a CSV file."""
    return download(f"audit-{timezone.now():%Y-%m-%d}.csv", _COLUMNS, _rows(TrailForm(request.GET)))


def _rows(form: TrailForm) -> Iterator[tuple[object, ...]]:
    found: Iterator[AuditEntry] = form.find().iterator(chunk_size=_BATCH)
    for some in batched(found, _BATCH):
        for line in lines(some):
            entry = line.entry
            at = entry.at.isoformat(timespec="seconds")
            ids = (entry.name, entry.actor_id, entry.subject_id, entry.request_id)
            yield (at, line.who, line.what, line.about, line.details, *ids)
