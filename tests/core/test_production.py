"""In production a setting that would sell for nothing, or let strangers in, stops the start with one sentence."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from momentum.ui.errors import away, broken

KEY = "Vq8-" + "hT3mZ0xKcW7uRyP5nLbE" * 3
SOUND = {"MOMENTUM_SECRET_KEY": KEY, "MOMENTUM_BASE_URL": "https://learn.example.org"}
STRIPE = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}


def _start(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOMENTUM_", "STRIPE_"))
    }
    code = "from momentum import settings; print(settings.PAYMENTS, settings.SANDBOX_IN_PRODUCTION)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**others, "MOMENTUM_HOME": str(home), "MOMENTUM_MODE": "production", **SOUND, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            {"MOMENTUM_SECRET_KEY": ""},
            "MOMENTUM_SECRET_KEY is '', but it must be 50 random characters or more",
        ),
        ({"MOMENTUM_SECRET_KEY": KEY[:49]}, "MOMENTUM_SECRET_KEY is '(hidden)', but it must be 50 random"),
        (
            {"MOMENTUM_SECRET_KEY": "abc123" * 20},
            "MOMENTUM_SECRET_KEY is '(hidden)', but it must be 50 random",
        ),
        ({"MOMENTUM_SECRET_KEY": "Vq8hT3mZ0xKcW7" * 5}, "'(hidden)', but it must be 50 random"),
        (
            {"MOMENTUM_BASE_URL": ""},
            "MOMENTUM_BASE_URL is 'http://localhost:8000', but it must be the address",
        ),
        ({"MOMENTUM_BASE_URL": "http://learn.example.org"}, "with https, in production"),
        ({"MOMENTUM_BASE_URL": "https://"}, "with https, in production"),
        ({"MOMENTUM_BASE_URL": "learn.example.org"}, "with https, in production"),
        ({"MOMENTUM_BASE_URL": "https://learn.example.org/school"}, "in production, and no path"),
        ({"MOMENTUM_PAYMENTS": "sandbox"}, "MOMENTUM_SANDBOX_IN_PRODUCTION=yes allows it for a rehearsal"),
        (
            STRIPE | {"STRIPE_SECRET_KEY": "sk_test_1"},
            "a live key in production, since a test key takes no money",
        ),
        (STRIPE | {"STRIPE_SECRET_KEY": "rk_test_1"}, "STRIPE_SECRET_KEY is '(a test key)'"),
        (STRIPE | {"STRIPE_SECRET_KEY": "pk_test_1"}, "STRIPE_SECRET_KEY is '(a publishable key)'"),
    ],
)
def test_what_is_unsafe_in_production_stops_the_start(
    tmp_path: Path, chosen: dict[str, str], said: str
) -> None:
    refused = _start(tmp_path, **chosen)

    assert refused.returncode == 1
    assert said in refused.stderr.splitlines()[-1]
    assert KEY[:30] not in refused.stderr


@pytest.mark.parametrize("command", ["run", "web", "worker", "migrate"])
def test_a_start_that_is_refused_says_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, command: str
) -> None:
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOMENTUM_", "STRIPE_"))
    }
    unsafe = {**SOUND, "MOMENTUM_BASE_URL": "http://learn.example.org"}

    refused = subprocess.run(
        [sys.executable, "-m", "momentum", command],
        env={**others, "MOMENTUM_HOME": str(tmp_path), "MOMENTUM_MODE": "production", **unsafe},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr == (
        "momentum: MOMENTUM_BASE_URL is 'http://learn.example.org', but it must be the address that people use, with "
        "https, in production, and no path. Correct it and start again.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_what_is_sound_starts_and_a_rehearsal_needs_to_be_asked_for(tmp_path: Path) -> None:
    rehearsal = {"MOMENTUM_PAYMENTS": "sandbox", "MOMENTUM_SANDBOX_IN_PRODUCTION": "yes"}

    said = [_start(tmp_path, **settings).stdout for settings in ({}, STRIPE, rehearsal)]

    assert said == ["off False\n", "stripe False\n", "sandbox True\n"]
    assert list(tmp_path.iterdir()) == []


def test_in_a_rehearsal_pages_that_stand_by_themselves_say_so_too(rf: RequestFactory, settings: Any) -> None:
    pages = [lambda: broken(rf.get("/")), lambda: away(rf.get("/")), lambda: away(rf.post("/"))]
    assert all(b"Payments here are simulated." not in page().content for page in pages)

    settings.SANDBOX_IN_PRODUCTION = True

    assert all(b"Payments here are simulated." in page().content for page in pages)


@pytest.mark.django_db
def test_in_a_rehearsal_every_page_says_that_payments_are_simulated(
    client: Client, as_admin: Client, settings: Any
) -> None:
    pages = [(client, "/"), (client, "/courses/"), (client, "/nothing-here/"), (as_admin, "/panel/")]
    assert all(b"Payments here are simulated." not in who.get(path).content for who, path in pages)

    settings.SANDBOX_IN_PRODUCTION = True

    assert all(b"Payments here are simulated." in who.get(path).content for who, path in pages)
