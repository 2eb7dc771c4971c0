"""What reading settings costs, and how soon a change is seen: in this transaction, this process, and in another."""

import logging
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from momentum.accounts.models import User
from momentum.core import recent
from momentum.payments.site_settings import PaymentSettings
from momentum.site.actions import change_settings
from momentum.site.models import StoredSection
from momentum.site.queries import current as module
from momentum.site.queries.current import current
from momentum.studio.site_settings import GenerationSettings

committing = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands still, so that nothing grows old while a test takes its time."""
    standing = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(recent, "time", SimpleNamespace(monotonic=lambda: standing.now))
    return standing


def _days() -> int:
    return current(PaymentSettings).premium_grace_days


def _elsewhere(days: int) -> None:
    """Change it as another process does, whose memory isn't ours."""
    StoredSection.objects.update_or_create(name="payments", defaults={"values": {"premium_grace_days": days}})


def test_all_sections_are_asked_for_by_one_statement_and_then_by_none(db: None, site_settings: Any) -> None:
    site_settings.ask_again()

    with CaptureQueriesContext(connection) as asked:
        first = [current(PaymentSettings), current(GenerationSettings)]
    with CaptureQueriesContext(connection) as asked_again:
        again = [
            section
            for _time in range(50)
            for section in (current(PaymentSettings), current(GenerationSettings))
        ]

    assert len(asked) == 1
    assert len(asked_again) == 0
    assert again == first * 50


def test_what_another_process_changed_is_seen_once_what_is_known_is_old(
    db: None, site_settings: Any, clock: SimpleNamespace
) -> None:
    site_settings.ask_again()
    assert _days() == 7
    _elsewhere(3)
    assert _days() == 7

    clock.now += recent.FRESH_SECONDS

    assert _days() == 3
    assert recent.FRESH_SECONDS < 1


@committing
def test_a_change_is_seen_by_its_transaction_at_once_and_by_others_once_it_is_committed(
    admin: User, site_settings: Any
) -> None:
    site_settings.ask_again()
    seen: list[int] = []

    def look() -> None:
        seen.append(_days())
        connections.close_all()

    with transaction.atomic():
        change_settings(actor=admin, section="payments", values={"premium_grace_days": 3})
        seen.append(_days())
        _in_thread(look)
    seen.append(_days())
    _in_thread(look)

    assert seen == [3, 7, 3, 3]


@committing
def test_a_change_that_is_rolled_back_never_was(admin: User, site_settings: Any) -> None:
    site_settings.ask_again()
    with transaction.atomic():
        change_settings(actor=admin, section="payments", values={"premium_grace_days": 3})
        assert _days() == 3
        transaction.set_rollback(True)

    with transaction.atomic():
        assert _days() == 7
    assert _days() == 7
    with CaptureQueriesContext(connection) as asked:
        assert _days() == 7
    assert len(asked) == 0


@committing
def test_an_answer_that_was_under_way_during_a_change_is_not_kept(
    admin: User, site_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_settings.ask_again()
    ask = module.stored

    def slow() -> module.Stored:
        monkeypatch.setattr(module, "stored", ask)
        rows = ask()
        change_settings(actor=admin, section="payments", values={"premium_grace_days": 3})
        return rows

    monkeypatch.setattr(module, "stored", slow)

    assert [_days(), _days()] == [7, 3]


def test_a_stored_value_that_is_not_sound_is_said_loudly_and_once(
    db: None, site_settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    _elsewhere(99)
    site_settings.ask_again()

    with caplog.at_level(logging.ERROR, logger="momentum.site"):
        found = [_days()]
        site_settings.ask_again()
        found.append(_days())

    assert found == [7, 7]
    assert [record.getMessage() for record in caplog.records] == [
        "The stored value of the setting payments.premium_grace_days is ignored: it must be a number from 0 to 60"
    ]


def _in_thread(look: Any) -> None:
    thread = Thread(target=look)
    thread.start()
    thread.join()


def test_rows_that_come_while_a_section_is_made_of_the_old_ones_are_in_force(
    db: None, site_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_settings.ask_again()
    resolve = module.resolve

    def overtaken(section: Any, rows: Any) -> Any:
        made = resolve(section, rows)
        known = module._Known({"payments": {"premium_grace_days": 3}})
        module._known.keep(known, until=float("inf"))  # as another thread does
        return made

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "resolve", overtaken)
        _days()

    assert _days() == 3
