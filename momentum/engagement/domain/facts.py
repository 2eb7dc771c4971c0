"""What is known of a learner, worked out from their events alone. Pure: no database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from momentum.engagement.domain.streaks import Lived, Streak, streak_of

LESSON, COURSE = "lesson.completed", "course.completed"
TOLD = (LESSON, COURSE)


@dataclass(frozen=True)
class Facts:
    """What points and badges go by.

    `longest_course` is the longest course finished, in days; `courses_in_time` how many were finished within as many
    days as they have, counted from the first lesson's day to the last one's; `most_in_a_day` is in lessons.
    """

    lessons: int = 0
    courses: int = 0
    longest_course: int = 0
    courses_in_time: int = 0
    most_in_a_day: int = 0
    longest_streak: int = 0


class Story:
    """One learner's events, told in the order in which they happened; what they come to can be asked at any point.

    Of a lesson and the course that it finished, which happen at one moment, the lesson is told first.
    """

    def __init__(self) -> None:
        self._days: Counter[date] = Counter()
        self._lived: dict[date, Lived] = {}
        self._streak = Streak()
        self._spans: dict[str, tuple[date, date]] = {}
        self._courses: list[tuple[int, bool]] = []

    def tell(self, name: str, subject: str, data: Mapping[str, Any], at: datetime) -> None:
        """Go on with one event: its name, the id of what it happened to, its data, and when it happened."""
        if name == LESSON:
            day = date.fromisoformat(data["date"])
            self._days[day] += 1
            if self._days[day] == 1:
                self._live(day, Lived(at, data["zone"]) if data.get("zone") else None)
            first, last = self._spans.get(data["course"], (day, day))
            self._spans[data["course"]] = (min(first, day), max(last, day))
        elif name == COURSE:
            length, span = int(data["days"]), self._spans.get(subject)
            self._courses.append((length, span is not None and (span[1] - span[0]).days < length))

    def streak(self) -> Streak:
        """Return the streak so far."""
        return self._streak

    def facts(self) -> Facts:
        """Return the facts so far."""
        return Facts(
            lessons=self._days.total(),
            courses=len(self._courses),
            longest_course=max((length for length, _in_time in self._courses), default=0),
            courses_in_time=sum(in_time for _length, in_time in self._courses),
            most_in_a_day=max(self._days.values(), default=0),
            longest_streak=self._streak.longest,
        )

    def _live(self, day: date, lived: Lived | None) -> None:
        before = self._streak
        if lived:
            self._lived[day] = lived
        if before.last is None or day > before.last:
            self._streak = before.after(day, lived)
        else:
            # Who flew west finds themselves on a date before their last one. What they once reached stays reached.
            again = streak_of(self._days, self._lived)
            self._streak = replace(again, longest=max(again.longest, before.longest))
