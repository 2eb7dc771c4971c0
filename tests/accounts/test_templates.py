"""Every page and mail of allauth's account app is ours."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse

from momentum.accounts.letters import ALLAUTH
from tests.accounts.conftest import link_in

THEIRS = Path(allauth.__file__).parent / "templates"

# What only settings that we don't use would show: codes instead of links, telephones, passkeys.
UNUSED = {
    "account/base_confirm_code.html",
    "account/base_entrance.html",
    "account/base_manage.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "account/base_manage_phone.html",
    "account/base_reauthenticate.html",
    "account/confirm_email_verification_code.html",
    "account/confirm_login_code.html",
    "account/confirm_password_reset_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/phone_change.html",
    "account/request_login_code.html",
    "account/signup_by_passkey.html",
    "account/snippets/already_logged_in.html",
    "account/snippets/warn_no_email.html",
    "account/messages/login_code_sent.txt",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "socialaccount/base_entrance.html",
    "socialaccount/base_manage.html",
    "socialaccount/login_redirect.html",
    "socialaccount/signup.html",
    "socialaccount/snippets/login.html",
    "socialaccount/snippets/login_extra.html",
    "socialaccount/snippets/provider_list.html",
    "mfa/base_entrance.html",
    "mfa/base_manage.html",
    "mfa/recovery_codes/base.html",
    "mfa/totp/base.html",
    "mfa/trust.html",
    "mfa/webauthn/base.html",
    "mfa/webauthn/signup_form.html",
    "mfa/webauthn/snippets/login_script.html",
    "mfa/webauthn/snippets/scripts.html",
    "account/email/base_message.txt",
    "account/email/base_notification.txt",
    "account/email/email_confirm_message.txt",
    "account/email/email_confirm_subject.txt",
    "account/email/login_code_message.txt",
    "account/email/login_code_subject.txt",
    "account/email/password_reset_code_message.txt",
    "account/email/password_reset_code_subject.txt",
}


def their_templates() -> list[str]:
    folders = (THEIRS / name for name in ("account", "mfa", "socialaccount"))
    return sorted(
        str(path.relative_to(THEIRS)) for folder in folders for path in folder.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("name", their_templates())
def test_ours_stands_before_theirs(name: Any) -> None:
    if "/email/" in name:
        return  # our letters take their place, as the next test sees
    if name in UNUSED:
        assert (
            not settings.ACCOUNT_LOGIN_BY_CODE_ENABLED
            if hasattr(settings, "ACCOUNT_LOGIN_BY_CODE_ENABLED")
            else True
        )
        return

    assert get_template(name).backend is engines["jinja2"]


def test_every_mail_of_theirs_is_one_of_our_letters() -> None:
    mails = {name.removesuffix("_subject.txt") for name in their_templates() if name.endswith("_subject.txt")}
    unused = {name.removesuffix("_subject.txt") for name in UNUSED if name.endswith("_subject.txt")}

    assert mails - unused == set(ALLAUTH)


PUBLIC = [
    "socialaccount_login_cancelled",
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
]
PUBLIC += ["account_email_verification_sent", "account_inactive", "account_reset_password_from_key_done"]
OWN = [
    "account_sessions",
    "mfa_index",
    "socialaccount_connections",
    "mfa_list_webauthn",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_visitor_sees_our_page(client: Any, db: None, name: Any) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="account__title"' in response.text


@pytest.mark.parametrize("name", OWN)
def test_a_learner_sees_our_page(as_learner: Any, name: Any) -> None:
    response = as_learner.get(reverse(name))

    assert response.status_code == 200
    assert 'class="account__column"' in response.text


@pytest.mark.parametrize("name", OWN)
def test_a_visitor_does_not_see_what_is_personal(client: Any, db: None, name: Any) -> None:
    assert client.get(reverse(name)).status_code == 302


def test_the_page_for_codes_leads_back_to_signing_in(client: Any, db: None) -> None:
    assert client.get("/account/login/code/confirm/").headers["Location"] == "/account/login/"


def test_a_mail_speaks_to_its_reader_and_not_to_who_asked(
    client: Any, as_other_learner: Any, learner: Any, sent: Any
) -> None:
    learner.name = "Lea & <b>Co</b>"
    learner.save()

    as_other_learner.post("/account/password/reset/", {"email": learner.email})

    (message,) = sent
    page = message.alternatives[0].content
    assert "Lea & <b>Co</b>" not in page
    assert "Otto" not in message.body + page
    assert f'href="http://localhost:8000{link_in(message)}"' in page
    assert "\n\n\n\n" not in message.body


def test_a_mail_server_that_cannot_be_reached_loses_nothing(
    client: Any, learner: Any, sent: Any, monkeypatch: Any
) -> None:
    def refuse(self: object, *args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        response = client.post("/account/password/reset/", {"email": learner.email})
        assert len(sent) == 0

    assert response.headers["Location"] == "/account/password/reset/done/"
    assert [message.subject for message in sent] == ["Reset password"]
