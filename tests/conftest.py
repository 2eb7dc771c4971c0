"""The cast, and the house rules of every test: a real PostgreSQL, no network beyond this machine."""

import ipaddress
import itertools
import os
import re
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.database import AsMigrated, make_database, start_for_tests, stop_for_tests
from tests.hiring import Staff

_HOME = tempfile.TemporaryDirectory(prefix="momentum-test-")
_SERVER = None
_NUMBERS = itertools.count()
# What takes some minutes, in the order in which it does; first those that start processes and wait for them.
_LONGEST = (
    "cli/test_start_paths.py",
    "cli/test_run.py",
    "payments/test_crash.py",
    "studio/test_crash.py",
    "core/test_worker.py",
    "cli/test_quiet_logs.py",
    "test_database_away.py",
    "mail/test_workers.py",
    "privacy/test_workers.py",
    "studio/test_models.py",
    "payments/test_at_once.py",
    "payments/test_premium.py",
    "test_canary.py",
    "payments/test_webhooks.py",
    "demo/test_demo.py",
    "providers/writer/test_extractive.py",
    "fuzz/test_routes.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Start this run's own database server before Django reads its settings."""
    global _SERVER  # noqa: PLW0603 - pytest gives hooks nothing else to keep it in
    os.environ["MOMENTUM_HOME"] = _HOME.name
    os.environ["MOMENTUM_MODE"] = "development"
    os.environ.setdefault("MOMENTUM_LOG_LEVEL", "WARNING")
    if not hasattr(config, "workerinput") or "MOMENTUM_DATABASE_URL" not in os.environ:
        _SERVER = start_for_tests()
        os.environ["MOMENTUM_DATABASE_URL"] = _SERVER.url
    os.environ["DJANGO_SETTINGS_MODULE"] = "momentum.settings"
    (Path(_HOME.name) / "static").mkdir()
    import django

    # pytest-django would read the settings before this hook if it knew their module's name.
    django.setup()
    _plain_and_quick()


def _plain_and_quick() -> None:
    """Find static files by their own names, and hash passwords in no time."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files where several work: each file is one's, and none is waited for in the end."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    first = {Path(__file__).parent / name: place for place, name in enumerate(_LONGEST)}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (first.get(item.path, len(first)), -tests[item.path]))


def pytest_unconfigure() -> None:
    if _SERVER is not None:
        stop_for_tests(_SERVER)
    _HOME.cleanup()


_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
        message = f"a test tried to reach {address[0]}; tests stay on this machine"
        raise RuntimeError(message)
    _connect(self, address)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


socket.socket.connect = _loopback_only  # type: ignore[method-assign]  # the block is the point


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Give this process a database of its own, in the place of the one that pytest-django would make step by step."""
    from django.conf import settings
    from django.db import connection, connections

    from momentum.core.zones import known_to_both
    from momentum.events.queries.public_version import asker

    name = f"test_momentum_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    make_database(name)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        _put_back_after_tests_that_commit()
        known_to_both()  # asked once in a process; no test counts it among its queries
    yield
    with django_db_blocker.unblock():
        connection.close()
        asker.submit(connections.close_all).result()


def _put_back_after_tests_that_commit() -> None:
    """Put back what migrations left, once, in the place of emptying every table and filling it anew."""
    from django.test import TransactionTestCase

    left = AsMigrated()

    def put_back(test: TransactionTestCase) -> None:
        left.put_back()

    TransactionTestCase._fixture_teardown = put_back  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, request: pytest.FixtureRequest) -> None:
    """Give each test its own folders for files, which are made once a file is put there."""
    if "tmp_path" in request.fixturenames:
        own = request.getfixturevalue("tmp_path")
    else:
        own = Path(_HOME.name) / "tests" / str(next(_NUMBERS))
    settings.MEDIA_ROOT = own / "media"
    settings.MAIL_DIRECTORY = own / "mail"


@pytest.fixture(autouse=True)
def site_settings(settings: Any) -> Any:
    """Start each test with the defaults of what an administrator may change, and change it."""
    from tests.site_settings import SiteSettings

    return SiteSettings(settings)


@pytest.fixture(autouse=True)
def _no_edited_mail() -> None:
    """Start each test with no kind of mail edited or switched off; nothing asks before a test changes that."""
    from momentum.mail.queries.edits import Edits, edits

    edits.start(Edits(frozenset(), {}))


@pytest.fixture(autouse=True)
def _nobody_waits() -> None:
    """Start each test with no conversation that waits; pages of the panel ask how many do once a test changes that."""
    from momentum.support.queries.conversations import waiting_count

    waiting_count.start(0)


@pytest.fixture(autouse=True)
def _what_is_shared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start each test with nothing kept, and let what it writes by hand, without an event, end what is kept, too.

    The version of what is public is asked for in a thread, which only sees what is committed: only tests that commit
    have it asked.
    """
    from django.db import connection

    from momentum.events.queries import public_version

    def forget_after(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        result = execute(sql, params, many, context)
        if PUBLIC_WRITE.match(str(sql)):
            public_version.forget_all()
        return result

    public_version.forget_all()
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        public_version.public_version.changed()
    else:
        monkeypatch.setattr(public_version.public_version, "current", lambda: 1)
    with connection.execute_wrapper(forget_after):
        yield


# Statements that change what is the same for everybody.
PUBLIC_WRITE = re.compile(
    r"\s*(insert into|update|delete from) "
    r'"?(catalog_|learning_review|learning_enrolment|accounts_user|studio_|search_)',
    re.IGNORECASE,
)


@pytest.fixture
def password() -> str:
    """Every member of the cast signs in with this."""
    return "Correct-horse-7"


@pytest.fixture
def admin(db: None) -> Any:
    """Runs the place."""
    from tests.factories import make_user

    return make_user(email="ada@example.com", name="Ada Admin", role="admin")


@pytest.fixture
def learner(db: None) -> Any:
    """Has an account and nothing else."""
    from tests.factories import make_user

    return make_user(email="lea@example.com", name="Lea Learner")


@pytest.fixture
def other_learner(db: None) -> Any:
    """A stranger to the learner: must never see or change what is hers."""
    from tests.factories import make_user

    return make_user(email="otto@example.com", name="Otto Other")


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A world in which every address leads to something: made once for all the tests of a module."""
    from tests.world import making_world

    with django_db_blocker.unblock(), making_world() as made:
        yield made


@pytest.fixture
def world(shared: Any, db: None, settings: Any) -> Any:
    """The same for each test, which changes it in a transaction of its own."""
    from tests.world import lay_out_files

    options = {"file_path": str(settings.MAIL_DIRECTORY)}
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": options}}
    lay_out_files(shared)
    return shared


@pytest.fixture
def staff(transactional_db: None, tmp_path: Path) -> Iterator[Staff]:
    """Real workers, which are gone after the test."""
    hired = Staff(tmp_path)
    yield hired
    hired.dismiss()


@pytest.fixture
def as_admin(admin: Any) -> Any:
    """A browser in which the admin is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def as_learner(learner: Any) -> Any:
    """A browser in which the learner is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(learner)
    return client


@pytest.fixture
def as_other_learner(other_learner: Any) -> Any:
    """A browser in which the other learner is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(other_learner)
    return client
