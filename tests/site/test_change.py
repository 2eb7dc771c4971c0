"""Changing settings: who may, what is refused, and what becomes of two who change them at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from momentum.accounts.models import User
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from momentum.events.models import AuditEntry, Event
from momentum.payments.site_settings import PaymentSettings
from momentum.site.actions import change_settings
from momentum.site.domain.sections import Source
from momentum.site.models import StoredSection
from momentum.site.queries.current import current
from momentum.studio.site_settings import GenerationSettings


def test_a_change_is_in_force_at_once_and_recorded_without_its_values(admin: User) -> None:
    changed = change_settings(
        actor=admin, section="payments", values={"premium_grace_days": 4, "promotion_codes": False}
    )

    assert changed == current(PaymentSettings)
    assert (changed.premium_grace_days, changed.promotion_codes) == (4, False)
    assert changed.sources == {
        "premium_grace_days": Source.DATABASE,
        "promotion_codes": Source.DATABASE,
        "events_kept_days": Source.DEFAULT,
    }
    row = StoredSection.objects.get()
    assert row.values == {"promotion_codes": False, "premium_grace_days": 4}
    event, audit = Event.objects.get(name="settings.changed"), AuditEntry.objects.get(name="settings.changed")
    assert event.data == audit.data
    assert event.data == {"section": "payments", "fields": ["premium_grace_days", "promotion_codes"]}
    assert (event.actor_id, event.subject_id, audit.actor_id) == (admin.id, row.id, admin.id)


def test_the_same_again_does_nothing(admin: User) -> None:
    for _time in range(2):
        change_settings(actor=admin, section="payments", values={"premium_grace_days": 4})

    assert Event.objects.filter(name="settings.changed").count() == 1


def test_a_field_goes_back_to_its_default(admin: User) -> None:
    change_settings(
        actor=admin, section="payments", values={"premium_grace_days": 4, "promotion_codes": False}
    )

    changed = change_settings(actor=admin, section="payments", values={}, unset=["premium_grace_days"])

    assert (changed.premium_grace_days, changed.promotion_codes) == (7, False)
    assert StoredSection.objects.get().values == {"promotion_codes": False}


def test_the_command_line_changes_without_an_actor(db: None) -> None:
    change_settings(actor=None, section="generation", values={"courses_per_day": "3"})

    assert current(GenerationSettings).courses_per_day == 3
    assert AuditEntry.objects.get(name="settings.changed").actor_id is None


def test_only_administrators_change_settings(learner: User) -> None:
    with pytest.raises(ForbiddenError):
        change_settings(actor=learner, section="payments", values={"premium_grace_days": 4})

    _nothing_changed()


@pytest.mark.parametrize(
    ("section", "values", "error", "said"),
    [
        ("harbour", {"berths": 1}, NotFoundError, "There is no section harbour"),
        ("payments", {"berths": 1}, InvalidError, "There is no such setting."),
        ("payments", {"premium_grace_days": 61}, InvalidError, "It must be a number from 0 to 60."),
        ("payments", {"premium_grace_days": "soon"}, InvalidError, "It must be a number from 0 to 60."),
        ("payments", {"promotion_codes": 2}, InvalidError, "It must be one of: true, false."),
        ("generation", {"writer": "parrot"}, InvalidError, "It must be extractive, or a model such as"),
        (
            "generation",
            {"timeout_seconds": float("nan")},
            InvalidError,
            "It must be a number from 1 to 3600.",
        ),
        ("mail", {"sender": "hello"}, InvalidError, "It must be an address, such as"),
    ],
)
def test_what_cant_be_is_refused_and_nothing_changes(
    admin: User, section: str, values: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as refused:
        change_settings(actor=admin, section=section, values=values)

    assert said in f"{refused.value} {refused.value.data}"  # type: ignore[attr-defined]
    if error is InvalidError:
        assert list(refused.value.data["fields"]) == list(values)  # type: ignore[attr-defined]
    _nothing_changed()


@pytest.mark.parametrize(
    "change", [{"values": {"courses_per_day": 3}}, {"values": {}, "unset": ["courses_per_day"]}]
)
def test_what_the_environment_sets_cant_be_changed_and_the_rest_can(
    admin: User, site_settings: Any, change: dict[str, Any]
) -> None:
    site_settings.by_environment(GenerationSettings, courses_per_day=5)

    with pytest.raises(ConflictError) as refused:
        change_settings(actor=admin, section="generation", **change)

    sentence = "MOMENTUM_GENERATIONS_PER_DAY is set in the environment. Change it there."
    assert refused.value.code == "set_by_environment"
    assert refused.value.data["fields"] == {"courses_per_day": [sentence]}
    _nothing_changed()
    changed = change_settings(actor=admin, section="generation", values={"monthly_budget_usd": 50})
    assert (changed.courses_per_day, changed.monthly_budget_usd) == (5, 50)
    assert StoredSection.objects.get().values == {"monthly_budget_usd": 50}


def test_a_stored_value_that_is_not_sound_does_not_stand_in_the_way(admin: User) -> None:
    StoredSection.objects.create(name="payments", values={"premium_grace_days": -1, "former": 8})

    change_settings(actor=admin, section="payments", values={"promotion_codes": False})

    # It is kept, for a version that takes it, and still not used.
    assert StoredSection.objects.get().values == {
        "premium_grace_days": -1,
        "former": 8,
        "promotion_codes": False,
    }
    assert current(PaymentSettings).unusable == {"premium_grace_days": "a number from 0 to 60"}
    change_settings(actor=admin, section="payments", values={"premium_grace_days": 9})
    assert (current(PaymentSettings).premium_grace_days, current(PaymentSettings).unusable) == (9, {})


def test_who_saw_an_older_value_is_told_instead_of_overwriting_a_newer_one(admin: User) -> None:
    change_settings(actor=admin, section="payments", values={"premium_grace_days": 4})

    with pytest.raises(ConflictError) as refused:
        change_settings(
            actor=admin, section="payments", values={"premium_grace_days": 5}, seen={"premium_grace_days": 7}
        )

    assert refused.value.code == "stale_settings"
    assert list(refused.value.data["fields"]) == ["premium_grace_days"]
    assert current(PaymentSettings).premium_grace_days == 4
    # Another field may have changed meanwhile, and who wants what is there already has it.
    seen = {"premium_grace_days": 7, "promotion_codes": True}
    change_settings(
        actor=admin,
        section="payments",
        values={"premium_grace_days": 4, "promotion_codes": False},
        seen=seen,
    )
    assert not current(PaymentSettings).promotion_codes


@pytest.mark.django_db(transaction=True)
def test_two_who_change_different_fields_at_once_lose_nothing(admin: User) -> None:
    values: list[dict[str, Any]] = [
        {"courses_per_day": 3},
        {"monthly_budget_usd": 50},
        {"lessons_at_once": 2},
        {"retries": 1},
    ]
    start = Barrier(len(values))

    def change(one: dict[str, Any]) -> None:
        start.wait()
        change_settings(actor=admin, section="generation", values=one)
        connections.close_all()

    with ThreadPoolExecutor(len(values)) as pool:
        list(pool.map(change, values))

    assert StoredSection.objects.get().values == {
        field: value for one in values for field, value in one.items()
    }
    assert current(GenerationSettings).retries == 1


def test_the_database_takes_nothing_but_values_by_field(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredSection.objects.create(name="payments", values=[7])


def _nothing_changed() -> None:
    assert not any(row.values for row in StoredSection.objects.all())
    assert not Event.objects.filter(name="settings.changed").exists()
