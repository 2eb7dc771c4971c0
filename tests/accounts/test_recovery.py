"""Choosing a new password: by mail when it is forgotten, or knowing the current one."""

import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.core.cache import cache
from django.test import Client

from momentum.accounts.models import Session, User
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in, without_token

ASK = "/account/password/reset/"
GONE = "This link is no longer valid"


def ask(client: Any, email: Any = "lea@example.com") -> Any:
    return client.post(ASK, {"email": email})


def choose(client: Any, link: Any, password: Any = NEW_PASSWORD) -> Any:
    """Follow the link and fill in the form that it leads to."""
    form = client.get(link)
    if form.status_code != 302:
        return form
    return client.post(form.headers["Location"], {"password1": password})


def test_a_forgotten_password_is_replaced_by_mail(client: Any, learner: Any, sign_in: Any, sent: Any) -> None:
    ask(client)
    response = choose(client, link_in(sent[0]))

    assert response.headers["Location"] == "/account/password/reset/key/done/"
    assert "saved" in client.get(response.headers["Location"]).text
    assert sign_in(client, learner.email, PASSWORD).status_code == 200
    assert sign_in(client, learner.email, NEW_PASSWORD).status_code == 302
    assert [(message.to, message.subject) for message in sent] == [
        (["lea@example.com"], "Reset password"),
        (["lea@example.com"], "Your password was changed"),
        (["lea@example.com"], "Welcome to Momentum"),
    ]


def test_an_unknown_address_gets_the_same_answer(client: Any, learner: Any, sent: Any) -> None:
    known, unknown = ask(client), ask(Client(), "nobody@example.com")

    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    pages = [each.get(known.headers["Location"]).text for each in (client, Client())]
    assert without_token(pages[0]) == without_token(pages[1])
    assert [message.subject for message in sent] == [
        "Reset password",
        "No account with this email address",
    ]


def test_a_link_works_once(client: Any, learner: Any, sent: Any) -> None:
    ask(client)
    link = link_in(sent[0])
    choose(client, link)

    assert GONE in choose(Client(), link, "Third-password-3").text
    learner.refresh_from_db()
    assert learner.check_password(NEW_PASSWORD)


def test_an_old_link_is_refused(client: Any, learner: Any, sent: Any, settings: Any) -> None:
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert GONE in choose(client, link_in(sent[0])).text
    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)


def test_a_link_for_one_account_does_not_open_another(
    client: Any, learner: Any, other_learner: Any, sent: Any
) -> None:
    ask(client)
    ask(Client(), other_learner.email)
    mine, theirs = (link_in(message).removesuffix("/").rsplit("/", 1)[1] for message in sent)
    mixed = f"/account/password/reset/key/{theirs.split('-')[0]}-{mine.split('-', 1)[1]}/"

    assert GONE in choose(client, mixed).text
    other_learner.refresh_from_db()
    assert other_learner.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["x-y", "0-set-password", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-a-b", "é-x"])
def test_nonsense_is_refused(client: Any, learner: Any, key: Any) -> None:
    response = client.get(f"/account/password/reset/key/{key}/")

    assert response.status_code in {200, 404}
    assert "password1" not in response.text


def test_the_key_leaves_the_address_bar_before_the_form_is_shown(
    client: Any, learner: Any, sent: Any
) -> None:
    ask(client)

    form = client.get(link_in(sent[0]))

    assert form.headers["Location"].endswith("-set-password/")
    assert "password1" in client.get(form.headers["Location"]).text


def test_a_new_password_ends_every_session(client: Any, as_learner: Any, learner: Any, sent: Any) -> None:
    ask(client)
    choose(client, link_in(sent[0]))

    assert as_learner.get("/profile/").status_code == 302
    assert Session.objects.filter(user=learner).count() == 0


def test_a_weak_password_is_refused_and_the_link_stays_good(client: Any, learner: Any, sent: Any) -> None:
    ask(client)
    link = link_in(sent[0])

    assert "Add a number." in choose(client, link, "Only-letters").text
    assert choose(client, link).status_code == 302


def test_a_link_follows_its_person_when_the_address_changes_not(client: Any, learner: Any, sent: Any) -> None:
    ask(client)
    User.objects.update(email="lea.new@example.com")

    assert GONE in choose(client, link_in(sent[0])).text


def test_a_suspended_account_gets_no_link(client: Any, learner: Any, sent: Any) -> None:
    User.objects.update(is_active=False)

    ask(client)

    assert [message.subject for message in sent] == ["No account with this email address"]


def test_links_cannot_be_sent_without_end(client: Any, learner: Any, sent: Any) -> None:
    codes = [ask(client).status_code for _ in range(4)]

    assert codes == [302, 302, 302, 429]
    assert len(sent) == 3


def test_recovery_forgives_failed_attempts_to_sign_in(
    client: Any, learner: Any, sign_in: Any, sent: Any
) -> None:
    for n in range(5):
        sign_in(client, learner.email, f"Wrong-guess-{n}")
    assert sign_in(client, learner.email).status_code == 429

    ask(client)
    choose(client, link_in(sent[0]))

    assert sign_in(client, learner.email, NEW_PASSWORD).status_code == 302


def test_without_a_token_no_mail_is_sent(learner: Any, sent: Any) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert ask(strict).status_code == 403
    assert sent == []


def test_links_never_repeat_the_host_header(client: Any, learner: Any, sent: Any, settings: Any) -> None:
    settings.BASE_URL = "https://momentum.example"

    client.post(ASK, {"email": learner.email}, headers={"Host": "evil.example"})

    assert "evil.example" not in sent[0].body + sent[0].alternatives[0].content
    assert "https://momentum.example/account/password/reset/key/" in sent[0].body


def change(client: Any, current: Any = PASSWORD, new: Any = NEW_PASSWORD) -> Any:
    return client.post("/account/password/change/", {"oldpassword": current, "password1": new})


def test_a_password_is_changed_and_only_this_browser_stays(as_learner: Any, learner: Any, sent: Any) -> None:
    elsewhere = Client()
    elsewhere.force_login(learner)

    response = change(as_learner)

    assert urlsplit(response.headers["Location"]).path == "/profile/"
    learner.refresh_from_db()
    assert learner.check_password(NEW_PASSWORD)
    assert as_learner.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert [message.subject for message in sent] == ["Your password was changed"]


def test_changing_needs_the_current_password(as_learner: Any, learner: Any, sent: Any) -> None:
    response = change(as_learner, current="Wrong-guess-1")

    assert "Incorrect current password" in response.text
    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)
    assert sent == []


def test_changing_has_a_limit(as_learner: Any, learner: Any) -> None:
    codes = [change(as_learner, current="Wrong-guess-1").status_code for _ in range(6)]

    assert codes[-1] == 429
    cache.clear()


def test_an_account_without_a_password_sets_one_and_cannot_skip(client: Any, learner: Any, sent: Any) -> None:
    learner.set_unusable_password()
    learner.save()
    client.force_login(learner)
    # As of somebody who came in just now, with an account elsewhere.
    session = client.session
    entered = {"method": "socialaccount", "at": time.time(), "provider": "openid", "uid": "1"}
    session["account_authentication_methods"] = [entered]
    session["account_authentication_methods_user"] = user_id_to_str(learner)
    session.save()

    assert change(client).headers["Location"] == "/account/password/set/"
    assert "Your account doesn’t have a password yet" in client.get("/account/password/set/").text
    client.post("/account/password/set/", {"password1": NEW_PASSWORD})

    learner.refresh_from_db()
    assert learner.check_password(NEW_PASSWORD)
    assert [message.subject for message in sent] == ["Your account now has a password"]
