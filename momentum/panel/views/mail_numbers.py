"""What became of mails, kind by kind, in the panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.mail.domain.kinds import kinds
from momentum.mail.queries.numbers import DAYS, numbers_by_kind


@require_safe
@never_cache
@admin_only
def numbers(request: HttpRequest) -> HttpResponse:
    """How many mails of each kind were sent in the last month, and what became of them."""
    found = numbers_by_kind(days=DAYS)
    titles = {name: kind.title for name, kind in kinds().items()}
    rows = [(name, titles.get(name, name), row) for name, row in found.items()]
    rows.sort(key=lambda row: (-row[2].sent, str(row[1])))
    return render(request, "panel/mail/numbers.html", {"rows": rows, "titles": titles, "days": DAYS})
