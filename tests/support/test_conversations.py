"""One's own conversations, and a visitor's behind a private link."""

import re
import time
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from momentum.core.ids import uuid7
from momentum.mail.models import Email
from momentum.support.actions.answering import answer, revoke_links
from momentum.support.models import Conversation
from momentum.support.queries.links import GOOD_FOR
from tests.pages import button, fields, link, main, titles, words
from tests.support.asking import SUBJECT, asked, mail_to, reply, told

pytestmark = pytest.mark.django_db


def answered(conversation: Conversation, admin: Any, text: str = "You can change it yourself.") -> None:
    conversation.refresh_from_db()
    answer(actor=admin, conversation=conversation, text=text, version=conversation.version, key=uuid7())


def mailed_link(address: str) -> str:
    found = re.search(r"http://[^/]+(/help/visitor/[^/\s]+/)", mail_to(address)[-1].body)
    assert found is not None
    return found[1]


def test_somebody_reads_their_own_and_nobody_elses(
    as_learner: Any, as_other_learner: Any, as_admin: Any, client: Client
) -> None:
    conversation = asked(as_learner)
    path, closing = (f"/help/conversations/{conversation.id}/{end}" for end in ("", "closing/"))

    assert titles(as_learner.get("/help/conversations/"), ".list__row a") == [SUBJECT]
    assert "I’m called Lea." in words(as_learner.get(path))

    for stranger in (as_other_learner, as_admin):
        assert SUBJECT not in stranger.get("/help/conversations/").text
        for refused in (
            stranger.get(path),
            stranger.post(path, {"text": "Mine."}),
            stranger.post(closing),
        ):
            assert refused.status_code == 404
    assert client.post(path, {"text": "Mine."}).status_code == 302
    conversation.refresh_from_db()
    assert (conversation.messages.count(), conversation.status) == (1, "waiting")


def test_an_answer_comes_by_mail_and_on_the_site_with_what_they_wrote(
    as_learner: Any, learner: Any, admin: Any
) -> None:
    conversation = asked(as_learner, text="<b>Bold</b> & true")

    answered(conversation, admin, "Use <i>Change name</i>.\n\nIt’s there.")

    mail = mail_to(learner.email)[-1]
    assert mail.subject == f"Our answer: {SUBJECT}"
    assert "Use <i>Change name</i>." in mail.body
    assert "> <b>Bold</b> & true" in mail.body
    html = mail.alternatives[0].content
    assert "Use &lt;i&gt;Change name&lt;/i&gt;." in html
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; true" in html
    page = as_learner.get(f"/help/conversations/{conversation.id}/")
    assert "Use <i>Change name</i>." in words(page)
    assert "<i>Change name" not in page.text
    # People are told that it was support, and not who.
    assert "Ada" not in words(page)
    assert f"Our answer: {SUBJECT}" in as_learner.get("/notifications/").text


def test_writing_more_makes_it_wait_again_and_resolving_ends_that(as_learner: Any, admin: Any) -> None:
    conversation = asked(as_learner)
    path = f"/help/conversations/{conversation.id}/"
    answered(conversation, admin)
    assert "Answered" in words(as_learner.get(path))

    assert reply(as_learner, path, "Thank you. One more thing.").status_code == 302

    conversation.refresh_from_db()
    assert (conversation.status, conversation.spell) == ("waiting", 2)

    closing = main(as_learner.get(path)).select_one("form#closing")
    assert closing is not None
    as_learner.post(str(closing["action"]))

    conversation.refresh_from_db()
    assert (conversation.status, conversation.waiting_since) == ("resolved", None)
    assert reply(as_learner, path, "It came back.").status_code == 302
    conversation.refresh_from_db()
    assert (conversation.status, conversation.spell) == ("waiting", 3)
    assert len(told(admin)) == 3


def test_what_is_sent_twice_is_said_once(as_learner: Any, admin: Any) -> None:
    conversation = asked(as_learner)
    path = f"/help/conversations/{conversation.id}/"
    sent = fields(button(as_learner.get(path), "Send")) | {"text": "And the date, please."}

    assert [as_learner.post(path, sent).status_code for _click in range(2)] == [302, 302]
    assert as_learner.post(path, sent | {"text": "Another."}).status_code == 422

    assert conversation.messages.count() == 2
    assert len(told(admin)) == 1  # it was waiting already


def test_a_visitor_comes_back_by_the_link_in_our_mail(client: Client, admin: Any) -> None:
    conversation = asked(client, email="nora@example.com")
    answered(conversation, admin)
    path = mailed_link("nora@example.com")
    before = Conversation.objects.values().get()

    page = Client().get(path)

    assert "You can change it yourself." in words(page)
    assert "nora@" not in page.text
    assert Conversation.objects.values().get() == before  # a look changes nothing
    assert reply(Client(), path, "Thank you. And the PDF?").status_code == 302
    conversation.refresh_from_db()
    assert (conversation.status, conversation.messages.count()) == ("waiting", 3)
    assert Client().post(f"{path}closing/").status_code == 302
    conversation.refresh_from_db()
    assert conversation.status == "resolved"
    # The log of emails keeps no link that lets somebody in.
    assert Email.objects.get(kind="support.reply").text == ""


def test_a_link_that_is_old_revoked_forged_or_of_another_opens_nothing(
    client: Client, as_learner: Any, admin: Any
) -> None:
    conversation, other = asked(client, email="nora@example.com"), asked(client, email="olga@example.com")
    answered(conversation, admin)
    answered(other, admin)
    path, foreign = mailed_link("nora@example.com"), mailed_link("olga@example.com")

    def refused(address: str) -> None:
        for answer_ in (client.get(address), client.post(address, {"text": "Let me in."})):
            assert answer_.status_code == 404
            assert "This link no longer works." in words(answer_)
        assert client.post(f"{address}closing/").status_code == 404

    token, _colon, signature = path.rstrip("/").rpartition(":")
    refused(f"{foreign.rstrip('/').rpartition(':')[0]}:{signature}/")
    refused(f"{token}:{'A' * len(signature)}/")
    with patch("django.core.signing.time.time", return_value=time.time() + GOOD_FOR.total_seconds() + 60):
        refused(path)
    revoke_links(actor=admin, conversation=conversation)
    refused(path)

    conversation.refresh_from_db()
    assert (conversation.messages.count(), conversation.status) == (2, "answered")
    # The next answer brings another link.
    answered(conversation, admin, "Here is a new one.")
    assert client.get(mailed_link("nora@example.com")).status_code == 200
    assert client.get(foreign).status_code == 200


def test_the_link_of_a_conversation_with_an_account_would_open_nothing(
    as_learner: Any, client: Client
) -> None:
    from momentum.support.queries.links import link_to

    path = link_to(asked(as_learner)).partition("8000")[2]

    assert client.get(path).status_code == 404


def test_who_asked_nothing_is_led_to_help(as_learner: Any) -> None:
    page = as_learner.get("/help/conversations/")

    assert "Nothing asked yet" in words(page)
    assert link(page, "Go to help") == "/help/"


def test_somebodys_conversations_cost_as_much_however_many_there_are(
    as_learner: Any, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        asked(as_learner, subject=f"Question {number}")

    with django_assert_num_queries(3):  # the session, how many, and the page of them
        as_learner.get("/help/conversations/")
