"""What calls of writers cost: setting money aside before, booking it after, and refusing beyond the limits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import LimitError
from momentum.notifications.actions.notify import notify
from momentum.providers.writer import Usage
from momentum.site.queries.current import current
from momentum.studio.models import Job, ModelCall, Proposal
from momentum.studio.notifications import BUDGET
from momentum.studio.queries.budget import MICROS, month
from momentum.studio.site_settings import GenerationSettings
from momentum.ui.formats import usd


@dataclass(frozen=True)
class Place:
    """What a call is made for: a step of a job, a day of it, or a proposal."""

    job: Job
    step: str
    day: int | None = None
    proposal: Proposal | None = None

    @property
    def key(self) -> str:
        target = (
            f"proposal/{self.proposal.id}"
            if self.proposal
            else f"{self.job.id}/{self.job.attempt}/{self.step}"
        )
        return target if self.day is None or self.proposal else f"{target}/{self.day}"


@transaction.atomic
def reserve(place: Place, *, attempt: int, model: str, micros: int | None) -> ModelCall:
    """Set money aside for a call about to be made; None is a call whose price nobody knows.

    Earlier calls for the same place that never came to an end are given up: their worker died.

    Raises:
        LimitError: when that would pass the monthly limit, or (`approval_used_up`) what the job may cost before
            somebody approves of more. Nothing is set aside then.
    """
    _lock_ledger()
    for left in ModelCall.objects.filter(
        job=place.job,
        proposal=place.proposal,
        step=place.step,
        day=place.day,
        status=ModelCall.Status.RESERVED,
    ):
        left.give_up()
    _require_room(micros)
    if place.proposal is None:
        _require_approval(place.job, micros)
    return ModelCall.objects.create(
        job=place.job,
        proposal=place.proposal,
        step=place.step,
        day=place.day,
        key=f"{place.key}/{attempt}",
        model=model,
        reserved_micros=micros or 0,
    )


@transaction.atomic
def reserve_more(call: ModelCall, micros: int | None) -> None:
    """Set aside for a further request of the same call; None is one whose price nobody knows.

    Raises:
        LimitError: as `reserve`.
    """
    _lock_ledger()
    _require_room(micros)
    if call.proposal_id is None:
        _require_approval(call.job, micros)
    call.reserved_micros += micros or 0
    call.save(update_fields=["reserved_micros", "updated_at"])


def _lock_ledger() -> None:
    with connection.cursor() as cursor:
        # Two that reserve at once must not both see room that is there for one only.
        cursor.execute("select pg_advisory_xact_lock(hashtext('studio.ledger'))")


def _require_room(micros: int | None) -> None:
    budget = month()
    if micros != 0 and budget.spent_micros + (micros or 0) >= budget.limit_micros:
        raise LimitError(
            _(
                "This month’s budget of $%(limit)d for generating courses is used up. You can resume next"
                " month or raise the limit (MOMENTUM_MONTHLY_BUDGET_USD)."
            )
            % {"limit": budget.limit_micros // MICROS},
            code="budget_used_up",
        )


def cap_of(job: Job) -> int | None:
    """Return what a job may cost until somebody approves of more, in millionths of a US dollar; None for no limit.

    The shell's jobs have none.
    """
    if not job.counted:
        return None
    return max(current(GenerationSettings).approval_above_usd * MICROS, job.approved_micros or 0)


def _require_approval(job: Job, micros: int | None) -> None:
    # As it is now: more may have been approved since this worker read it.
    cap = cap_of(Job.objects.get(pk=job.pk))
    if (
        cap is None
        or not micros
        or ModelCall.objects.filter(job=job, proposal=None).usd_micros() + micros <= cap
    ):
        return
    raise LimitError(
        _(
            "%(amount)s were approved for this course, and it would cost more now. Approve a new amount to go on."
        )
        % {"amount": usd(cap)},
        code="approval_used_up",
    )


@transaction.atomic
def settle(call: ModelCall, usage: Sequence[Usage], *, failed: bool = False) -> None:
    """Book what a call used: one row a model's request series, the first in the row that was reserved."""
    now = timezone.now()
    status = ModelCall.Status.FAILED if failed else ModelCall.Status.SETTLED
    for place, used in enumerate(usage):
        row = call if place == 0 else _another(call, place)
        row.model = used.model
        row.requests, row.request_ids = used.requests, used.request_ids
        row.input_tokens, row.output_tokens = used.input_tokens, used.output_tokens
        row.cache_read_tokens, row.cache_write_tokens = used.cache_read_tokens, used.cache_write_tokens
        row.usd_micros, row.prompt_version = used.usd_micros, used.prompt_version
        row.price_version = f"genai-prices {version('genai-prices')}" if used.usd_micros is not None else ""
        row.status, row.settled_at = status, now
        row.save()
    if not usage:
        call.usd_micros, call.status, call.settled_at = 0, status, now
        call.save()
    warn_of_budget()


def warn_of_budget() -> None:
    """Tell all administrators that a threshold of the month's budget was passed: once for each."""
    budget = month()
    if not budget.warning:
        return
    passed = f"{timezone.now():%Y-%m}/{budget.warning}/{budget.limit_micros}"
    about = {
        "percent": budget.warning,
        "spent_micros": budget.spent_micros,
        "limit_micros": budget.limit_micros,
    }
    for admin in User.objects.admins():
        notify(BUDGET, user=admin, about=about, cause=passed)


def _another(call: ModelCall, place: int) -> ModelCall:
    return ModelCall(
        job=call.job,
        proposal=call.proposal,
        step=call.step,
        day=call.day,
        key=f"{call.key}+{place}",
    )


@contextmanager
def only_one(key: str) -> Iterator[None]:
    """Hold a lock of this name for the block, in all workers; the database frees it when a worker dies.

    A second worker that was handed the same step waits here, then finds the result of the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [key])
