from typing import Any

import pytest
from django.test import Client

PUBLIC = ("/", "/courses/", "/no/such/page/")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_everybody_sets_no_cookie(client: Client, db: None, address: str) -> None:
    assert not client.get(address).cookies


def test_the_policy_allows_nothing_inline(client: Client, db: None) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_a_visitor_is_offered_to_sign_in_and_a_learner_her_day(client: Client, as_learner: Client) -> None:
    visitor, learner = client.get("/courses/").content.decode(), as_learner.get("/courses/").content.decode()

    assert "Sign in" in visitor
    assert "Start free" in visitor
    assert 'class="tabs"' not in visitor
    assert "Sign out" in learner
    assert 'class="tabs"' in learner
    assert "Lea Learner, account menu" in learner


def test_the_masthead_says_where_one_is(as_learner: Client) -> None:
    page = as_learner.get("/courses/").content.decode()

    assert page.count('<a href="/courses/" aria-current="page">') == 2


def test_only_an_administrator_sees_the_way_to_the_panel(as_learner: Client, as_admin: Client) -> None:
    assert 'href="/panel/"' not in as_learner.get("/courses/").content.decode()
    assert 'href="/panel/"' in as_admin.get("/courses/").content.decode()


def test_the_panel_leads_to_the_mail_in_production_too(as_admin: Client, settings: Any) -> None:
    settings.DEVELOPMENT = False

    assert 'href="/panel/mail/"' in as_admin.get("/panel/").content.decode()


def test_there_is_always_a_place_for_messages_and_a_way_past_the_masthead(client: Client, db: None) -> None:
    page = client.get("/").content.decode()

    assert page.count('id="messages" role="status"') == 1
    assert '<a class="skip" href="#main">' in page
    assert page.count('id="main"') == 1
