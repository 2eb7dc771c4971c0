"""What is forgotten by itself, and after how long. docs/privacy.md and the page about privacy say the same."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.accounts.site_settings import UserSettings
from momentum.analytics.actions import KEPT as VISITS_KEPT
from momentum.learning.actions.idempotency import REMEMBERED
from momentum.mail.site_settings import MailSettings
from momentum.payments.models import WebhookEvent
from momentum.payments.site_settings import PaymentSettings
from momentum.privacy.actions.deletion import remove_files, remove_rows
from momentum.privacy.models import DAYS_TO_THINK, FETCHED_WITHIN
from momentum.search.site_settings import SearchSettings
from momentum.site.queries.current import current
from momentum.support.site_settings import SupportSettings

_BATCH = 200


@dataclass(frozen=True)
class Rule:
    """How long something is kept."""

    what: str | Promise
    days: int


def rules() -> list[Rule]:
    """Return what is forgotten by itself, as it runs."""
    searches, payments = current(SearchSettings), current(PaymentSettings)
    kept = {
        _("Browser sessions, after the last visit"): timedelta(seconds=settings.SESSION_COOKIE_AGE),
        _("Your searches, with your name"): timedelta(days=searches.user_kept_days),
        _("Searches and opened results, without a name"): timedelta(days=searches.kept_days),
        _("Your visits, if you agreed to be counted"): VISITS_KEPT,
        _("Events from our payment provider, in full"): timedelta(days=payments.events_kept_days),
        _("Log of emails sent to you"): timedelta(days=current(MailSettings).kept_days),
        _("Your conversations with support, after the last message"): timedelta(
            days=current(SupportSettings).kept_days
        ),
        _("IDs that keep an offline change from being saved twice"): REMEMBERED,
        _("Your data exports"): FETCHED_WITHIN,
        _("Accounts whose email address was never confirmed"): timedelta(
            days=current(UserSettings).unconfirmed_kept_days
        ),
        _("Accounts, after a deletion request"): DAYS_TO_THINK,
    }
    return [Rule(what, period.days) for what, period in kept.items()]


def forget_limits() -> int:
    """Remove counters of attempts that are over: they name addresses. The cache itself waits until it is full."""
    with connection.cursor() as cursor:
        cursor.execute("delete from core_cache where expires < now()")
        return int(cursor.rowcount)


def forget_payloads() -> int:
    """Empty what the payment provider told of events that were settled long ago: it may hold an address."""
    kept = timedelta(days=current(PaymentSettings).events_kept_days)
    old = WebhookEvent.objects.filter(created_at__lt=timezone.now() - kept).exclude(payload={})
    return old.filter(outcome__in=[WebhookEvent.Outcome.DONE, WebhookEvent.Outcome.IGNORED]).update(
        payload={}
    )


def forget_abandoned() -> int:
    """Delete accounts that somebody opened and never confirmed; return how many."""
    kept = timedelta(days=current(UserSettings).unconfirmed_kept_days)
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    # Who was invited has no password yet, and is an administrator's to remove.
    found = User.objects.filter(
        ~Exists(confirmed), last_login=None, date_joined__lt=timezone.now() - kept
    ).exclude(password__startswith="!")  # noqa: S106 - none
    ids = list(found.values_list("pk", flat=True)[:_BATCH])
    for user_id in ids:
        remove_files(user_id=user_id)
        remove_rows(user_id=user_id)
    return len(ids)
