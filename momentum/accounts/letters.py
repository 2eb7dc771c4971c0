"""Mails that nobody is waiting for: sent by workers."""

from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.adapter import AccountAdapter
from momentum.accounts.models import Browser


def new_browser(browser_id: str) -> None:
    """Tell somebody that their account was entered from a new browser. Again tells nothing.

    A worker that dies after sending and before noting it sends again, under the same Message-ID, which
    mail programs show once.

    Raises:
        UnavailableError: where the mail server can't be reached; nothing is noted then.
    """
    browser = Browser.objects.select_related("user").filter(pk=browser_id, told_at=None).first()
    email = browser and EmailAddress.objects.get_primary_email(browser.user)
    if browser is None or not email:
        return
    adapter = AccountAdapter()
    with timezone.override(ZoneInfo(browser.user.time_zone)):
        mail = adapter.render_mail(
            "account/email/new_browser",
            email,
            {"browser": browser, "sessions_url": settings.BASE_URL + reverse("account_sessions")},
            headers={"Message-ID": f"<new-browser.{browser.id}@momentum>"},
        )
    adapter.send(mail)
    browser.mark_told()
