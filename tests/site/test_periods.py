"""How long things are remembered: what is said on the page about privacy is what is done."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from momentum.accounts.models import User
from momentum.accounts.site_settings import UserSettings
from momentum.mail.actions import outbox
from momentum.mail.models import Email
from momentum.mail.site_settings import MailSettings
from momentum.payments.site_settings import PaymentSettings
from momentum.privacy.actions.retention import rules
from momentum.search.actions import forget_old
from momentum.search.models import Search
from momentum.search.site_settings import SearchSettings


def test_a_period_that_was_changed_is_the_one_that_is_said(
    db: None, client: Client, site_settings: Any
) -> None:
    site_settings(SearchSettings, user_kept_days=11, kept_days=41)
    site_settings(MailSettings, kept_days=12)
    site_settings(PaymentSettings, events_kept_days=13)
    site_settings(UserSettings, unconfirmed_kept_days=14)

    said = {rule.days for rule in rules()}

    assert {11, 41, 12, 13, 14} <= said
    assert '<td class="table__end">41</td>' in client.get("/privacy/").text


def test_searches_and_mails_are_forgotten_after_the_period_that_was_set(
    learner: User, site_settings: Any
) -> None:
    site_settings(SearchSettings, user_kept_days=11, kept_days=41)
    site_settings(MailSettings, kept_days=12)
    now = timezone.now()
    for days in (10, 12, 40, 42):
        search = Search.objects.create(id=uuid4(), text=str(days), found=1, user=learner)
        Search.objects.filter(pk=search.pk).update(at=now - timedelta(days=days))
    for days in (11, 13):
        mail = Email.objects.create(
            cause=str(days), kind="x", address="a@example.org", language="en", subject=""
        )
        Email.objects.filter(pk=mail.pk).update(created_at=now - timedelta(days=days))

    forget_old()
    outbox.forget()

    assert {(one.text, one.user) for one in Search.objects.all()} == {
        ("10", learner),
        ("12", None),
        ("40", None),
    }
    assert [mail.cause for mail in Email.objects.all()] == ["11"]
