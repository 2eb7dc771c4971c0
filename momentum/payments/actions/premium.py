"""Who has premium because they pay for it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import Role, User
from momentum.core import durable
from momentum.core.errors import NotFoundError, UnavailableError
from momentum.events.actions.record import record
from momentum.payments.models import Customer, Membership, Subscription
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider


@transaction.atomic
def review_premium(*, user: User) -> bool:
    """Give premium to who pays for it, take it from who did and doesn't any more; say whether they pay.

    Premium that an administrator gave is theirs to take; administrators stay what they are.
    """
    now = get_provider().now()
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    subscriptions = list(Subscription.objects.running().filter(user=locked))
    pays = any(one.gives_premium(now) for one in subscriptions)
    member = Membership.objects.filter(user=locked).exists()
    if pays and not member and locked.role == Role.FREE:
        Membership.objects.create(user=locked)
        _become(locked, Role.PREMIUM, "premium.began")
    elif member and not pays:
        Membership.objects.filter(user=locked).delete()
        if locked.role == Role.PREMIUM:
            _become(locked, Role.FREE, "premium.ended")
    for one in subscriptions:
        _look_again(one)
    return pays


def _become(user: User, role: Role, event: str) -> None:
    user.role = role
    user.save(update_fields=["role"])
    record(event, actor_id=user.id, subject_id=user.id)


def _look_again(subscription: Subscription) -> None:
    """Come back when the grace is over, which no event says."""
    if subscription.grace_until is None or subscription.user_id is None:
        return
    ahead = get_provider().now() - timezone.now()
    moment = subscription.grace_until - ahead
    if moment > timezone.now():
        durable.enqueue(
            "payments.end_grace",
            subscription.ref,
            workflow_id=f"payments.end_grace/{subscription.ref}/{subscription.grace_until:%Y%m%d%H%M}",
            not_before=moment + timedelta(seconds=5),
            queue=PAYMENTS,
        )


def give_customer(user: User, provider: str, ref: str) -> None:
    """Remember what the provider calls this learner."""
    Customer.objects.get_or_create(user=user, provider=provider, defaults={"ref": ref})


def running_subscription(user: User) -> Subscription:
    """Return the learner's own subscription.

    Raises:
        NotFoundError: where there is none.
    """
    found = Subscription.objects.running().filter(user=user).order_by("-created_at").first()
    if found is None:
        raise NotFoundError(_("You don’t have a subscription."))
    return found


def open_portal(*, user: User) -> str:
    """Return the address at the provider's where the learner minds cards and bills.

    Raises:
        NotFoundError: for who never paid.
        UnavailableError: where the provider can't be reached.
    """
    provider = get_provider()
    # Whose it is comes from the session alone, never from what was sent.
    customer = Customer.objects.filter(user=user, provider=provider.name).first()
    if customer is None:
        raise NotFoundError(_("You don’t have anything to manage yet."))
    try:
        return provider.portal(customer.ref, back=settings.BASE_URL + reverse("payments:orders"))
    except PaymentError as error:
        raise unreachable(error) from error


def unreachable(error: PaymentError) -> UnavailableError:
    """Return what a learner is told when the provider doesn't answer."""
    return UnavailableError(
        _("Our payment provider isn’t answering at the moment. Try again in a few minutes."),
        code="provider_unavailable",
        data={"reason": error.code},
    )
