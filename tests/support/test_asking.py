"""Asking a person: with an account and without, once, within limits."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from momentum.support import adapters
from momentum.support.models import Conversation, Message
from momentum.support.site_settings import SupportSettings
from tests.pages import button, fields, link, words
from tests.support.asking import HELP, SUBJECT, TEXT, ask, asked, mail_to, told

pytestmark = pytest.mark.django_db


def test_who_is_signed_in_is_asked_for_no_address(as_learner: Any, learner: Any, admin: Any) -> None:
    assert "email" not in fields(button(as_learner.get(HELP), "Send"))

    _sent, answer = ask(as_learner, came_from="/courses/")

    assert answer.url == "/help/sent/"
    conversation = Conversation.objects.get()
    assert (conversation.user, conversation.address) == (learner, "")
    assert (conversation.subject, conversation.page, conversation.status) == (SUBJECT, "/courses/", "waiting")
    assert [one.text for one in conversation.messages.all()] == [TEXT]
    assert told(admin) == [f"Waiting for an answer: {SUBJECT}"]
    page = as_learner.get("/help/sent/")
    assert "usually within a day" in words(page)
    assert link(page, "View your conversations") == "/help/conversations/"


def test_a_visitor_gives_an_address_that_no_page_of_theirs_says_again(client: Client, admin: Any) -> None:
    _sent, answer = ask(client, email=" Nora@Example.com ")

    conversation = Conversation.objects.get()
    assert (conversation.user, conversation.address) == (None, "nora@example.com")
    assert "nora@" not in client.get(answer.url).text.lower()
    # Nobody has confirmed the address, so nothing is sent there before somebody answers.
    assert mail_to("nora@example.com") == []
    [mail] = mail_to(admin.email)
    assert mail.subject == f"Waiting for an answer: {SUBJECT}"
    assert "I’m called Lea." in mail.body
    assert "nora@" not in mail.body
    assert f"/panel/support/{conversation.id}/" in mail.body


def test_a_visitor_without_an_address_is_asked_for_it_and_loses_nothing(client: Client, admin: Any) -> None:
    _sent, answer = ask(client, email="")

    assert answer.status_code == 422
    assert "This field is required" in words(answer)
    assert fields(button(answer, "Send"))["text"] == TEXT
    assert (Conversation.objects.count(), told(admin)) == (0, [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"subject": " \u200b "}, "Say in a line what it is about."),
        ({"text": "\u200b"}, "Write a sentence or two."),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"subject": "x" * 121}, "at most 120 characters"),
    ],
)
def test_nothing_and_too_much_are_refused(as_learner: Any, typed: dict[str, str], said: str) -> None:
    _sent, answer = ask(as_learner, **typed)

    assert answer.status_code == 422
    assert said in words(answer)
    assert not Conversation.objects.exists()


def test_the_same_form_sent_twice_begins_one_conversation(as_learner: Any, admin: Any) -> None:
    sent, first = ask(as_learner)

    second = as_learner.post(HELP, sent)

    assert (first.url, second.url) == ("/help/sent/", "/help/sent/")
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)
    assert len(told(admin)) == 1


def test_a_key_that_was_used_sends_nothing_else_and_nothing_of_somebody_else(
    as_learner: Any, as_other_learner: Any
) -> None:
    sent, _answer = ask(as_learner)

    changed = as_learner.post(HELP, sent | {"text": "Something else."})
    foreign = as_other_learner.post(HELP, sent)

    assert (changed.status_code, foreign.status_code) == (422, 422)
    assert "already sent with different content" in words(changed)
    assert Conversation.objects.count() == 1
    # Sent once more on purpose, under the new key that the page has, it is another one.
    assert as_learner.post(HELP, fields(button(changed, "Send"))).status_code == 302
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize(
    ("came_from", "kept"),
    [
        ("/courses/?q=tides", "/courses/"),
        ("/account/password/reset/key/1-secret/", ""),
        ("/unsubscribe/WyJzZWNyZXQiXQ:1:2/", ""),
        ("/no/such/page/", ""),
        ("", ""),
    ],
)
def test_only_a_page_of_ours_that_holds_no_secret_is_kept(as_learner: Any, came_from: str, kept: str) -> None:
    ask(as_learner, came_from=came_from)

    assert Conversation.objects.get().page == kept


def test_where_another_site_led_here_no_page_is_kept(client: Client) -> None:
    page = client.get(HELP, headers={"Referer": "https://elsewhere.example/courses/"})

    assert fields(button(page, "Send"))["page"] == ""


@pytest.mark.parametrize(
    "page", ["javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example/x/", "\0"]
)
def test_a_page_that_a_form_makes_up_is_no_link(as_learner: Any, page: str) -> None:
    ask(as_learner, page=page)

    assert [one.page for one in Conversation.objects.all() if one.page] == []


def test_who_writes_all_the_time_waits_and_keeps_what_they_typed(
    as_learner: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(adapters.LIMITS, "support_person", "1/h/key")
    monkeypatch.setitem(adapters.LIMITS, "support_address", "1/h/key")
    for browser, typed in ((as_learner, {}), (client, {"email": "nora@example.com"})):
        assert ask(browser, **typed)[1].status_code == 302

        _sent, answer = ask(browser, **typed)

        assert answer.status_code == 422
        assert "Wait a while, then try again." in words(answer)
        assert fields(button(answer, "Send"))["text"] == TEXT
    # Another address from the same machine isn't held up.
    assert ask(client, email="olga@example.com")[1].status_code == 302
    assert Conversation.objects.count() == 3


def test_every_page_leads_to_help_and_says_when_an_answer_is_due(
    client: Client, as_learner: Any, site_settings: Any
) -> None:
    site_settings(SupportSettings, answer_hours=48)

    for browser, path in ((client, "/"), (client, "/courses/"), (as_learner, "/settings/")):
        assert 'href="/help/"' in browser.get(path).text
    assert "usually within 2 days" in words(client.get("/help/sent/"))


def test_every_answer_leads_to_a_page_that_is_there(as_learner: Any) -> None:
    page = as_learner.get(HELP)

    found = {str(a["href"]) for a in button(page, "Send").find_parent("main").select(".answers a")}  # type: ignore[union-attr]

    assert len(found) > 6
    assert {path: as_learner.get(path, follow=True).status_code for path in found} == dict.fromkeys(
        found, 200
    )


def test_the_language_of_who_asks_is_kept(as_learner: Any, learner: Any) -> None:
    learner.language = "en-gb"
    learner.save()
    with translation.override("en"):
        assert asked(as_learner).language == "en-gb"
