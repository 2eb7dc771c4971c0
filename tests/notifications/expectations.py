"""What must be true of every mail.

What should have come is worked out here anew, from what the learner did, and not from the code's own rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from momentum.engagement.queries.recipients import PAUSE
from momentum.learning.models import Enrolment, Progress
from momentum.notifications.models import Preferences
from tests.notifications.lives import DAY, NEWS, REMINDER, Got, Life, State

STREAK = "engagement.streak_at_risk"
# These follow what the learner just did.
IMMEDIATE = {"learning.enrolled"}
# As long as a mail may be late that a server didn't take for half an hour, or that a worker died with.
SOON = timedelta(minutes=90)

type Spells = Sequence[tuple[datetime, datetime]]


def check_mail(life: Life, got: Got) -> None:
    """What must be true of a mail at the moment it comes."""
    user = life.user
    chosen = Preferences.chosen_by(user)
    today = [one for one in life.got if one.at.astimezone(got.zone).date() == got.day]
    assert user.is_active
    assert got.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    if got.kind not in IMMEDIATE:
        assert not chosen.is_quiet(got.at.astimezone(got.zone).time()), "in quiet hours"
        assert len(today) <= chosen.daily_cap, "more than somebody chose"
    if got.kind != NEWS.name and got.kind not in IMMEDIATE:
        assert [one.kind for one in today].count(got.kind) == 1, f"{got.kind} twice in a day"
    if got.kind in {REMINDER, STREAK}:
        assert all(at.astimezone(got.zone).date() != got.day for at in life.learned), "after the lesson"
    if got.kind == REMINDER:
        assert life.subscribed, "after opting out"


def check_nobody_was_forgotten(lives: Sequence[Life], healthy: Spells, *, begin: datetime) -> int:
    """Each day on which a reminder was due to somebody who stayed where they were brought one; return how many.

    Args:
        lives: whose days.
        healthy: the spells in which both the worker and the mail server were well.
        begin: of their month.
    """
    count = 0
    for life in lives:
        for number in range(1, 31):
            day = (begin + number * DAY).date()
            state = _state_on(life, day)
            if state and _was_due(life, day, state, healthy):
                count += 1
                reminded = {got.day for got in life.got if got.kind == REMINDER}
                assert day in reminded, f"forgotten on {day}"
    return count


def _state_on(life: Life, day: date) -> State | None:
    """Return what held all that day and the one before; None where something changed."""
    begin, end = (datetime.combine(day + number * DAY, time(0), UTC) for number in (-2, 2))
    before = [state for state in life.states if state.since <= begin]
    within = [state for state in life.states if begin < state.since < end]
    return before[-1] if before and not within and before[-1].reminded else None


def _was_due(life: Life, day: date, state: State, healthy: Spells) -> bool:
    chosen, zone = state.chosen, state.zone
    due = datetime.combine(day, chosen.reminder_at, zone).astimezone(UTC)
    midnight = datetime.combine(day + DAY, time(0), zone).astimezone(UTC)
    learned = [at for at in life.learned if at.astimezone(zone).date() == day]
    before = [life.lived_on(at) for at in life.learned if at < due]
    places = [place for place in Enrolment.objects.filter(user=life.pk) if place.enrolled_at < due]
    joined = [place.enrolled_at.astimezone(zone).date() for place in places]
    others = [got for got in life.got if got.day == day and got.kind != REMINDER]
    if (day - max([*before, *joined])).days >= PAUSE or len(others) >= chosen.daily_cap:
        return False
    if chosen.is_quiet(chosen.reminder_at) or not _was_open(life, places, day, due, zone):
        return False
    latest = min([*learned, midnight, _quiet_from(day, chosen, zone)])
    return any(min(end, latest) - max(start, due) >= SOON for start, end in healthy)


def _quiet_from(day: date, chosen: Preferences, zone: ZoneInfo) -> datetime:
    evening = chosen.quiet_from if chosen.quiet_from > chosen.quiet_until else time(23, 59)
    return datetime.combine(day, evening, zone).astimezone(UTC)


def _was_open(life: Life, places: list[Enrolment], day: date, due: datetime, zone: ZoneInfo) -> bool:
    done: dict[Any, int] = defaultdict(int)
    for row in (
        Progress.objects.completed().filter(user=life.pk, completed_at__lt=due).select_related("lesson")
    ):
        done[row.lesson.course_id] += 1
    for place in places:
        length = place.course.lessons.count()
        opened = (day - place.enrolled_at.astimezone(zone).date()).days + 1
        if done[place.course_id] < (min(length, opened) if place.course.rhythm == "one_a_day" else length):
            return True
    return False
