"""In production nothing that somebody typed, and nothing that says who they are, is in what the processes write."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import requests

from momentum.core import postgres
from tests.database import lay_out_migrated
from tests.hiring import wait_for
from tests.installation import ADMIN, BASE, Installation, is_ready, make_admin
from tests.processes import free_port

pytestmark = pytest.mark.processes

WORD = "quetzalcoatlus"
ADDRESS = f"{WORD}@example.com"
PASSWORD = "Battery-stapled-93"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_web_and_worker_write_no_word_of_anybody(stack: ExitStack) -> None:
    own, data = (Path(tempfile.mkdtemp(prefix="momentum-quiet-")) for _folder in range(2))
    for folder in (own, data):
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    lay_out_migrated(data)
    server = stack.enter_context(postgres.start(data, port=free_port(), durable=False))
    production = Installation(
        own / "home",
        stack,
        MOMENTUM_DATABASE_URL=server.url,
        MOMENTUM_MODE="production",
        MOMENTUM_SECRET_KEY="k3Yz-" + "9fQwLmNx7RtVbC2sHdJ" * 3,
        MOMENTUM_BASE_URL=BASE,
        MOMENTUM_BEHIND_PROXY="true",
        MOMENTUM_PAYMENTS="sandbox",
        MOMENTUM_SANDBOX_IN_PRODUCTION="yes",
        MOMENTUM_LOG_LEVEL="INFO",
        # Nobody takes mail there: each fails in the worker, with its address.
        MOMENTUM_SMTP_HOST="127.0.0.1",
        MOMENTUM_SMTP_PORT=str(free_port()),
    )
    password = make_admin(production)
    visitor = production.web(BASE)
    production.start("worker")
    wait_for(is_ready(visitor, workers=1), 120)

    for path in (f"/?q={WORD}", f"/courses/?q={WORD}&email={ADDRESS}", f"/{WORD}/", f"/learners/{WORD}/"):
        assert visitor.open(path).status_code in {200, 404}
    joined = visitor.send("/account/signup/", email=ADDRESS, name=WORD, password1=PASSWORD)
    assert joined.status_code == 302
    visitor.send("/account/login/", login=ADDRESS, password=f"{WORD}-B2!")
    visitor.send("/account/password/reset/", email=f"nobody.{ADDRESS}")
    visitor.send("/account/login/", login=ADMIN, password=password)
    _send_what_no_browser_would(visitor.address)
    with psycopg.connect(server.url, autocommit=True) as database:
        database.execute("alter table search_document rename to elsewhere")
        broken = visitor.open(f"/courses/?q={WORD}+broken&email={ADDRESS}")
        database.execute("alter table elsewhere rename to search_document")
    wait_for(lambda: "was not taken" in production.said(1_000_000), 60)

    said = production.said(1_000_000)
    assert broken.status_code == 500
    canaries = (WORD, ADMIN, PASSWORD, password)
    assert [line for line in said.splitlines() if any(word in line for word in canaries)] == []
    assert "UndefinedTable" in said
    assert "GET /courses/" in said


def _send_what_no_browser_would(address: str) -> None:
    proxied = {
        "Host": "learn.example.com",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": f"203.0.113.7, {WORD}",
    }
    spoken = {
        "User-Agent": WORD,
        "Referer": f"{BASE}/{WORD}",
        "X-Request-ID": WORD,
        "Authorization": f"Bearer {WORD}",
    }
    asked = [
        ("GET", f"/api/ai-generation/status/{WORD}", b""),
        ("POST", "/api/auth/token", f'{{"email": "{ADDRESS}", "password": "{WORD}"}}'.encode()),
        ("POST", "/api/auth/token", f'{{"email": "{WORD}'.encode()),
        ("POST", f"/payments/webhook/?q={WORD}", WORD.encode()),
        ("POST", "/account/login/", f"login={ADDRESS}&password={WORD}".encode()),
        ("GET", f"/courses/%00{WORD}", b""),
    ]
    for method, path, body in asked:
        requests.request(
            method,
            address + path,
            data=body,
            headers={**proxied, **spoken},
            timeout=60,
            allow_redirects=False,
        )
    requests.get(address, headers={**proxied, "Host": f"{WORD}.example"}, timeout=60, allow_redirects=False)
