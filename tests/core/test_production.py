"""In production a setting that would sell for nothing, or let strangers in, stops the start with one sentence."""

import json
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


# Libraries take most of the second in which settings are read: each case is a copy of one process that has them.
START = """
import json, os, sys
import cryptography.x509, django.conf, django.utils.csp, jwt, psycopg, pydantic, requests

folder, *cases = sys.argv[1:]
ended = []
for number, chosen in enumerate(cases):
    if (copy := os.fork()) == 0:
        for stream in (1, 2):
            os.dup2(os.open(f"{folder}/{number}.{stream}", os.O_WRONLY | os.O_CREAT), stream)
        os.environ.update(json.loads(chosen))
        from momentum import settings
        print(settings.PAYMENTS, settings.SANDBOX_IN_PRODUCTION)
        sys.exit()
    ended.append(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]))
print(json.dumps(ended))
"""


def _started(folder: Path, *cases: dict[str, str]) -> list[tuple[int, str, str]]:
    """Start with each of these settings beside the sound ones; return how each ends, what it says and complains of."""
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOMENTUM_", "STRIPE_"))
    }
    (folder / "said").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", START, folder / "said", *map(json.dumps, cases)],
        env={**others, "MOMENTUM_HOME": str(folder / "home"), "MOMENTUM_MODE": "production", **SOUND},
        check=True,
        stdout=subprocess.PIPE,
    )
    said = [
        [(folder / "said" / f"{number}.{stream}").read_text() for stream in (1, 2)]
        for number in range(len(cases))
    ]
    return [(code, *texts) for code, texts in zip(json.loads(done.stdout), said, strict=True)]


UNSAFE: list[tuple[dict[str, str], str]] = [
    (
        {"MOMENTUM_SECRET_KEY": ""},
        "MOMENTUM_SECRET_KEY is '', but it must be 50 random characters or more",
    ),
    ({"MOMENTUM_SECRET_KEY": KEY[:49]}, "MOMENTUM_SECRET_KEY is '(hidden)', but it must be 50 random"),
    ({"MOMENTUM_SECRET_KEY": "abc123" * 20}, "MOMENTUM_SECRET_KEY is '(hidden)', but it must be 50 random"),
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
]


def test_what_is_unsafe_in_production_stops_the_start(tmp_path: Path) -> None:
    refused = _started(tmp_path, *(chosen for chosen, _complaint in UNSAFE))

    for (chosen, complaint), (code, said, complained) in zip(UNSAFE, refused, strict=True):
        assert (code, said) == (1, ""), chosen
        assert complaint in complained.splitlines()[-1], chosen
        assert KEY[:30] not in complained, chosen


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

    started = _started(tmp_path, {}, STRIPE, rehearsal)

    assert started == [(0, "off False\n", ""), (0, "stripe False\n", ""), (0, "sandbox True\n", "")]
    assert not (tmp_path / "home").exists()


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
