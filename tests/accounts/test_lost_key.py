"""After the secret key was lost: no page breaks, and there is a way back in, for each as far as it is safe."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from momentum import cli
from momentum.cli.doctor import installation
from momentum.events.models import Event
from momentum.mail.models import Email
from tests.accounts.conftest import link_in
from tests.accounts.proving import SECURITY, code_of, prove
from tests.pages import soup

pytestmark = pytest.mark.django_db
KEY = django_settings.SECRET_KEY
OTHER = "another-key-" + "x7Qw9" * 10
SECRET = "JBSWY3DPEHPK3PXP"
CODE = f"{SECURITY}authenticate/"
ASK = f"{SECURITY}lost-codes/"


@pytest.fixture
def protected(learner: Any, settings: Any) -> Any:
    """Give a learner with an app and recovery codes, whose key is lost."""
    TOTP.activate(learner, SECRET)
    RecoveryCodes.activate(learner)
    settings.SECRET_KEY = OTHER
    return learner


@pytest.fixture
def half_way(client: Client, protected: Any, sign_in: Any) -> Client:
    """Give a browser in which they entered their password."""
    sign_in(client, protected.email)
    return client


@pytest.fixture
def link(half_way: Client, sent: Any) -> str:
    half_way.post(ASK)
    return link_in(sent[-1])


def _is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def _held(user: Any) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def _add_passkey(user: Any) -> None:
    point = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
    credential = AttestedCredentialData.create(Aaguid.NONE, b"phone", CoseKey.parse(point))
    flags = AuthenticatorData.FLAG.USER_PRESENT | AuthenticatorData.FLAG.ATTESTED
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, credential)
    made = {
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        "clientDataJSON": websafe_encode(
            b'{"type":"webauthn.create","challenge":"AA","origin":"http://localhost"}'
        ),
    }
    name = websafe_encode(b"phone")
    kept = {"id": name, "rawId": name, "type": "public-key", "response": made, "clientExtensionResults": {}}
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Phone", "credential": kept})


def test_after_the_right_password_one_is_told_and_a_mailed_link_leads_back_in(
    half_way: Client, protected: Any, sent: Any
) -> None:
    told = half_way.get(CODE)
    asked = half_way.post(ASK, follow=True)
    link = link_in(sent[-1])
    opened = half_way.get(link)
    untouched = _held(protected)

    followed = half_way.post(link)

    assert "We can’t check your codes" in told.text
    assert "Email me a link" in told.text
    assert f"We sent a link to {protected.email}." in asked.text
    assert "Turn off and sign in" in opened.text
    assert untouched == ["recovery_codes", "totp"]
    assert followed.headers["Location"] == f"{SECURITY}totp/activate/"
    assert "Set up authenticator app" in half_way.get(followed.headers["Location"]).text
    assert _held(protected) == []
    subjects = [message.subject for message in sent]
    assert subjects[:2] == ["Turn off your old two-factor codes", "Authenticator app turned off"]
    assert Event.objects.filter(name="user.second_step_recovered", actor_id=protected.id).count() == 1
    kept = Email.objects.get(kind="accounts.lost_codes")
    assert (kept.text, kept.html) == ("", "")


def test_the_link_works_once(half_way: Client, link: str, protected: Any, sign_in: Any) -> None:
    half_way.post(link)
    TOTP.activate(protected, SECRET)
    again = Client()
    sign_in(again, protected.email)

    answers = [again.get(link).status_code, again.post(link).status_code, half_way.post(link).status_code]

    assert answers == [404] * 3
    assert _held(protected) == ["totp"]
    assert not _is_in(again)


def test_it_is_good_for_a_quarter_of_an_hour(
    half_way: Client, link: str, protected: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = (timezone.now() + timedelta(minutes=15, seconds=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    sign_in(half_way, protected.email)

    assert half_way.post(link).status_code == 404
    assert len(_held(protected)) == 2


def test_a_link_that_was_changed_is_none(half_way: Client, link: str, protected: Any) -> None:
    changed = [link[:-2] + "/", link.swapcase(), f"{ASK}x/"]

    assert [half_way.post(one).status_code for one in changed] == [404] * 3
    assert len(_held(protected)) == 2


def test_in_another_browser_the_password_comes_first(link: str, protected: Any, sign_in: Any) -> None:
    other = Client()

    sent_to_sign_in = [other.post(link).headers["Location"], other.get(link, follow=True)]
    without_password = len(_held(protected))
    sign_in(other, protected.email)
    led_back = other.get(CODE)
    followed = other.post(led_back.headers["Location"])

    assert sent_to_sign_in[0] == "/account/login/"
    assert "Sign in from this browser first." in sent_to_sign_in[1].text
    assert without_password == 2
    assert led_back.headers["Location"] == link
    assert followed.status_code == 302
    assert _is_in(other)


def test_where_somebody_else_is_signed_in_it_does_nothing(
    link: str, protected: Any, other_learner: Any
) -> None:
    browser = Client()
    browser.force_login(other_learner)

    assert [browser.get(link).status_code, browser.post(link).status_code] == [409, 409]
    assert len(_held(protected)) == 2


def test_the_password_of_another_account_is_not_enough(
    link: str, protected: Any, other_learner: Any, sign_in: Any
) -> None:
    TOTP.activate(other_learner, SECRET)
    browser = Client()
    sign_in(browser, other_learner.email)

    assert browser.post(link).headers["Location"] == "/account/login/"
    assert len(_held(protected)) == 2


def test_without_the_password_no_link_is_sent(
    client: Client, protected: Any, sign_in: Any, sent: Any
) -> None:
    sign_in(client, protected.email, "Wrong-guess-1")

    assert client.post(ASK).headers["Location"] == "/account/login/"
    assert sent == []


def test_what_can_be_read_is_never_turned_off_this_way(
    client: Client, learner: Any, sign_in: Any, sent: Any
) -> None:
    TOTP.activate(learner, SECRET)
    sign_in(client, learner.email)

    asked = client.post(ASK)

    assert asked.status_code == 403
    assert sent == []
    assert "Code" in client.get(CODE).text
    assert _held(learner) == ["totp"]


def test_a_key_that_was_found_again_makes_the_link_worthless(
    half_way: Client, link: str, protected: Any, sign_in: Any, settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS = [KEY]

    assert half_way.post(link).status_code == 404
    assert _held(protected) == ["recovery_codes", "totp"]


def test_administrators_are_let_in_by_the_operator_alone(
    client: Client, protected: Any, sign_in: Any, sent: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    type(protected).objects.filter(pk=protected.pk).update(role="admin")
    sign_in(client, protected.email)

    told = client.get(CODE)
    asked = client.post(ASK)
    held = len(_held(protected))
    cli.main(["recover", protected.email])
    again = client.get(CODE)
    sign_in(client, protected.email)

    assert f"momentum recover {protected.email}" in told.text
    assert not soup(told).select(f"form[action='{ASK}']")
    assert (asked.status_code, held) == (403, 2)
    assert again.headers["Location"] == "/account/login/"
    assert [message.subject for message in sent][:1] == ["Authenticator app turned off"]
    assert _is_in(client)


def test_who_became_an_administrator_or_was_suspended_since_has_no_link(
    half_way: Client, link: str, protected: Any
) -> None:
    people = type(protected).objects.filter(pk=protected.pk)
    people.update(role="admin")
    as_admin = half_way.post(link).status_code
    people.update(role="free", is_active=False)

    answers = [half_way.post(link).status_code, half_way.post(ASK).status_code]

    assert (as_admin, answers) == (404, [404, 403])
    assert len(_held(protected)) == 2
    assert not _is_in(half_way)


def test_links_are_counted_whatever_browser_asks(
    half_way: Client, protected: Any, sign_in: Any, sent: Any
) -> None:
    other = Client()
    sign_in(other, protected.email)

    answers = [browser.post(ASK).status_code for browser in (half_way, other, half_way, other, half_way)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(sent) == 3


def test_with_a_passkey_left_no_mailbox_opens_the_account(
    half_way: Client, protected: Any, sent: Any
) -> None:
    _add_passkey(protected)

    page, asked = half_way.get(CODE), half_way.post(ASK)

    assert "Use a passkey to finish signing in." in page.text
    assert not soup(page).select("input[name='code']")
    assert asked.status_code == 403
    assert sent == []


def test_who_came_in_with_a_passkey_sets_up_new_codes_on_pages_that_do_not_break(
    client: Client, protected: Any, committed: None
) -> None:
    _add_passkey(protected)
    client.force_login(protected)
    prove(client)

    index = client.get(SECURITY)
    led = [client.get(f"{SECURITY}recovery-codes/{page}") for page in ("", "download/")]
    offered = client.get(f"{SECURITY}recovery-codes/generate/")
    client.post(f"{SECURITY}totp/deactivate/")
    client.post(f"{SECURITY}recovery-codes/generate/")

    assert index.text.count("Not working") == 2
    assert [answer.headers["Location"] for answer in led] == [SECURITY] * 2
    assert "You’ll get ten codes." in offered.text
    assert "10 of 10 remaining" in client.get(f"{SECURITY}recovery-codes/").text


def test_old_recovery_codes_do_not_stand_before_a_new_app(
    client: Client, protected: Any, sign_in: Any
) -> None:
    Authenticator.objects.filter(type="totp").delete()
    TOTP.activate(protected, SECRET)
    sign_in(client, protected.email)

    wrong = client.post(CODE, {"code": "000000"})
    cache.clear()
    right = client.post(CODE, {"code": code_of(SECRET)})

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert _is_in(client)


def test_programs_are_refused_with_what_to_do(client: Client, protected: Any, password: str) -> None:
    asked = {"email": protected.email, "password": password, "code": "123456"}

    answer = client.post("/api/auth/token", asked, content_type="application/json")

    assert answer.status_code == 503
    assert "Sign in on the website" in answer.text


def test_recover_turns_off_only_what_can_t_be_read_and_lets_people_in(
    client: Client,
    protected: Any,
    other_learner: Any,
    sign_in: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    TOTP.activate(other_learner, SECRET)
    with pytest.raises(Exception, match="two-factor codes of 1 people"):
        installation.secret_key()

    assert cli.main(["recover", "--list"]) == 0
    assert cli.main(["recover", other_learner.email]) == 0
    assert Authenticator.objects.count() == 3
    assert cli.main(["recover"]) == 0

    assert capsys.readouterr().out.count(protected.email) == 2
    assert [held.user for held in Authenticator.objects.all()] == [other_learner]
    sign_in(client, protected.email)
    assert _is_in(client)
