"""Identifiers."""

import time
import uuid

from momentum.core.ids import uuid7


def test_identifiers_say_when_they_were_made_and_sort_by_it() -> None:
    before = time.time_ns() // 1_000_000

    made = [uuid7() for _ in range(500)]

    after = time.time_ns() // 1_000_000
    assert sorted(made) == made
    assert len(set(made)) == 500
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert before <= made[0].int >> 80 <= made[-1].int >> 80 <= after
