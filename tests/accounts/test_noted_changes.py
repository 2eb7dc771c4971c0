"""Each change of how somebody signs in stands in the audit log: who, what and when, and nothing of the secret."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from momentum.accounts.actions.credentials import CHANGES, note_change
from momentum.accounts.actions.tokens import grant_tokens
from momentum.accounts.models import Session
from momentum.events.models import AuditEntry
from momentum.events.queries.declared import audited, events
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in
from tests.accounts.elsewhere import sign_in_by
from tests.accounts.proving import SECURITY, code_of, prove


def _noted() -> list[str]:
    return list(AuditEntry.objects.order_by("at").values_list("name", flat=True))


def _by(user: Any) -> bool:
    found = list(AuditEntry.objects.values_list("actor_id", "subject_id", "data"))
    return all(entry == (user.id, user.id, {}) for entry in found)


def test_every_change_that_is_told_by_mail_is_audited() -> None:
    assert set(CHANGES.values()) <= set(audited()) & events()


def test_setting_up_an_app_and_removing_it(as_learner: Any, learner: Any, secret: str) -> None:
    prove(as_learner)
    as_learner.post(f"{SECURITY}recovery-codes/generate/", {"code": code_of(secret)})
    as_learner.post(f"{SECURITY}totp/deactivate/", {})

    assert sorted(_noted()) == [
        "user.recovery_codes_made",
        "user.second_step_added",
        "user.second_step_removed",
    ]
    assert _by(learner)
    assert not Authenticator.objects.filter(type="totp").exists()


def test_a_passkey_that_goes(as_learner: Any, learner: Any) -> None:
    data = {"name": "Key", "passwordless": True, "credential": {}}
    key = Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data=data)
    prove(as_learner)

    as_learner.post(f"{SECURITY}passkeys/{key.pk}/remove/")

    assert not Authenticator.objects.exists()
    assert _noted() == ["user.passkey_removed"]
    assert _by(learner)


@pytest.mark.parametrize("notice", list(CHANGES))
def test_whatever_is_told_is_noted(learner: Any, notice: str) -> None:
    note_change(notice=notice, user=learner)

    assert _noted() == [CHANGES[notice]]


def test_another_password(as_learner: Any, learner: Any) -> None:
    as_learner.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert _noted() == ["user.password_changed"]
    assert _by(learner)
    assert AuditEntry.objects.get().data == {}


def test_a_password_chosen_by_mail(client: Any, learner: Any, sent: Any) -> None:
    client.post("/account/password/reset/", {"email": learner.email})
    page = client.get(link_in(sent[0]), follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW_PASSWORD})

    assert _noted() == ["user.password_recovered"]
    assert _by(learner)


def test_an_account_elsewhere_that_comes_and_goes(as_learner: Any, learner: Any, issuer: Any) -> None:
    prove(as_learner)
    sign_in_by(as_learner, issuer, process="connect")
    cache.clear()
    as_learner.post("/account/identities/", {"account": str(SocialAccount.objects.get().pk)})

    assert _noted() == ["user.identity_linked", "user.identity_unlinked"]
    assert _by(learner)


def test_browsers_and_programs_that_are_signed_out(as_learner: Any, learner: Any, client: Any) -> None:
    client.force_login(learner)
    other = Session.objects.order_by("-last_seen_at")[0]
    grant_tokens(user=learner)

    as_learner.post(f"/account/sessions/{other.id}/removal/")
    as_learner.post(f"/account/programs/{learner.grants.get().id}/removal/")
    as_learner.post("/account/sessions/removal/", {"but": "this"})

    assert _noted() == ["user.session_ended", "user.program_ended", "user.signed_out_elsewhere"]
    assert _by(learner)


def test_what_was_refused_is_not_noted(as_learner: Any, learner: Any) -> None:
    as_learner.post("/account/password/change/", {"oldpassword": "Wrong-guess-1", "password1": NEW_PASSWORD})
    as_learner.post(f"{SECURITY}totp/activate/", {"code": "000000"})

    assert _noted() == []
