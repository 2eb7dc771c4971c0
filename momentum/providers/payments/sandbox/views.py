"""The sandbox's pages: paying, the bank's question, the portal. Their addresses are what lets somebody in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from momentum.core.errors import NotFoundError
from momentum.providers.payments import PaymentError, parsing
from momentum.providers.payments.sandbox import billing, checkouts
from momentum.providers.payments.sandbox.cards import BY_NUMBER, REFUSALS, WAYS, Way, way_of
from momentum.providers.payments.sandbox.models import StripeObject
from momentum.providers.payments.sandbox.objects import find
from momentum.providers.payments.sandbox.provider import PORTAL_SALT, PORTAL_SECONDS

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def checkout(request: HttpRequest, session_id: str) -> HttpResponse:
    """The page on which to pay."""
    session = _thing(session_id, checkouts.SESSION)
    if request.method != "POST" or session.data["status"] != "open":
        return _leave(session) or _ask(request, session)
    if "promotion" in request.POST:
        taken = checkouts.promote(session_id, request.POST["promotion"])
        return redirect("sandbox:checkout", session_id) if taken else _ask(request, session, no_code=True)
    way = way_of(request.POST.get("number", ""))
    if way is None or (way.later and session.data["mode"] == "subscription"):
        return _ask(request, session, refusal="incorrect_number")
    return _pay(request, session, way)


@require_http_methods(BOTH)
def authentication(request: HttpRequest, session_id: str) -> HttpResponse:
    """The bank asks whether it is really the card's owner (3-D Secure)."""
    session = _thing(session_id, checkouts.SESSION)
    way = BY_NUMBER.get(session.notes.get("way", ""))
    if session.data["status"] != "open" or way is None:
        return redirect("sandbox:checkout", session_id)
    if request.method != "POST":
        return render(request, "sandbox/authentication.html", _facts(session))
    return _pay(request, session, way, authenticated=request.POST.get("answer") == "yes")


@require_http_methods(BOTH)
def portal(request: HttpRequest, token: str) -> HttpResponse:
    """Where a learner minds the card and the bills of a subscription."""
    try:
        known = signing.loads(token, salt=PORTAL_SALT, max_age=PORTAL_SECONDS)
    except signing.BadSignature:
        raise NotFoundError(_("This link has expired. Open it again from Momentum.")) from None
    customer = _thing(known["customer"], "customer")
    if request.method == "POST":
        _change(request, customer)
        return redirect("sandbox:portal", token)
    subscriptions = StripeObject.objects.of(billing.SUBSCRIPTION, customer.id)
    rows = [
        (parsing.subscription_of(one.data), [parsing.invoice_of(bill.data) for bill in _bills(one)])
        for one in subscriptions
    ]
    context = {"rows": rows, "ways": _lasting(), "card": customer.notes["way"], "back": known["back"]}
    return render(request, "sandbox/portal.html", context)


def _change(request: HttpRequest, customer: StripeObject) -> None:
    """Do what a button of the portal says, to this customer's things alone."""
    number = request.POST.get("number", "")
    if number in {way.number for way in _lasting()}:
        customer.note(way=number)
        for one in StripeObject.objects.of(billing.SUBSCRIPTION, customer.id):
            billing.collect(one.id)
        messages.success(request, _("Card updated."))
    own = StripeObject.objects.of(billing.SUBSCRIPTION, customer.id).filter(
        pk=request.POST.get("subscription", "")
    )
    if (found := own.first()) and request.POST.get("state") in {"cancelled", "going on"}:
        billing.cancel(found.id, cancelled=request.POST["state"] == "cancelled")


def _lasting() -> list[Way]:
    return [way for way in WAYS if not way.later and not way.asks]


def _bills(subscription: StripeObject) -> list[StripeObject]:
    return list(StripeObject.objects.of(billing.INVOICE, subscription.id)[:24])


def _pay(
    request: HttpRequest, session: StripeObject, way: Way, *, authenticated: bool | None = None
) -> HttpResponse:
    paid, why = checkouts.pay(session.id, way, authenticated=authenticated)
    if why == "asks":
        return redirect("sandbox:authentication", session.id)
    return _leave(paid) or _ask(request, paid, refusal=why)


def _leave(session: StripeObject) -> HttpResponse | None:
    """Send the learner back to the shop, where there is nothing left to do here."""
    if session.data["status"] == "open":
        return None
    if session.data["status"] == "expired":
        return HttpResponseRedirect(session.data["cancel_url"])
    return HttpResponseRedirect(session.data["success_url"].replace("{CHECKOUT_SESSION_ID}", session.id))


def _ask(
    request: HttpRequest, session: StripeObject, *, refusal: str = "", no_code: bool = False
) -> HttpResponse:
    ways = [way for way in WAYS if not (way.later and session.data["mode"] == "subscription")]
    context = _facts(session) | {
        "ways": ways,
        "refusal": REFUSALS.get(refusal, REFUSALS["card_declined"]) if refusal else "",
        "promotions": checkouts.PROMOTIONS if session.data.get("allow_promotion_codes") else {},
        "promotion_refusal": _("Unknown promotion code.") if no_code else "",
    }
    return render(request, "sandbox/checkout.html", context, status=422 if refusal or no_code else 200)


def _facts(session: StripeObject) -> dict[str, Any]:
    return {
        "session": parsing.checkout_of(session.data),
        "name": session.notes["name"],
        "interval": session.notes["interval"],
        "back": session.data["cancel_url"],
    }


def _thing(identifier: str, kind: str) -> StripeObject:
    try:
        return checkouts.current(identifier) if kind == checkouts.SESSION else find(identifier, kind)
    except PaymentError:
        raise NotFoundError from None
