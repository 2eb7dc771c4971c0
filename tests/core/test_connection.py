"""Connections that are kept between requests: good until the server says otherwise."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext


def _next_request() -> None:
    """As Django does at the end of a request, and at the beginning of the next."""
    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = False


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _throw_out(backend: int) -> None:
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [backend])
        assert cursor.fetchone() == (True,)
    other.close()


@pytest.fixture
def kept(transactional_db: None) -> Iterator[None]:
    connection.close()
    connection.settings_dict["CONN_HEALTH_CHECKS"] = True
    connection.ensure_connection()
    yield
    connection.settings_dict["CONN_HEALTH_CHECKS"] = False
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_good_connection_is_used_again_and_not_asked(kept: None) -> None:
    before = _backend()
    _next_request()

    with CaptureQueriesContext(connection) as asked:
        after = _backend()

    assert (before, len(asked)) == (after, 1)


@pytest.mark.django_db(transaction=True)
def test_a_request_never_meets_a_connection_that_the_server_has_closed(kept: None) -> None:
    _throw_out(_backend())
    with pytest.raises(OperationalError):
        _backend()  # within the same request there is no help
    connection.close()
    before = _backend()
    _throw_out(before)
    _next_request()

    assert _backend() != before


def test_statements_are_planned_once_unless_a_pooler_can_t_take_that() -> None:
    say = (
        "from momentum import settings; print(settings.DATABASES['default']['OPTIONS']['prepare_threshold'])"
    )

    def said(query: str) -> str:
        environment = {**os.environ, "MOMENTUM_DATABASE_URL": f"postgresql://localhost/name{query}"}
        answer = subprocess.run(
            [sys.executable, "-c", say], env=environment, capture_output=True, text=True, check=False
        )
        return (answer.stdout or answer.stderr).strip()

    assert [said(""), said("?prepare_threshold=2"), said("?prepare_threshold=off")] == ["5", "2", "None"]
    assert "prepare_threshold=5, or another number, or off" in said("?prepare_threshold=no")
