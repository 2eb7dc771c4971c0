"""The inbox in the panel: finding who waits, answering, taking over; two administrators at once."""

from typing import Any

import pytest
from django.test import Client

from momentum.events.models import AuditEntry
from momentum.support.models import Conversation
from tests.factories import make_user
from tests.pages import button, fields, link, soup, titles, words
from tests.support.asking import SUBJECT, asked, mail_to, reply

pytestmark = pytest.mark.django_db
INBOX = "/panel/support/"


def path_of(conversation: Conversation) -> str:
    return f"{INBOX}{conversation.id}/"


def names(page: Any) -> list[str]:
    return titles(page, "tbody th a")


@pytest.fixture
def as_ben(db: None) -> Client:
    """A browser in which a second administrator is signed in."""
    client = Client()
    client.force_login(make_user(name="Ben", email="ben@example.com", role="admin"))
    return client


def test_the_empty_inbox_says_what_would_be_in_it(as_admin: Any) -> None:
    page = as_admin.get(INBOX)

    assert "No conversations yet" in words(page)
    assert soup(page).select(".rail__count") == []


def test_who_has_waited_longest_comes_first_and_is_counted(
    as_admin: Any, as_learner: Any, client: Client
) -> None:
    first = asked(as_learner, subject="First")
    asked(client, email="nora@example.com", subject="Second")
    reply(as_admin, path_of(first), "Here.", "Send answer")
    asked(as_learner, subject="Third")

    page = as_admin.get(INBOX)

    assert names(page) == ["Second", "Third", "First"]
    assert words(soup(page).select_one(".rail__count")) == "2 ( 2 waiting)".replace("( ", "(")
    home = as_admin.get("/panel/")
    assert link(home, "2 people wait for an answer") == "/panel/support/?status=waiting"
    assert names(as_admin.get(link(home, "2 people wait for an answer"))) == ["Second", "Third"]
    assert names(as_admin.get(f"{INBOX}?sort=-subject")) == ["Third", "Second", "First"]


def test_conversations_are_found_by_words_person_status_and_who_takes_care(
    as_admin: Any, admin: Any, as_learner: Any, client: Client
) -> None:
    first = asked(as_learner, subject="A video", text="It stutters.")
    asked(client, email="nora@example.com", subject="Prices", text="How much?")
    reply(as_admin, path_of(first), "Try again.", "Send answer")

    def found(query: str) -> list[str]:
        return names(as_admin.get(f"{INBOX}?{query}"))

    assert found("q=stutter") == found("q=lea@example.com") == found("q=lea+learner") == ["A video"]
    assert found("q=nora") == found("status=waiting") == found("assigned=nobody") == ["Prices"]
    assert found(f"assigned={admin.pk}") == found("status=answered") == ["A video"]
    assert found("status=nonsense") == ["Prices", "A video"]
    assert "No matching conversations" in words(as_admin.get(f"{INBOX}?q=nothing"))
    assert link(as_admin.get(INBOX), "Mine") == f"{INBOX}?assigned={admin.pk}"


def test_the_page_says_who_it_is_and_where_they_came_from(
    as_admin: Any, as_learner: Any, learner: Any, client: Client
) -> None:
    known = asked(as_learner, came_from="/courses/")
    visitor = asked(client, email="nora@example.com")

    page = as_admin.get(path_of(known))

    assert link(page, learner.name) == f"/panel/users/{learner.id}/"
    assert link(page, "/courses/") == "/courses/"
    page = as_admin.get(path_of(visitor))
    assert "nora@example.com" in words(page)
    assert "nobody has confirmed the address" in words(page)
    seen = AuditEntry.objects.filter(name="conversation.viewed").values_list("subject_id", flat=True)
    assert set(seen) == {known.id, visitor.id}
    assert link(as_admin.get("/panel/audit/"), "Conversation") == path_of(visitor)


def test_what_people_write_is_text_wherever_it_stands(as_admin: Any, as_learner: Any) -> None:
    markup = "<script>alert(1)</script>"
    conversation = asked(as_learner, subject=markup, text=markup)

    for path in (INBOX, path_of(conversation), "/notifications/"):
        assert markup not in as_admin.get(path).text
        assert "&lt;script&gt;alert(1)" in as_admin.get(path).text


