"""After the secret key was lost: no page breaks, and there is a way back in."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from momentum import cli
from momentum.cli import doctor

pytestmark = pytest.mark.django_db
OTHER = "another-key-" + "x7Qw9" * 10


@pytest.fixture
def protected(learner: Any, settings: Any) -> Any:
    """Give a learner with an app and recovery codes, whose key is lost."""
    TOTP.activate(learner, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(learner)
    settings.SECRET_KEY = OTHER
    return learner


def _sign_in(client: Client, learner: Any, password: str) -> Any:
    return client.post("/account/login/", {"login": learner.email, "password": password}, follow=True)


def test_codes_that_nobody_can_read_are_refused_with_what_to_do(
    client: Client, protected: Any, password: str
) -> None:
    asked = _sign_in(client, protected, password)
    assert asked.request["PATH_INFO"] == "/account/2fa/authenticate/" or b'name="code"' in asked.content

    answer = client.post(asked.request["PATH_INFO"], {"code": "123456"})

    assert answer.status_code == 503
    assert b"the key that sealed them is lost" in answer.content
    assert Authenticator.objects.filter(user=protected).count() == 2


def test_recover_turns_off_only_what_can_t_be_read_and_lets_people_in(
    client: Client, protected: Any, other_learner: Any, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    TOTP.activate(other_learner, "JBSWY3DPEHPK3PXP")
    with pytest.raises(Exception, match="two-factor codes of 1 people"):
        doctor._secret_key()

    assert cli.main(["recover", "--list"]) == 0
    assert Authenticator.objects.count() == 3
    assert cli.main(["recover"]) == 0

    assert capsys.readouterr().out.count(protected.email) == 2
    assert [held.user for held in Authenticator.objects.all()] == [other_learner]
    _sign_in(client, protected, password)
    assert client.get("/profile/").status_code == 200
