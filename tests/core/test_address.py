"""Where the database is: read once, written as each library wants it."""

import os
import subprocess
import sys
from typing import Any

import psycopg
import pytest
from django.db import connection

from momentum.core.database import process_kinds
from momentum.core.database.address import Address
from momentum.core.database.connections import connect, greet
from momentum.core.database.errors import PostgresError
from momentum.core.database.process_kinds import PATIENCE, Kind
from momentum.core.environment import BadSettingError
from tests.database import url_of_test_database

FULL = (
    "postgresql://lea:p%40ss%2Fw%3Frd@db.example.org:6432/my%20courses?sslmode=require&prepare_threshold=off"
)


def test_each_library_gets_it_as_it_wants_it() -> None:
    address = Address.parse(FULL)

    django = address.django(connect_timeout="5")
    assert (django["NAME"], django["USER"], django["PASSWORD"]) == ("my courses", "lea", "p@ss/w?rd")
    assert (django["HOST"], django["PORT"]) == ("db.example.org", "6432")
    assert django["OPTIONS"] == {
        "server_side_binding": True,
        "prepare_threshold": None,
        "connect_timeout": "5",
        "sslmode": "require",
    }
    assert "p@ss" not in address.libpq()
    assert "prepare_threshold" not in address.libpq() + address.url()
    assert Address.parse(address.url()).parameters == address.parameters
    assert "p@ss" not in repr(address)


def test_a_socket_and_several_servers_are_addresses_too() -> None:
    socket = Address.parse("postgresql://momentum@/momentum?host=/run/a%20b&port=5432")
    many = Address.parse("postgresql://a:1,b:2/momentum?target_session_attrs=read-write")

    assert socket.django()["HOST"] == "/run/a b"
    assert (many.django()["HOST"], many.django()["PORT"]) == ("a,b", "1,2")
    for address in (socket, many):
        assert Address.parse(address.url()).parameters == address.parameters


@pytest.mark.parametrize(
    "url",
    [
        "mysql://lea:secret@localhost/momentum",
        "postgresql://lea:secret@localhost",
        "postgresql://lea:secret@localhost/momentum?colour=red",
        "postgresql://lea:secret@local host:x/momentum",
        "postgresql://lea:secret@localhost/momentum?prepare_threshold=often",
    ],
)
def test_what_is_no_address_is_refused_without_its_secrets(url: str) -> None:
    with pytest.raises(BadSettingError) as refused:
        Address.parse(url)

    assert "MOMENTUM_DATABASE_URL is " in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_direct_address_alone_is_refused() -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "MOMENTUM_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "momentum", "doctor"],
        env=surroundings | {"MOMENTUM_DATABASE_DIRECT_URL": "postgresql://localhost/momentum"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert (
        "MOMENTUM_DATABASE_URL is '', but it must be set where MOMENTUM_DATABASE_DIRECT_URL is" in done.stdout
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_process_waits_as_long_as_it_may(kind: Kind) -> None:
    with connect(Address.parse(url_of_test_database()), kind) as made:
        waits = made.execute(
            "select extract(epoch from current_setting(name)::interval)::int from"
            " unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) name"
        ).fetchall()
        named = made.execute("show application_name").fetchone()
        parameters = made.info.get_parameters()

    patience = PATIENCE[kind]
    assert [seconds for (seconds,) in waits] == [patience.statement, patience.lock, patience.idle]
    assert named == (f"momentum {kind}",)
    assert parameters["connect_timeout"] == str(patience.connect)
    assert (parameters["keepalives_idle"], parameters["tcp_user_timeout"]) == ("30", "30000")


@pytest.mark.django_db(transaction=True)
def test_django_s_connections_are_made_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("momentum.core.database.base.current", lambda: Kind.WEB)
    connection.close()

    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        waits = cursor.fetchone()
    connection.close()

    assert waits == ("30s",)
    assert process_kinds.current() is Kind.COMMAND


class _Fifteen:
    """What is known of a connection to a server of last year's."""

    server_version = 150_004

    @staticmethod
    def parameter_status(name: str) -> str:
        return {"server_version": "15.4"}[name]


@pytest.mark.django_db
def test_a_server_that_is_too_old_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Any = psycopg.connect(url_of_test_database())
    monkeypatch.setattr(psycopg.Connection, "info", _Fifteen)

    with pytest.raises(PostgresError) as refused:
        greet(made, Kind.COMMAND)
    made.close()

    assert str(refused.value) == (
        "The server is PostgreSQL 15.4; Momentum needs 16 or newer. Upgrade it, or unset MOMENTUM_DATABASE_URL to use"
        " the embedded one."
    )