def test_answering_takes_it_on_and_sends_once(
    as_admin: Any, admin: Any, as_learner: Any, learner: Any
) -> None:
    conversation = asked(as_learner)
    sent = fields(button(as_admin.get(path_of(conversation)), "Send answer")) | {"text": "Done."}

    assert [as_admin.post(path_of(conversation), sent).status_code for _click in range(2)] == [302, 302]

    conversation.refresh_from_db()
    assert (conversation.status, conversation.assigned_to) == ("answered", admin)
    assert conversation.messages.count() == 2
    assert [mail.subject for mail in mail_to(learner.email)] == [f"Our answer: {SUBJECT}"]


def test_the_second_of_two_administrators_sees_the_answer_of_the_first(
    as_admin: Any, as_ben: Client, as_learner: Any, learner: Any
) -> None:
    conversation = asked(as_learner)
    path = path_of(conversation)
    bens = fields(button(as_ben.get(path), "Send answer")) | {"text": "What Ben typed."}
    reply(as_admin, path, "What Ada answered.", "Send answer")

    stale = as_ben.post(path, bens)

    assert stale.status_code == 422
    assert "This conversation changed while you were reading it." in words(stale)
    assert "What Ada answered." in words(stale)
    assert "What Ben typed." in words(stale)
    assert conversation.messages.count() == 2
    assert len(mail_to(learner.email)) == 1
    # Having seen that, Ben may say it all the same.
    assert as_ben.post(path, fields(button(stale, "Send answer"))).status_code == 302
    assert [one.text for one in conversation.messages.order_by("id")][1:] == [
        "What Ada answered.",
        "What Ben typed.",
    ]


def test_taking_over_resolving_and_reopening_go_by_what_was_read(
    as_admin: Any, as_ben: Client, admin: Any, as_learner: Any
) -> None:
    conversation = asked(as_learner)
    path = path_of(conversation)
    old = fields(button(as_ben.get(path), "Resolve"), "Resolve")

    as_admin.post(f"{path}assignment/", fields(button(as_admin.get(path), "Assign to me")))

    conversation.refresh_from_db()
    assert conversation.assigned_to == admin
    assert as_ben.post(f"{path}status/", old).status_code == 409
    conversation.refresh_from_db()
    assert conversation.status == "waiting"

    as_ben.post(f"{path}assignment/", fields(button(as_ben.get(path), "Take over")))
    as_ben.post(f"{path}status/", fields(button(as_ben.get(path), "Resolve"), "Resolve"))
    conversation.refresh_from_db()
    assert (conversation.status, conversation.assigned_to.name) == ("resolved", "Ben")  # type: ignore[union-attr]
    as_ben.post(f"{path}status/", fields(button(as_ben.get(path), "Reopen"), "Reopen"))
    conversation.refresh_from_db()
    assert (conversation.status, conversation.spell) == ("waiting", 2)
    assert as_ben.post(f"{path}status/", {"state": "lost"}).status_code == 422


def test_several_are_assigned_and_resolved_at_once(as_admin: Any, admin: Any, as_learner: Any) -> None:
    for number in range(3):
        asked(as_learner, subject=f"Question {number}")
    selected = [f"{one.pk}:{one.version}" for one in Conversation.objects.all()]

    as_admin.post(INBOX, {"action": "take", "selected": selected[:2]})

    assert Conversation.objects.filter(assigned_to=admin).count() == 2
    # Two have changed by that, and whoever meant what they were looks again.
    answer = as_admin.post(
        INBOX, {"action": "resolve", "selected": selected, "confirmed": "yes"}, follow=True
    )
    assert "1 conversation resolved." in words(answer)
    assert Conversation.objects.filter(status="resolved").count() == 1


def test_revoking_links_is_for_visitors(as_admin: Any, as_learner: Any, client: Client) -> None:
    known, visitor = asked(as_learner), asked(client, email="nora@example.com")
    assert "Revoke links" not in words(as_admin.get(path_of(known)))

    as_admin.post(f"{path_of(visitor)}links/")

    visitor.refresh_from_db()
    assert visitor.link_number == 2


def test_the_list_asks_as_much_however_many_there_are(
    as_admin: Any, as_learner: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        asked(as_learner, subject=f"Question {number}")
    as_admin.get(INBOX)

    with django_assert_max_num_queries(8):
        as_admin.get(INBOX)
