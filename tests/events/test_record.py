"""Recording events: with their cause or not at all."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from momentum import reactions
from momentum.core.errors import ConflictError
from momentum.core.ids import uuid7
from momentum.events.actions.record import record, record_together
from momentum.events.models import Event
from momentum.events.queries.declared import events


@pytest.fixture
def reacted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the reactions to lesson.completed saw, in order."""
    seen: list[str] = []
    table = {
        "lesson.completed": (
            lambda event: seen.append(f"first {event.data['day']}"),
            lambda event: seen.append(f"second {event.data['day']}"),
        )
    }
    monkeypatch.setattr(reactions, "REACTIONS", reactions.REACTIONS | table)
    return seen


def test_an_event_is_kept_and_what_follows_happens_in_the_order_of_the_table(
    db: None, reacted: list[str]
) -> None:
    actor, subject, before = uuid7(), uuid7(), timezone.now()

    record("lesson.completed", actor_id=actor, subject_id=subject, day=3)

    event = Event.objects.get()
    assert (event.name, event.actor_id, event.subject_id, event.data) == (
        "lesson.completed", actor, subject, {"day": 3}
    )  # fmt: skip
    assert before <= event.at <= timezone.now()
    assert reacted == ["first 3", "second 3"]


def test_what_happened_together_is_told_to_each_reaction_once(
    db: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    seen: list[list[str]] = []

    def both(*events: Event) -> None:
        seen.append([event.name for event in events])

    def one(event: Event) -> None:
        seen.append([f"only {event.name}"])

    table = {"lesson.completed": (both,), "course.completed": (one, both)}
    monkeypatch.setattr(reactions, "REACTIONS", table)

    with django_assert_num_queries(1):
        record_together(Event(name="lesson.completed"), Event(name="course.completed"))

    assert seen == [["lesson.completed", "course.completed"], ["only course.completed"]]
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "lesson.completed",
        "course.completed",
    ]


def test_of_what_happened_together_nothing_is_kept_where_one_name_is_unknown(db: None) -> None:
    with pytest.raises(KeyError):
        record_together(Event(name="lesson.completed"), Event(name="lesson.eaten"))

    assert not Event.objects.exists()


def test_history_that_is_brought_in_keeps_its_date(db: None) -> None:
    then = datetime(2026, 3, 10, tzinfo=UTC)

    record("lesson.started", at=then)

    assert Event.objects.get().at == then


def test_a_name_that_no_app_declares_is_refused(db: None) -> None:
    with pytest.raises(KeyError):
        record("lesson.eaten")

    assert not Event.objects.exists()


def test_an_event_goes_when_what_follows_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(event: Any) -> None:
        raise ConflictError

    monkeypatch.setattr(reactions, "REACTIONS", {"lesson.completed": (refuse,)})

    with pytest.raises(ConflictError), transaction.atomic():
        record("lesson.completed")

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("lesson.completed")

    assert not Event.objects.exists()


def test_what_the_table_reacts_to_is_declared() -> None:
    assert set(reactions.REACTIONS) <= events()
