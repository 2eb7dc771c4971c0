"""The provider's own desk, for administrators: the clock, what bank and post do, and every event that was sent."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from momentum.core.errors import ForbiddenError, InvalidError, NotFoundError, SignInRequiredError
from momentum.providers.payments import SANDBOX, PaymentError
from momentum.providers.payments.sandbox import billing, disputes, models
from momentum.providers.payments.sandbox.making import INTENT, send_again
from momentum.providers.payments.sandbox.models import Delivery, Thing

MOST_DAYS = 800
SHOWN = 60


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
            raise InvalidError(_("The desk has no such button."))
        try:
            messages.success(request, act(request))
        except PaymentError as error:
            messages.error(request, str(error))
        return redirect("sandbox:desk")
    context = {
        "desk": models.desk(),
        "now": models.now(),
        "deliveries": Delivery.objects.all()[:SHOWN],
        "payments": [
            (one, Thing.objects.of(disputes.DISPUTE, one.id).first())
            for one in Thing.objects.of(INTENT).filter(data__status="succeeded")[:20]
        ],
    }
    return render(request, "sandbox/desk.html", context)


def _advance(request: HttpRequest) -> str:
    days = request.POST.get("days", "")
    if not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
        raise InvalidError(_("The clock goes forward by 1 to %(most)d days.") % {"most": MOST_DAYS})
    billing.advance(models.now() + timedelta(days=int(days)))
    return _("The clock was put forward.")


def _behave(request: HttpRequest) -> str:
    copies = request.POST.get("copies", "0")
    row = models.desk()
    row.copies = min(int(copies), 9) if copies.isdecimal() else 0
    row.shuffled = "shuffled" in request.POST
    row.save(update_fields=["copies", "shuffled"])
    return _("From now on events are sent like that.")


def _again(request: HttpRequest) -> str:
    delivery = Delivery.objects.filter(pk=request.POST.get("event", "")).first()
    if delivery is None:
        raise InvalidError(_("There is no such event."))
    send_again(delivery)
    return _("The event is on its way once more.")


def _dispute(request: HttpRequest) -> str:
    disputes.dispute(request.POST.get("payment", ""))
    return _("The bank has taken the money back.")


def _decide(request: HttpRequest) -> str:
    disputes.decide(request.POST.get("dispute", ""), won=request.POST.get("won") == "yes")
    return _("The dispute is decided.")


ACTS: dict[str, Callable[[HttpRequest], str]] = {
    "advance": _advance,
    "behave": _behave,
    "again": _again,
    "dispute": _dispute,
    "decide": _decide,
}
