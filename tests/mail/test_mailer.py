"""Which way mail goes, by the environment."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import mailers

from momentum.core.environment import BadSettingError
from momentum.mail.adapters.file_backend import EmailBackend
from momentum.providers.mail import configured

FOLDER = Path("mail")


def mailer() -> dict[str, object]:
    return configured.mailer(configured.way(), folder=FOLDER)


def test_without_a_server_mail_goes_to_files(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOMENTUM_SMTP_HOST", raising=False)
    settings.MAILERS = {"default": mailer()}

    assert isinstance(mailers.default, EmailBackend)
    assert mailers.default.folder == FOLDER


def test_a_server_is_used_as_it_is_described(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HOST", "mail.example"), ("PORT", "2525"), ("USER", "mo"), ("TLS", "no")):
        monkeypatch.setenv(f"MOMENTUM_SMTP_{name}", value)
    settings.MAILERS = {"default": mailer()}

    made = mailers.default
    assert (made.host, made.port, made.username) == ("mail.example", 2525, "mo")
    assert (made.use_tls, made.timeout) == (False, 10)


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOMENTUM_SMTP_HOST", "mail.example")
    monkeypatch.setenv("MOMENTUM_SMTP_PORT", "many")

    with pytest.raises(BadSettingError, match="MOMENTUM_SMTP_PORT"):
        mailer()
