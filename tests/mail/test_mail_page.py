"""E-mail in the panel: the log, what each mail says, and every kind of mail."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from momentum.events.models import AuditEntry
from momentum.mail.actions import outbox
from momentum.mail.domain.kinds import EmailContent, EmailKind, kinds
from momentum.mail.models import Email
from tests.factories import make_user
from tests.mailing import deliver, mailbox

LIST = "/panel/mail/"
KINDS = "/panel/mail/kinds/"
EVIL = "<script>alert(1)</script>"
PLAIN = EmailKind("test.plain", "Plain", "Never", lambda said: EmailContent(f"Subject {said}", [said]), dict)


@pytest.fixture
def kept_on_disk(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DIRECTORY = tmp_path / "mail"
    options = {"file_path": str(settings.MAIL_DIRECTORY)}
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": options}}


def enqueue(user: Any, said: str = "What it says.") -> Email:
    return outbox.enqueue(PLAIN, user=user, about={"said": said})


def page_of(message: Email) -> str:
    return f"{LIST}{message.pk}/"


def test_without_mail_the_page_says_how_some_comes(as_admin: Any) -> None:
    assert "No emails yet" in as_admin.get(LIST).text


def test_a_newcomers_link_can_be_followed_where_mail_is_kept_on_disk(
    as_admin: Any, kept_on_disk: None
) -> None:
    newcomer = Client()
    newcomer.post("/account/signup/", {"email": "nora@example.com", "password1": "Correct-horse-7"})
    deliver()

    assert "Confirm your email address" in as_admin.get(LIST).text
    page = as_admin.get(page_of(Email.objects.get())).text
    (link,) = set(re.findall(r'href="http://localhost:8000(/account/confirm-email/[^"]+)"', page))

    assert newcomer.post(link).headers["Location"] == "/account/landing/"


@pytest.mark.parametrize("sent", [True, False])
def test_where_mail_is_sent_no_administrator_sees_a_link_that_lets_in(
    as_admin: Any, settings: Any, sent: Any
) -> None:
    Client().post("/account/signup/", {"email": "nora@example.com", "password1": "Correct-horse-7"})
    message = Email.objects.get()
    link = message.text.split("http://localhost:8000")[1].split()[0]
    if sent:
        deliver()
    settings.DEVELOPMENT = False

    shown = [as_admin.get(page_of(message)).text, as_admin.get(f"{page_of(message)}page/").text]

    assert link not in "".join(shown)
    assert "isn’t shown" in shown[0]


def test_what_a_mail_says_is_shown_and_never_run(as_admin: Any, learner: Any) -> None:
    message = enqueue(learner, f"{EVIL} and http://x.example/?a=1&b=2")

    page = as_admin.get(page_of(message)).text
    formatted = as_admin.get(f"{page_of(message)}page/")

    assert EVIL not in page + as_admin.get(LIST).text + formatted.text
    assert re.search(r'<iframe[^>]* sandbox(=""|\s)[^>]*src="' + re.escape(page_of(message)) + 'page/"', page)
    assert 'href="http://x.example/?a=1&amp;b=2"' in page
    policy = formatted.headers["Content-Security-Policy"].split("; ")
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert not [directive for directive in policy if directive.startswith("script-src")]
    assert formatted.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert formatted.headers["X-Content-Type-Options"] == "nosniff"


def test_reading_a_mail_is_audited_with_whose_it_was(as_admin: Any, admin: Any, learner: Any) -> None:
    message = enqueue(learner)

    as_admin.get(page_of(message))

    entry = AuditEntry.objects.get(name="letter.read")
    assert (entry.actor_id, entry.subject_id, entry.data["mail"]) == (admin.pk, learner.pk, str(message.pk))


def test_the_log_is_narrowed_by_kind_state_and_address(
    as_admin: Any, learner: Any, other_learner: Any
) -> None:
    for user in (learner, other_learner):
        enqueue(user, f"for {user.email}")
    outbox.enqueue(kinds()["accounts.welcome"], user=learner, about={"user": learner})
    Email.objects.filter(user=other_learner).update(state="failed")

    def subjects(query: str) -> list[str]:
        return re.findall(r'/panel/mail/[0-9a-f-]{36}/">([^<]+)<', as_admin.get(f"{LIST}{query}").text)

    lea, otto = "Subject for lea@example.com", "Subject for otto@example.com"
    assert subjects("") == ["Welcome to Momentum", otto, lea]
    assert subjects("?q=LEA@") == ["Welcome to Momentum", lea]
    assert subjects("?state=failed") == [otto]
    assert subjects("?kind=accounts.welcome") == ["Welcome to Momentum"]
    assert subjects("?kind=nonsense&state=nonsense") == ["Welcome to Momentum", otto, lea]
    assert "No results" in as_admin.get(f"{LIST}?q=nobody").text


def test_the_log_costs_as_much_for_twenty_as_for_one(as_admin: Any, learner: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_admin.get(LIST)
        return len(counted)

    enqueue(learner)
    as_admin.get(LIST)
    one = queries()
    for _ in range(20):
        enqueue(learner)

    assert queries() == one


def test_a_failed_mail_is_sent_again_from_its_page(as_admin: Any, learner: Any) -> None:
    message = enqueue(learner)
    button = f'action="{page_of(message)}resend/"'
    assert button not in as_admin.get(page_of(message)).text
    assert as_admin.post(f"{page_of(message)}resend/").status_code == 409
    Email.objects.update(state="failed", error="SMTPDataError 554")

    page = as_admin.get(page_of(message)).text
    assert button in page
    assert "SMTPDataError 554" in page
    assert as_admin.post(f"{page_of(message)}resend/").headers["Location"] == page_of(message)

    assert [one.to for one in mailbox] == [[learner.email]]


def test_every_kind_of_mail_is_shown_with_something_made_up(as_admin: Any) -> None:
    page = as_admin.get(KINDS).text
    for kind in kinds().values():
        assert f'href="{KINDS}{kind.name}/"' in page
        assert as_admin.get(f"{KINDS}{kind.name}/").text.count(f'src="{KINDS}{kind.name}/page/?mode=') == 2
        formatted = as_admin.get(f"{KINDS}{kind.name}/page/")
        assert "sandbox" in formatted.headers["Content-Security-Policy"]
        assert formatted.text.startswith("<!doctype html>")

    assert as_admin.get(f"{KINDS}no.such/").status_code == 404
    assert not Email.objects.exists()


def test_a_test_goes_to_whoever_asks(as_admin: Any, admin: Any) -> None:
    answer = as_admin.post(f"{KINDS}payments.receipt/test/")

    assert answer.headers["Location"] == f"{KINDS}payments.receipt/"
    (sent,) = mailbox
    assert (sent.to, sent.subject) == ([admin.email], "Your receipt for Tides")
    assert AuditEntry.objects.filter(name="mail.tested", actor_id=admin.pk).count() == 1


@pytest.mark.parametrize("rest", ["", "page/"])
def test_only_administrators_read_mail(client: Any, as_learner: Any, rest: Any) -> None:
    message = enqueue(make_user(), "What others may not read.")
    address = f"{page_of(message)}{rest}"

    assert client.get(address).headers["Location"] == f"/account/login/?next={address}"
    refused = as_learner.get(address)
    assert refused.status_code == 403
    assert "may not read" not in refused.text
    assert not AuditEntry.objects.filter(name="letter.read").exists()


def test_what_is_not_there_is_not_found(as_admin: Any) -> None:
    unknown = "00000000-0000-7000-8000-000000000000/"
    for rest in ("", "page/"):
        assert as_admin.get(f"{LIST}{unknown}{rest}").status_code == 404
    assert as_admin.post(f"{LIST}{unknown}resend/").status_code == 404
    for name in ("..", "../../credentials.json", "%2e%2e%2fcredentials"):
        assert as_admin.get(f"{LIST}{name}/").status_code == 404
