"""Forgetting conversations: with whom they are about, and when they are over long enough."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.core.ids import uuid7
from momentum.privacy.actions.deletion import remove_rows
from momentum.support.actions.answering import answer, resolve
from momentum.support.actions.forgetting import forget_old
from momentum.support.models import Conversation
from momentum.support.site_settings import SupportSettings
from tests.factories import make_user
from tests.mailing import deliver
from tests.pages import words
from tests.support.asking import asked, told

pytestmark = pytest.mark.django_db
WORD = "quetzalcoatlus"


def everything() -> str:
    """Return every row of every table, in words."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        rows = []
        for (name,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{name}" t')  # noqa: S608 - names from the catalogue
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def answered(conversation: Conversation, admin: Any) -> None:
    answer(actor=admin, conversation=conversation, text="Here.", version=conversation.version, key=uuid7())


def test_with_an_account_goes_what_they_wrote_and_what_administrators_were_told_of_it(
    as_learner: Any, learner: Any, admin: Any, client: Client, settings: Any
) -> None:
    asked(
        client, email=learner.email.upper(), subject=f"My {WORD}", text=f"A {WORD} before I had an account."
    )
    answered(asked(as_learner, subject=f"About the {WORD}", text=f"Where is my {WORD}?"), admin)
    asked(as_learner, subject=f"Another {WORD}")
    other = asked(client, email="nora@example.com", subject="Stays")
    deliver()
    assert WORD in everything()

    remove_rows(user_id=learner.id)

    assert WORD not in everything()
    assert list(Conversation.objects.all()) == [other]
    assert told(admin) == ["Waiting for an answer: Stays"]


def test_an_administrator_who_goes_leaves_their_answers_without_a_name(
    as_learner: Any, as_admin: Any
) -> None:
    ben = make_user(name="Ben", role="admin")
    conversation = asked(as_learner)
    answered(conversation, ben)

    remove_rows(user_id=ben.id)

    conversation.refresh_from_db()
    assert (conversation.messages.count(), conversation.assigned_to) == (2, None)
    page = words(as_admin.get(f"/panel/support/{conversation.id}/"))
    assert "Support" in page
    assert "Ben" not in page


def test_what_is_over_is_kept_as_long_as_the_setting_says(
    as_learner: Any, client: Client, admin: Any, site_settings: Any
) -> None:
    site_settings(SupportSettings, kept_days=30)
    old, waiting, recent = (asked(as_learner, subject=subject) for subject in ("Old", "Waiting", "Recent"))
    visitor = asked(client, email="nora@example.com", subject="Visitor")
    answered(visitor, admin)
    for conversation in (old, recent):
        resolve(actor=admin, conversation=conversation)
    for conversation, days in ((old, 31), (waiting, 31), (visitor, 31), (recent, 29)):
        Conversation.objects.filter(pk=conversation.pk).update(last_at=timezone.now() - timedelta(days=days))

    assert [forget_old(), forget_old()] == [2, 0]

    assert {one.subject for one in Conversation.objects.all()} == {"Waiting", "Recent"}
    assert "nora@example.com" not in everything()
    assert told(admin) == [f"Waiting for an answer: {subject}" for subject in ("Waiting", "Recent")]


def test_the_page_about_privacy_says_so(client: Client, site_settings: Any) -> None:
    site_settings(SupportSettings, kept_days=123)

    assert "Your conversations with support, after the last message 123" in words(client.get("/privacy/"))
