"""What is kept for everybody: until something public changes, and never longer than a second after it."""

import threading
from collections.abc import Callable, Collection, Hashable
from typing import Any

import pytest
from django.db import transaction

from momentum.catalog.actions import publish_course
from momentum.catalog.models import Course
from momentum.events.queries import public_version as module
from momentum.events.queries.public_version import Cached, CachedEach, PublicVersion
from tests.factories import make_course


class Clock:
    """Goes on when told to."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


class Asked:
    """Answers with `version`, and counts how often it was asked."""

    def __init__(self) -> None:
        self.version: Hashable | None = "one"
        self.times = 0

    def __call__(self) -> Hashable | None:
        self.times += 1
        return self.version


def settle(version: PublicVersion) -> None:
    """Wait until it has been answered."""
    if version._asking:
        version._asking.result(5)


def counting(calls: list[Any]) -> Callable[[object], int]:
    def function(given: object) -> int:
        calls.append(given)
        return len(calls)

    return function


def test_a_version_is_asked_for_once_in_a_quarter_of_a_second(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    first = version.current()
    clock.now += 0.2

    second = version.current()

    assert (first, second, asked.times) == ((1, "one"), (1, "one"), 1)


def test_after_half_a_second_the_last_answer_is_given_and_a_new_one_asked_for(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    version.current()
    asked.version = "two"
    clock.now += 0.5

    meanwhile = version.current()
    settle(version)

    assert (meanwhile, version.current(), asked.times) == ((1, "one"), (1, "two"), 2)


def test_an_answer_of_a_second_ago_is_given_no_more(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    version.current()
    asked.version = "two"
    clock.now += 1

    assert version.current() == (1, "two")


def test_a_change_in_this_process_shows_at_once(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    version.current()
    asked.version = "two"
    clock.now += 0.01

    version.changed()
    clock.now += 0.01

    assert version.current() == (1, "two")


def test_what_is_asked_for_a_whole_page_is_known_from_then_on(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    version.current()
    asked.version = "two"
    clock.now += 0.1

    present = version.present()

    assert (present, version.current(), asked.times) == ((1, "two"), (1, "two"), 2)


def test_an_answer_that_comes_late_does_not_take_the_place_of_a_newer_one(clock: Clock) -> None:
    asked = Asked()
    version = PublicVersion(asked)
    version.present()
    asked.version = "older"

    version._look(clock.now - 0.1)

    assert version.current() == (1, "one")


def test_after_a_long_pause_the_same_answer_is_another_version(clock: Clock) -> None:
    version = PublicVersion(Asked())
    before = version.current()
    clock.now += 301

    assert version.current() == (2, "one") != before


def test_nothing_is_kept_while_the_database_is_away_or_silent(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    asked = Asked()
    asked.version = None
    silent = PublicVersion(lambda: answered.wait(5) and "late")
    monkeypatch.setattr(module, "SILENT", 0.01)

    assert PublicVersion(asked).current() is None
    assert silent.current() is None
    answered.set()


@pytest.fixture
def version(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What `public_version.current` returns can be set."""

    class Set:
        value: Hashable | None = 1

        def current(self) -> Hashable | None:
            return self.value

    made = Set()
    monkeypatch.setattr(module, "public_version", made)
    return made


def test_a_result_is_kept_by_its_arguments_until_the_version_changes(version: Any) -> None:
    calls: list[Any] = []
    kept = Cached(counting(calls), size=10, seconds=60)

    first = [kept("a"), kept("b"), kept("a")]
    version.value = 2
    second = [kept("a"), kept("b")]

    assert (first, second, calls) == ([1, 2, 1], [3, 4], ["a", "b", "a", "b"])


def test_a_result_ends_with_its_time_and_makes_room_for_newer_ones(version: Any, clock: Clock) -> None:
    calls: list[Any] = []
    kept = Cached(counting(calls), size=2, seconds=60)

    kept("a"), kept("b"), kept("a"), kept("c"), kept("a")
    assert calls == ["a", "b", "c"]

    kept("b")
    clock.now += 60
    kept("b")
    assert calls == ["a", "b", "c", "b", "b"]


def test_of_many_keys_those_that_are_not_kept_are_asked_for_together(version: Any, clock: Clock) -> None:
    calls: list[Any] = []

    def function(keys: Collection[str]) -> dict[str, str]:
        calls.append(list(keys))
        return {key: key.upper() for key in keys if key != "unknown"}

    kept = CachedEach(function, size=10, seconds=60)

    first = kept(["a", "b"]), kept(["b", "c", "unknown"]), kept(["c", "a"]), kept([])
    version.value = 2
    second = kept(["a"])
    clock.now += 60
    kept(["a"])

    assert first == ({"a": "A", "b": "B"}, {"b": "B", "c": "C"}, {"c": "C", "a": "A"}, {})
    assert second == {"a": "A"}
    assert calls == [["a", "b"], ["c", "unknown"], ["a"], ["a"]]


def test_nothing_is_kept_without_a_version_or_when_it_fails(version: Any) -> None:
    calls: list[Any] = []
    kept = Cached(counting(calls), size=2, seconds=60)
    version.value = None
    kept("a"), kept("a")

    def fails() -> None:
        calls.append("failed")
        raise LookupError

    failing = Cached(fails, size=2, seconds=60)
    version.value = 1
    for _turn in range(2):
        with pytest.raises(LookupError):
            failing()

    assert calls == ["a", "a", "failed", "failed"]


def test_a_transaction_sees_its_own_changes_and_leaves_nothing_behind(db: None) -> None:
    course = make_course(title="Before")
    title = Cached(lambda: Course.objects.get(pk=course.pk).title, size=2, seconds=60)
    before = title()

    with transaction.atomic():
        Course.objects.filter(pk=course.pk).update(title="Never")
        within = title()
        transaction.set_rollback(True)

    assert (before, within, title()) == ("Before", "Never", "Before")


def test_what_another_process_commits_shows_within_a_second(transactional_db: None, admin: Any) -> None:
    course = make_course(title="Sourdough", published=False)
    version = module.PublicVersion(module.public_version._ask)  # as another process has it
    before = version.current()

    publish_course(course=course, actor=admin)

    version._asked_at -= 1
    assert version.current() != before
