"""Every way of starting that the README names, each walked to a page, a course and a mail."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from momentum.core import postgres
from tests.hiring import wait_for
from tests.installation import ADMIN, BASE, Installation, is_ready, make_admin
from tests.pgbouncer import pooling
from tests.processes import free_port
from tests.providers.pdfs import handbook
from tests.visitor import Visitor

pytestmark = pytest.mark.processes

CHECKOUT = Path(__file__).parents[2]
# As in a container whose code belongs to root: it may read what it must, and write nothing but its home.
NOBODY = [
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
]  # fmt: skip


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def _ask_for_a_course(visitor: Visitor, password: str, title: str) -> None:
    visitor.page("/")
    signed_in = visitor.send("/account/login/", login=ADMIN, password=password)
    assert signed_in.status_code == 302, signed_in.text[:500]
    category = visitor.page("/panel/studio/start/").select("select[name=category] option[value]")[-1]["value"]
    asked = visitor.send(
        "/panel/studio/start/",
        files=[("references", ("handbook.pdf", handbook(), "application/pdf"))],
        title=title,
        days="1",
        category=str(category),
    )
    assert asked.status_code == 302, asked.text[:2000]


def test_on_a_laptop_one_command_leads_to_a_page_a_course_and_a_mail(
    tmp_path: Path, stack: ExitStack
) -> None:
    port = free_port()
    laptop = Installation(tmp_path / "home", stack, PORT=str(port))
    laptop.start("run", "--no-demo")
    visitor = Visitor(f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    wait_for(is_ready(visitor, workers=1), 120)
    password = make_admin(laptop)

    _ask_for_a_course(visitor, password, "Bees on a laptop")

    wait_for(lambda: any(f"http://localhost:{port}/panel/" in text for text in laptop.mails()))


@pytest.fixture
def server(stack: ExitStack) -> postgres.Server:
    """Give a PostgreSQL of one's own, which asks for a password."""
    folder = Path(tempfile.mkdtemp(prefix="momentum-own-"))
    stack.callback(subprocess.run, ["rm", "-rf", str(folder)], check=False)
    return stack.enter_context(postgres.start(folder, port=free_port(), durable=False))


def test_on_servers_every_way_leads_to_a_page_a_course_and_a_mail(
    server: postgres.Server, stack: ExitStack
) -> None:
    """Own PostgreSQL, a pooler in front of it, two web and two worker processes, a proxy, a container's user."""
    pooled = stack.enter_context(pooling(server.address))
    user = NOBODY if os.geteuid() == 0 else []
    volume = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="momentum-volume-")))
    if user:
        os.chown(volume, 65534, 65534)
    home = volume / "home"
    own = Installation(
        home,
        stack,
        user=user,
        MOMENTUM_DATABASE_URL=server.url,
        MOMENTUM_MODE="production",
        MOMENTUM_SECRET_KEY="k3Yz-" + "9fQwLmNx7RtVbC2sHdJ" * 3,
        MOMENTUM_BASE_URL=BASE,
        MOMENTUM_BEHIND_PROXY="true",
    )
    behind = {"MOMENTUM_DATABASE_URL": pooled}
    before = _files_of_the_code()

    # What needs the server itself says so, and has done nothing.
    for command in (["migrate"], ["worker"], ["backup", str(volume / "x.tar")]):
        refused = own.run(*command, **behind)
        assert refused.returncode == 1
        assert "Set MOMENTUM_DATABASE_DIRECT_URL to the address of the server behind it" in refused.stderr
    assert _asked(server, "select count(*) from pg_class where relnamespace = 'public'::regnamespace") == 0

    both = behind | {"MOMENTUM_DATABASE_DIRECT_URL": server.url + "?prepare_threshold=off"}
    migrated = own.run("migrate", **both)
    assert migrated.returncode == 0, migrated.stderr
    password = make_admin(own, **both)
    webs = [own.web(BASE), own.web(BASE, **both)]
    own.start("worker")
    own.start("worker", **both)
    try:
        for visitor in webs:
            wait_for(is_ready(visitor, workers=2), 60)
    except AssertionError:
        pytest.fail(own.said())
    insecure = Visitor(webs[0].address, "http://learn.example.com")
    assert insecure.open("/").headers["Location"] == f"{BASE}/"

    for visitor, title in zip(webs, ("Bees behind a pooler", "Bees behind a proxy"), strict=True):
        _ask_for_a_course(visitor, password, title)

    wait_for(lambda: len([text for text in own.mails() if f"{BASE}/panel/studio/" in text]) == 2)
    assert _asked(server, "select count(*) from catalog_course") == 2
    doctor = own.run("doctor", **both)
    assert "WRONG" not in doctor.stdout, doctor.stdout
    backup = own.run("backup", str(volume / "all.tar"), **both)
    assert backup.returncode == 0, backup.stderr
    assert _files_of_the_code() == before


def _asked(server: postgres.Server, question: str) -> int:
    with psycopg.connect(server.url) as admin:
        row = admin.execute(question.encode()).fetchone()
    assert row
    return int(row[0])


def _files_of_the_code() -> set[Path]:
    return {path for path in (CHECKOUT / "momentum").rglob("*") if "__pycache__" not in path.parts}
