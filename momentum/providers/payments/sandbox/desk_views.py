"""The provider's own desk, for administrators: the clock, what bank and post do, and every event that was sent."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from momentum.core.errors import ForbiddenError, InvalidError, NotFoundError, SignInRequiredError
from momentum.core.parsing import read_whole
from momentum.providers.payments import SANDBOX, PaymentError
from momentum.providers.payments.currencies import ours
from momentum.providers.payments.parsing import ORDER
from momentum.providers.payments.sandbox import billing, checkouts, disputes, models
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from momentum.providers.payments.sandbox.objects import INTENT, find, send_again

MOST_DAYS = 800
MOST_COPIES = 9
SHOWN, SHOWN_OF_A_KIND = 60, 20


def _for_administrators(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    # A provider knows nothing of Momentum's accounts but what Django says of whoever asks.
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            raise SignInRequiredError
        if not getattr(request.user, "is_admin", False):
            raise ForbiddenError
        if settings.PAYMENTS != SANDBOX:
            raise NotFoundError
        return view(request)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@_for_administrators
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that the world outside does to a payment, as buttons."""
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise InvalidError(_("Unknown action."))
        try:
            messages.success(request, act(request))
        except PaymentError as error:
            messages.error(request, str(error))
        return redirect("sandbox:desk")
    context = {
        "desk": models.desk(),
        "ours": ours,
        "now": models.now(),
        "deliveries": Delivery.objects.all()[:SHOWN],
        "payments": _payments(),
        "subscriptions": StripeObject.objects.of(billing.SUBSCRIPTION)[:SHOWN_OF_A_KIND],
        "waiting": [(one, one.notes["name"]) for one in _waiting()],
    }
    return render(request, "sandbox/desk.html", context)


def _payments() -> list[tuple[StripeObject, str, StripeObject | None]]:
    """Return the latest payments, each with what it was for and its dispute."""
    found = list(StripeObject.objects.of(INTENT).filter(data__status="succeeded")[:SHOWN_OF_A_KIND])
    opened = {one.about: one for one in StripeObject.objects.of(disputes.DISPUTE)}
    orders = {one.data["metadata"].get(ORDER) for one in found}
    sessions = StripeObject.objects.of(checkouts.SESSION).filter(data__client_reference_id__in=orders)
    names = {one.data["client_reference_id"]: one.notes["name"] for one in sessions}
    return [(one, names.get(one.data["metadata"].get(ORDER), ""), opened.get(one.id)) for one in found]


def _waiting() -> QuerySet[StripeObject]:
    """Return the sessions whose money is on its way."""
    done = StripeObject.objects.of(checkouts.SESSION).filter(
        data__status="complete", data__payment_status="unpaid"
    )
    on_its_way = StripeObject.objects.filter(kind=INTENT, data__status="processing").values_list(
        "id", flat=True
    )
    return done.filter(data__payment_intent__in=list(on_its_way[:SHOWN_OF_A_KIND]))


def _arrive(request: HttpRequest) -> str:
    checkouts.resolve(request.POST.get("session", ""))
    return _("The payment succeeded or failed, as its account prescribes.")


def _to_next(request: HttpRequest) -> str:
    found = find(request.POST.get("subscription", ""), billing.SUBSCRIPTION)
    if found.due_at is None:
        raise InvalidError(_("Nothing more will happen to this subscription."))
    billing.advance(max(found.due_at, models.now()))
    return _("The clock was advanced to its next day.")


def _advance(request: HttpRequest) -> str:
    days = read_whole(request.POST.get("days", ""), most=MOST_DAYS)
    if not days:
        raise InvalidError(_("Choose 1 to %(most)d days.") % {"most": MOST_DAYS})
    billing.advance(models.now() + timedelta(days=days))
    return _("The clock was advanced.")


def _behave(request: HttpRequest) -> str:
    row = models.desk()
    row.copies = read_whole(request.POST.get("copies", ""), most=MOST_COPIES) or 0
    row.shuffled = "shuffled" in request.POST
    row.save(update_fields=["copies", "shuffled"])
    return _("Delivery settings saved.")


def _again(request: HttpRequest) -> str:
    delivery = Delivery.objects.filter(pk=request.POST.get("event", "")).first()
    if delivery is None:
        raise InvalidError(_("Event not found."))
    send_again(delivery)
    return _("The event is being sent again.")


def _dispute(request: HttpRequest) -> str:
    disputes.dispute(request.POST.get("payment", ""))
    return _("The dispute was opened.")


def _decide(request: HttpRequest) -> str:
    disputes.decide(request.POST.get("dispute", ""), won=request.POST.get("won") == "yes")
    return _("The dispute was closed.")


ACTS: dict[str, Callable[[HttpRequest], str]] = {
    "advance": _advance,
    "next": _to_next,
    "arrive": _arrive,
    "behave": _behave,
    "again": _again,
    "dispute": _dispute,
    "decide": _decide,
}
