"""Editing what mails say, in the panel: versions, two at once, and what is used when it is sent."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from momentum.accounts.models import Role
from momentum.accounts.notifications import WELCOME
from momentum.core.errors import ConflictError, ForbiddenError
from momentum.events.models import AuditEntry
from momentum.mail.actions import outbox, texts
from momentum.mail.domain.edited_text import EditedText, with_edits
from momentum.mail.domain.kinds import kinds
from momentum.mail.models import Email, EmailText
from momentum.mail.queries.edits import edited_text, edits, stored
from momentum.notifications.actions.notify import notify
from momentum.notifications.models import Notification
from momentum.panel.queries import mail_texts
from tests.factories import make_user
from tests.mailing import mailbox
from tests.panel.reminder import KINDS, PAGE, REMINDER

EVIL = "<script>alert(1)</script>"
pytestmark = pytest.mark.usefixtures("reminder")


@pytest.fixture
def other_admin(db: None) -> Any:
    return make_user(email="berta@example.com", name="Berta", role=Role.ADMIN)


def save(client: Any, subject: str, introduction: str = "", version: int = 0, query: str = "") -> Any:
    said = {"subject": subject, "introduction": introduction, "version": str(version)}
    return client.post(PAGE + query, said)


def send(user: Any, **about: Any) -> Any:
    outbox.enqueue(REMINDER, user=user, about={"user": user, **about})
    return mailbox[-1]


def test_what_is_saved_is_what_is_sent_from_then_on(as_admin: Any, admin: Any, learner: Any) -> None:
    assert send(learner).subject == "Today: Tides"

    answer = save(
        as_admin,
        "{{ name }}, today: {{ lesson }}",
        "Ready, {{ name }}?\r\n\r\nNine minutes\r\nof <b>sea</b>.",
    )

    assert answer.headers["Location"] == PAGE
    sent = send(learner, lesson=f"Ebb {EVIL}\nBcc: x@example.com")
    assert sent.subject == f"Lea Learner, today: Ebb {EVIL} Bcc: x@example.com"
    assert "Ready, Lea Learner?\n\nNine minutes of <b>sea</b>.\n\nOurs." in sent.body
    html = sent.alternatives[0].content
    assert "Nine minutes of &lt;b&gt;sea&lt;/b&gt;." in html
    assert EVIL not in html
    entry = AuditEntry.objects.get(name="mail.text_saved")
    assert entry.actor_id == admin.pk
    assert entry.data == {"kind": "test.reminder", "language": "en", "version": 1}


def test_an_edited_mail_counts_in_its_language_alone(as_admin: Any, learner: Any, settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    german = make_user(email="jana@example.com", name="Jana", language="de")
    assert "?language=de" in as_admin.get(PAGE).text

    assert (
        save(as_admin, "Heute: {{ lesson }}", query="?language=de").headers["Location"]
        == f"{PAGE}?language=de"
    )

    assert send(learner).subject == "Today: Tides"
    assert send(german).subject == "Heute: Tides"
    assert as_admin.get(f"{PAGE}?language=fr").status_code == 404


@pytest.mark.parametrize(
    ("subject", "introduction", "said"),
    [
        ("{{ nmae }}", "", "Line 1: There is no variable “nmae”. Did you mean “name”?"),
        ("", "Hello\n{{ name.__class__ }}", "Line 2: Only variables such as {{ name }}"),
        ("x" * 201, "", "It can be 200 characters long."),
        ("", "{{ name }}" * 1_000, "It can be 2000 characters long."),
    ],
)
def test_a_template_with_a_mistake_is_not_saved_and_nothing_typed_is_lost(
    as_admin: Any, subject: str, introduction: str, said: str
) -> None:
    answer = save(as_admin, subject, introduction)

    assert answer.status_code == 422
    assert said in answer.text.replace("&#39;", "'")
    assert subject in answer.text
    assert introduction in answer.text
    assert not EmailText.objects.exists()


def test_of_two_administrators_the_second_is_told_and_nothing_is_lost(
    as_admin: Any, other_admin: Any, learner: Any
) -> None:
    berta = Client()
    berta.force_login(other_admin)
    for client in (as_admin, berta):
        assert 'name="version" value="0"' in client.get(PAGE).text
    save(berta, "By Berta", "Her words.")

    refused = save(as_admin, "By Ada", "My words.")

    assert refused.status_code == 422
    assert "Someone else changed this text in the meantime." in refused.text
    for words in ("Berta saved version 1", "By Berta", "Her words.", "By Ada", "My words.", 'value="1"'):
        assert words in refused.text
    assert send(learner).subject == "By Berta"
    # On purpose, on top of hers.
    assert save(as_admin, "By Ada", "My words.", version=1).status_code == 302
    assert send(learner).subject == "By Ada"
    assert list(EmailText.objects.order_by("version").values_list("subject", flat=True)) == [
        "By Berta",
        "By Ada",
    ]


def test_the_list_of_notifications_says_what_the_email_says(
    as_admin: Any, admin: Any, learner: Any, settings: Any
) -> None:
    answer = as_admin.post(
        f"{KINDS}accounts.welcome/",
        {"subject": "Glad you’re here, {{ name }}", "introduction": "One lesson a day.", "version": "0"},
    )
    assert answer.status_code == 302

    notify(WELCOME, user=learner, about={"user": learner}, cause="first")

    told = Notification.objects.get()
    assert (told.title, told.body) == ("Glad you’re here, Lea Learner", "One lesson a day.")


def test_the_same_again_is_no_version(as_admin: Any) -> None:
    save(as_admin, "Once")
    save(as_admin, "Once", version=1)

    assert EmailText.objects.count() == 1


def test_an_earlier_version_or_ours_is_used_again_as_a_new_version(as_admin: Any, learner: Any) -> None:
    save(as_admin, "First {{ lesson }}")
    save(as_admin, "Second {{ lesson }}", version=1)
    page = as_admin.get(f"{PAGE}versions/2/").text
    assert "<del>First</del><ins>Second</ins> {{ lesson }}" in page

    assert as_admin.post(f"{PAGE}versions/1/restoration/", {"version": "2"}).headers["Location"] == PAGE
    assert send(learner).subject == "First Tides"
    assert as_admin.post(f"{PAGE}versions/0/restoration/", {"version": "2"}).status_code == 409
    assert send(learner).subject == "First Tides"
    as_admin.post(f"{PAGE}versions/0/restoration/", {"version": "3"})

    assert send(learner).subject == "Today: Tides"
    assert EmailText.objects.count() == 4
    assert as_admin.post(f"{PAGE}versions/9/restoration/", {"version": "4"}).status_code == 404
    assert as_admin.get(f"{PAGE}versions/99999999999999999999/").status_code == 404


def test_a_version_that_names_what_is_no_variable_any_more_is_not_restored(as_admin: Any, admin: Any) -> None:
    EmailText.objects.create(kind=REMINDER.name, language="en", version=1, subject="{{ gone }}", author=admin)
    EmailText.objects.create(kind=REMINDER.name, language="en", version=2, author=admin)

    assert as_admin.post(f"{PAGE}versions/1/restoration/", {"version": "2"}).status_code == 422

    assert EmailText.objects.count() == 2


def test_a_text_that_lacks_a_value_gives_way_to_ours_and_the_panel_says_so(
    as_admin: Any, learner: Any, caplog: Any
) -> None:
    save(as_admin, "{{ streak }} days!", "And {{ lesson }}.")

    sent = send(learner)

    assert sent.subject == "Today: Tides"
    assert "And Tides." not in sent.body
    assert "can't be used, ours is sent: missing:streak" in caplog.text
    assert learner.email not in caplog.text
    page = as_admin.get(PAGE).text
    assert "couldn’t be used for 1 email" in page
    assert "There was no value for “streak”." in page
    assert "Not always usable" in as_admin.get(KINDS).text
    assert (
        "There was no value for “streak”."
        in as_admin.get(f"/panel/mail/{Email.objects.latest('id').pk}/").text
    )
    assert send(learner, streak="3").subject == "3 days!"


def test_a_hundred_mails_ask_no_more_than_one_about_edited_texts(
    as_admin: Any, learner: Any, django_assert_num_queries: Any
) -> None:
    save(as_admin, "Edited {{ lesson }}")
    edits.start(stored())  # as what a process knows once the change is committed

    with django_assert_num_queries(0):
        for _ in range(100):
            outbox.write(REMINDER, {"user": learner})


def test_a_kind_is_switched_off_and_on_from_its_page(as_admin: Any) -> None:
    assert "Switch off" in as_admin.get(PAGE).text
    as_admin.post(f"{PAGE}state/", {"state": "off"})
    assert "Switch on" in as_admin.get(PAGE).text
    as_admin.post(f"{PAGE}state/", {"state": "on"})
    assert "Switch off" in as_admin.get(PAGE).text

    assert as_admin.post(f"{PAGE}state/", {"state": "?"}).status_code == 422
    receipt = as_admin.get(f"{KINDS}payments.receipt/").text
    assert "It is about money, so it is always sent." in receipt
    assert "Switch off" not in receipt
    assert as_admin.post(f"{KINDS}payments.receipt/state/", {"state": "off"}).status_code == 409


def test_only_administrators_edit(as_learner: Any, learner: Any) -> None:
    assert save(as_learner, "Mine").status_code == 403
    with pytest.raises(ForbiddenError):
        texts.save_text(actor=learner, kind=REMINDER, language="en", edited=EditedText("Mine"), version=0)
    with pytest.raises(ForbiddenError):
        texts.restore_text(actor=learner, kind=REMINDER, language="en", restored=0, version=0)

    assert not EmailText.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_refused() -> None:
    people = [make_user(name=name, role=Role.ADMIN) for name in ("Ada", "Berta")]
    gate = Barrier(2)

    def save_as(person: Any) -> str:
        try:
            gate.wait()
            saved = texts.save_text(
                actor=person, kind=REMINDER, language="en", edited=EditedText(f"By {person.name}"), version=0
            )
        except ConflictError as error:
            return error.code
        finally:
            connection.close()
        return saved.subject

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(save_as, people))

    kept = EmailText.objects.get()
    assert answers == {kept.subject, "stale_text"}
    assert edited_text(REMINDER, "en").subject == kept.subject


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_s_own_text_can_be_begun_with(name: str) -> None:
    kind = kinds()[name]
    content = mail_texts.sample(kind, "en")

    ours = mail_texts.standard_text(content)

    assert texts.checked(kind, ours) == ours
    assert with_edits(content, ours) == (content, "")
