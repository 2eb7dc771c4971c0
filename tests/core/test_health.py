"""What a load balancer asks."""

import shutil
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.durable import workers
from tests.database import url_of_test_database


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_ready_process_says_how_many_workers_there_are(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "ok", "workers": 0}


def test_a_disk_without_room_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=99_999_999))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "disk": "full"})


@pytest.mark.django_db
def test_a_worker_that_asks_nothing_any_more_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(Address.parse(url_of_test_database()), autocommit=True) as worker:
        worker.execute("select pg_advisory_lock(%s, 1)", [workers.NAMESPACE])

        at_work = workers.workers_running()
        monkeypatch.setattr(workers, "HANGS_SECONDS", 0)
        hanging = workers.workers_running()

    assert (at_work, hanging) == (1, 0)


@pytest.mark.django_db
def test_waiting_migrations_are_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'learning'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "not migrated"}
