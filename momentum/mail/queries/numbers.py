"""What became of mails, by kind."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from momentum.mail.models import Email, State

DAYS = 30


@dataclass(frozen=True)
class Numbers:
    """How many mails of a kind were sent, and what was told of them.

    `told`: those that a provider took which says what became of them; a plain SMTP server never does.
    """

    sent: int = 0
    told: int = 0
    delivered: int = 0
    opened: int = 0
    clicked: int = 0
    bounced: int = 0
    complained: int = 0


def numbers_by_kind(*, days: int, kind: str = "") -> dict[str, Numbers]:
    """Return the numbers of each kind of which anything was sent in the last days, by one query."""
    mails = Email.objects.filter(state=State.SENT, created_at__gte=timezone.now() - timedelta(days=days))
    if kind:
        mails = mails.filter(kind=kind)
    told = ("delivered", "opened", "clicked", "bounced", "complained")
    counts = {f"{name}_count": Count("pk", filter=Q(**{f"{name}_at__isnull": False})) for name in told}
    counts |= {"sent_count": Count("pk"), "told_count": Count("pk", filter=~Q(provider_id=""))}
    columns = [f"{name}_count" for name in ("sent", "told", *told)]
    rows = mails.order_by().values("kind").annotate(**counts).values_list("kind", *columns)
    return {row[0]: Numbers(*row[1:]) for row in rows}
