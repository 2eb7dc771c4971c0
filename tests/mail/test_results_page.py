"""What became of mail, in the panel: the log, the timeline of a mail, the numbers of kinds, suppressed addresses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from momentum.core.errors import ForbiddenError
from momentum.events.models import AuditEntry
from momentum.mail.actions import outbox, suppressions
from momentum.mail.models import Email, EmailEvent, Suppression
from tests.mail.test_outbox import PLAIN
from tests.mailing import deliver, mailbox
from tests.pages import words

LOG, NUMBERS, SUPPRESSED = "/panel/mail/", "/panel/mail/numbers/", "/panel/mail/suppressions/"


def mails(user: Any, **times: int) -> list[Email]:
    """Mails of which the first so many are delivered, opened …"""
    made = [outbox.enqueue(PLAIN, user=user) for _number in range(4)]
    deliver()
    now = timezone.now()
    for number, email in enumerate(made):
        email.refresh_from_db()
        email.provider_id = f"ses-{number}"
        for name, count in times.items():
            setattr(email, f"{name}_at", now if number < count else None)
        email.save()
    return made


def test_the_log_is_narrowed_by_what_became_of_mails(as_admin: Any, learner: Any) -> None:
    made = mails(learner, delivered=4, opened=2, complained=1)

    assert "4 emails" in as_admin.get(LOG, {"result": "delivered"}).text
    assert "2 emails" in as_admin.get(LOG, {"result": "opened"}).text
    found = as_admin.get(LOG, {"result": "complained"}).text
    assert "1 email" in found
    assert f"{LOG}{made[0].pk}/" in found
    assert "Marked as spam" in found
    with CaptureQueriesContext(connection) as queries:
        as_admin.get(LOG)
    mails(learner)
    with CaptureQueriesContext(connection) as more:
        as_admin.get(LOG)
    assert len(more) == len(queries)


def test_a_mail_shows_its_timeline_in_the_order_in_which_things_happened(as_admin: Any, learner: Any) -> None:
    email, at = mails(learner)[0], timezone.now()
    for kind, minutes, detail in (
        ("bounced", 3, "Transient/MailboxFull"),
        ("delayed", 1, ""),
        ("opened", 2, ""),
    ):
        EmailEvent.objects.create(
            email=email, provider_id="ses-0", type=kind, at=at + timedelta(minutes=minutes), detail=detail
        )

    page = words(as_admin.get(f"{LOG}{email.pk}/"))

    page = page.partition("Timeline")[2]
    places = [page.index(word) for word in ("Written", "Sent", "Delayed", "Opened", "Bounced", "MailboxFull")]
    assert places == sorted(places)


def test_kinds_have_their_numbers_by_one_query(as_admin: Any, learner: Any) -> None:
    mails(learner, delivered=3, opened=2, clicked=1, bounced=1)
    outbox.enqueue(PLAIN, user=learner)  # waits
    Email.objects.filter(provider_id="ses-3").update(provider_id="")  # by a server that says nothing

    with CaptureQueriesContext(connection) as queries:
        page = words(as_admin.get(NUMBERS))

    assert sum("mail_email" in query["sql"] for query in queries) == 1
    assert "4 3 100% 2 67% 1 33% 1 33% 0" in page.partition("test.plain")[2]
    page = words(as_admin.get("/panel/mail/kinds/accounts.welcome/"))
    assert "Sent 0 Delivered – Opened – Clicked –" in page
    Email.objects.update(kind="accounts.welcome")
    page = words(as_admin.get("/panel/mail/kinds/accounts.welcome/"))
    assert "Sent 4 Delivered 100% 33% bounced, 0% marked as spam Opened 67% Clicked 33%" in page


def test_a_suppressed_address_gets_nothing_until_an_administrator_says_so(
    as_admin: Any, admin: Any, learner: Any
) -> None:
    Suppression.objects.add(
        learner.email.upper(), user_id=learner.id, reason=Suppression.Reason.COMPLAINT, at=timezone.now()
    )
    email = outbox.enqueue(PLAIN, user=learner)
    deliver()
    assert not mailbox
    assert "Suppressed" in as_admin.get(LOG, {"state": "suppressed"}).text

    assert learner.email in as_admin.get(SUPPRESSED, {"q": "LEA@"}).text
    assert learner.email not in as_admin.get(SUPPRESSED, {"q": "otto"}).text
    row = Suppression.objects.get()
    as_admin.post(SUPPRESSED, {"action": "revoke", "selected": str(row.id), "confirmed": "yes"})

    row.refresh_from_db()
    assert row.revoked_by == admin
    entry = AuditEntry.objects.get(name="mail.suppression_revoked")
    assert (entry.actor_id, entry.subject_id) == (admin.id, learner.id)
    assert learner.email not in str(entry.data)
    assert learner.email in as_admin.get(SUPPRESSED, {"state": "revoked"}).text
    outbox.resend(actor=admin, email_id=email.pk)
    assert [one.to for one in mailbox] == [[learner.email]]


def test_nobody_else_revokes(learner: Any, other_learner: Any) -> None:
    Suppression.objects.add(learner.email, user_id=None, reason=Suppression.Reason.BOUNCE, at=timezone.now())

    with pytest.raises(ForbiddenError):
        suppressions.revoke(actor=other_learner, suppression_id=Suppression.objects.get().id)

    assert Suppression.objects.is_suppressed(learner.email)
