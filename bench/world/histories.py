"""What the learners of a made-up world did: whom they take after, what they chose, how far they got."""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.world.catalogue import DAYS, Catalogue, Course
from bench.world.size import Size

# Zones, and the minutes of a day in UTC at which their calendar shows the same date as UTC's does.
ZONES = (
    ("UTC", 300, 1300),
    ("Europe/Berlin", 300, 1250),
    ("America/New_York", 660, 1400),
    ("Asia/Kolkata", 120, 1050),
    ("Africa/Lagos", 330, 1300),
    ("America/Los_Angeles", 900, 1400),
)
_NEVER_BEGAN = 0.08


@dataclass
class Taken:
    """A course that a learner took. Days are days before the end; `done` has one for each lesson completed."""

    course: Course
    began: int
    done: list[int] = field(default_factory=list)
    opened: bool = False  # whether the next lesson was begun
    left: bool = False

    @property
    def finished(self) -> bool:
        return len(self.done) == self.course.lessons


@dataclass(frozen=True)
class Learner:
    """A learner and what they did, in order. `minute` is when on a day they read, in UTC."""

    number: int
    joined: int
    zone: str
    minute: int
    taken: list[Taken]


class _Taste:
    """What somebody likes: a category above others, and a few subjects in each above the rest."""

    def __init__(self, chance: random.Random, size: Size, categories: int) -> None:
        likes = [chance.gammavariate(0.35, 1) + 0.01 for _ in range(categories)]
        self.categories = likes
        self.topics = [chance.sample(range(size.topics), min(3, size.topics)) for _ in range(categories)]

    def pick(self, chance: random.Random, catalogue: Catalogue, level: int, day: int) -> Course | None:
        """Choose a course that was there on that day, by subject, fame and level."""
        category = chance.choices(range(len(self.categories)), self.categories)[0]
        topic = chance.choice(self.topics[category]) if chance.random() < 0.75 else -1
        courses, fame = catalogue.shelves[category, topic]
        for _ in range(6):
            if not courses:
                return None
            course = courses[min(bisect(fame, chance.random() * fame[-1]), len(courses) - 1)]
            fits = course.level == level or chance.random() < 0.4
            if course.published > day and course.free and fits:
                return course
        return None


def histories(size: Size, catalogue: Catalogue) -> Iterator[Learner]:
    """Yield every learner with their history."""
    chance = random.Random(size.seed + 1)
    for number in range(size.learners):
        # More joined lately than at the beginning.
        joined = int(DAYS * chance.random() ** 1.3 * 0.97)
        zone, early, late = chance.choice(ZONES)
        taken = [] if chance.random() < _NEVER_BEGAN else _live(chance, size, catalogue, joined)
        yield Learner(number, joined, zone, chance.randint(early, late), taken)


def _live(chance: random.Random, size: Size, catalogue: Catalogue, joined: int) -> list[Taken]:
    taste, level, known = _Taste(chance, size, len(catalogue.categories)), 0, set[int]()
    diligence = min(0.995, chance.betavariate(14, 1.2))
    eager = chance.lognormvariate(0, 0.6)
    taken: list[Taken] = []
    day = joined
    while day > 0 and len(taken) < 60:
        course = taste.pick(chance, catalogue, level, day)
        if course is not None and course.number not in known:
            known.add(course.number)
            one = _take(chance, course, day, diligence)
            taken.append(one)
            if one.finished and level < 2 and chance.random() < 0.35:
                level += 1
        day -= 1 + int(chance.expovariate(1 / (size.rest / eager)))
    return taken


def _take(chance: random.Random, course: Course, began: int, diligence: float) -> Taken:
    one = Taken(course, began)
    day = began
    for _ in range(course.lessons):
        if chance.random() > diligence:
            one.opened = chance.random() < 0.5
            one.left = chance.random() < 0.15
            break
        if day < 0:
            break
        one.done.append(day)
        day -= 1 if chance.random() < 0.85 else chance.randint(0, 4)
    return one
