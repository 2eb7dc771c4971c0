"""The second step of signing in: an authenticator app, recovery codes, and what both refuse."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from momentum.mail.models import Email
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in
from tests.accounts.proving import SECURITY, code_of, prove
from tests.factories import make_user
from tests.mailing import deliver


def test_it_is_off_at_first(as_learner: Any) -> None:
    page = as_learner.get(SECURITY).text

    assert "Set up authenticator app" in page
    assert "Recovery codes" not in page


@pytest.mark.parametrize(
    "path", ["totp/activate/", "passkeys/add/", "recovery-codes/generate/", "passkeys/1/remove/"]
)
def test_nothing_is_changed_before_the_password_was_given_again(
    as_learner: Any, learner: Any, path: str
) -> None:
    for answer in (as_learner.get(SECURITY + path), as_learner.post(SECURITY + path, {"code": "000000"})):
        assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")

    assert not Authenticator.objects.exists()


def test_proof_is_good_for_five_minutes(as_learner: Any, monkeypatch: Any) -> None:
    prove(as_learner)
    assert as_learner.get(f"{SECURITY}totp/activate/").status_code == 200

    later = time.time() + 301
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)

    assert as_learner.get(f"{SECURITY}totp/activate/").status_code == 302


def test_a_wrong_code_does_not_turn_it_on(as_learner: Any) -> None:
    prove(as_learner)
    as_learner.get(f"{SECURITY}totp/activate/")

    page = as_learner.post(f"{SECURITY}totp/activate/", {"code": "123"}).text

    assert "Incorrect code." in page
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("spelling", ["{}", " {} ", "-"])
def test_the_code_that_turned_it_on_lets_nobody_in(
    as_learner: Any, learner: Any, sign_in: Any, committed: None, spelling: str
) -> None:
    prove(as_learner)
    page = as_learner.get(f"{SECURITY}totp/activate/").text
    (shown,) = re.findall(r'class="account__key">([A-Z2-7 ]+)<', page)
    code = code_of("".join(shown.split()))
    as_learner.post(f"{SECURITY}totp/activate/", {"code": code})
    client = Client()
    sign_in(client, learner.email)
    spelt = f"{code[:3]}-{code[3:]}" if "-" in spelling else spelling.format(code)

    answer = client.post(f"{SECURITY}authenticate/", {"code": spelt})

    assert answer.status_code == 200
    assert client.get("/profile/").status_code == 302


def test_turning_it_on_brings_ten_codes(as_learner: Any, codes: Any) -> None:
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"\d{8}", code) for code in codes)
    assert ">On<" in as_learner.get(SECURITY).text


def test_the_table_alone_makes_no_codes(secret: str, codes: Any) -> None:
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert not [code for code in codes if code in kept]


def test_what_was_sealed_before_the_secret_changed_is_still_read(
    secret: str, learner: Any, sign_in: Any, settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret that is long enough for this"
    client = Client()
    sign_in(client, learner.email)

    assert client.post(f"{SECURITY}authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_the_password_alone_no_longer_lets_anybody_in(secret: str, learner: Any, sign_in: Any) -> None:
    client = Client()

    answer = sign_in(client, learner.email)

    assert answer.headers["Location"] == f"{SECURITY}authenticate/"
    assert client.get("/profile/").status_code == 302
    assert client.get(SECURITY).status_code == 302
    assert "Two-factor authentication" in client.get(f"{SECURITY}authenticate/").text


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_the_code_of_now_or_of_half_a_minute_around_lets_in(
    secret: str, learner: Any, sign_in: Any, steps: int
) -> None:
    client = Client()
    sign_in(client, learner.email, fields={"next": "/profile/"})

    answer = client.post(f"{SECURITY}authenticate/", {"code": code_of(secret, steps=steps)})

    assert answer.headers["Location"] == "/profile/"
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize("code", ["", "000", "abcdef", "9" * 400, "１２３４５６", "\x00"])
def test_anything_else_does_not(secret: str, learner: Any, sign_in: Any, code: str) -> None:
    client = Client()
    sign_in(client, learner.email)

    assert client.post(f"{SECURITY}authenticate/", {"code": code}).status_code == 200
    assert client.post(f"{SECURITY}authenticate/", {"code": code_of(secret, steps=-4)}).status_code == 200
    assert client.get("/profile/").status_code == 302


def test_a_code_is_taken_once_for_as_long_as_it_is_right(
    secret: str, learner: Any, sign_in: Any, monkeypatch: Any
) -> None:
    code = code_of(secret, steps=1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, learner.email)
    first.post(f"{SECURITY}authenticate/", {"code": code})

    later = time.time() + 45
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    cache.delete(
        f"allauth.mfa.totp.used?user={learner.pk}&code={code}"
    )  # allauth's own, which has run out by now
    answer = second.post(f"{SECURITY}authenticate/", {"code": code})

    assert answer.status_code == 200
    assert first.get("/profile/").status_code == 200
    assert second.get("/profile/").status_code == 302


def test_a_recovery_code_lets_in_once(codes: Any, learner: Any, sign_in: Any, as_learner: Any) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, learner.email)
        client.post(f"{SECURITY}authenticate/", {"code": f"{codes[3][:4]} {codes[3][4:]}"})

    assert first.get("/profile/").status_code == 200
    assert second.get("/profile/").status_code == 302
    assert "9 remaining" in as_learner.get(SECURITY).text


def test_guessing_codes_is_limited_whatever_the_browser(secret: str, learner: Any, sign_in: Any) -> None:
    for n in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{n}")
        sign_in(client, learner.email)
        client.post(f"{SECURITY}authenticate/", {"code": f"00000{n}"})

    client = Client(REMOTE_ADDR="203.0.113.77")
    sign_in(client, learner.email)
    page = client.post(f"{SECURITY}authenticate/", {"code": code_of(secret)})

    assert "Too many attempts." in page.text
    assert client.get("/profile/").status_code == 302


def test_codes_are_downloaded_as_text_by_their_owner_alone(
    codes: Any, as_learner: Any, as_other_learner: Any
) -> None:
    answer = as_learner.get(f"{SECURITY}recovery-codes/download/")
    prove(as_other_learner)

    assert answer.headers["Content-Type"] == "text/plain"
    assert [line for line in answer.text.splitlines() if line.isdigit()] == codes
    assert "no-store" in answer.headers["Cache-Control"]
    assert as_other_learner.get(f"{SECURITY}recovery-codes/download/").status_code == 404


def test_new_codes_end_the_old_ones(codes: Any, as_learner: Any, learner: Any, sign_in: Any) -> None:
    as_learner.post(f"{SECURITY}recovery-codes/generate/")
    client = Client()
    sign_in(client, learner.email)

    client.post(f"{SECURITY}authenticate/", {"code": codes[0]})

    assert client.get("/profile/").status_code == 302


def test_turning_it_on_and_off_is_told_by_mail(as_learner: Any, secret: str, sent: Any) -> None:
    as_learner.post(f"{SECURITY}recovery-codes/generate/")
    as_learner.post(f"{SECURITY}totp/deactivate/")

    assert [(message.subject, message.to) for message in sent] == [
        ("Authenticator app turned on", ["lea@example.com"]),
        ("New recovery codes generated", ["lea@example.com"]),
        ("Authenticator app turned off", ["lea@example.com"]),
    ]
    assert not Authenticator.objects.exists()


def test_a_notice_that_cannot_be_sent_does_not_undo_what_was_done(
    as_learner: Any, secret: str, monkeypatch: Any
) -> None:
    def refuse(self: object, *args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    answer = as_learner.post(f"{SECURITY}totp/deactivate/")
    deliver()

    assert answer.status_code == 302
    assert not Authenticator.objects.exists()
    assert Email.objects.get(kind="accounts.totp_deactivated").state == "queued"


def test_without_it_one_is_in_with_the_password_again(
    secret: str, as_learner: Any, learner: Any, sign_in: Any
) -> None:
    as_learner.post(f"{SECURITY}totp/deactivate/")

    client = Client()
    sign_in(client, learner.email)

    assert client.get("/profile/").status_code == 200


def test_recovering_the_password_by_mail_does_not_go_round_it(
    secret: str, learner: Any, sign_in: Any, sent: Any
) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": learner.email})
    client.post(client.get(link_in(sent[-1])).headers["Location"], {"password1": NEW_PASSWORD})

    answer = sign_in(client, learner.email, NEW_PASSWORD)

    assert answer.headers["Location"] == f"{SECURITY}authenticate/"
    assert client.get("/profile/").status_code == 302


def test_a_code_proves_who_one_is_before_a_change(secret: str, as_learner: Any, monkeypatch: Any) -> None:
    later = time.time() + 301
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)
    path = f"{SECURITY}reauthenticate/"
    wrong = as_learner.post(path, {"code": "123456", "next": "/profile/"})
    right = as_learner.post(path, {"code": code_of(secret), "next": "/profile/"})

    assert "Incorrect code." in wrong.text
    assert right.headers["Location"] == "/profile/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_no_proof_leads_elsewhere(secret: str, as_learner: Any, target: str) -> None:
    answers = [
        as_learner.post("/account/reauthenticate/", {"password": PASSWORD, "next": target}),
        as_learner.post(f"{SECURITY}reauthenticate/", {"code": code_of(secret), "next": target}),
    ]

    assert [answer.headers["Location"] for answer in answers] == ["/account/landing/"] * 2


def test_who_has_not_confirmed_their_address_sets_up_nothing(client: Any, db: None) -> None:
    client.force_login(make_user(verified=False))
    prove(client)

    assert client.get(f"{SECURITY}totp/activate/").headers["Location"] == SECURITY
    assert "Confirm your email address first." in client.get(SECURITY).text
