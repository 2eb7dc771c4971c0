"""The catalogue of a made-up world: what it offers, and since when."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from bench.world import words
from bench.world.copy import ident
from bench.world.size import Size

DAYS = 720  # how long ago the first course was published
_LENGTHS = ((7, 94), (14, 4), (21, 2))
_LEVELS = ("beginner", "intermediate", "advanced")

COURSE_COLUMNS = (
    "id created_at updated_at title slug summary description outcomes category_id duration_days level language"
    " status access price_minor currency provenance featured published_at"
)
LESSON_COLUMNS = (
    "id created_at updated_at course_id day title slug summary content key_points minutes status preview"
)


@dataclass(frozen=True)
class Course:
    """What a learner's choice depends on. `published` is in days before the end, `lessons` begins at lesson `first`."""

    number: int
    category: int
    topic: int
    level: int
    published: int
    first: int
    lessons: int
    weight: float
    free: bool


class Catalogue:
    """Every course, and the shelves they stand on."""

    def __init__(self, size: Size) -> None:
        chance = random.Random(size.seed)
        self.categories = list(words.SUBJECTS)
        self.subjects = [subjects.split()[: size.topics] for subjects in words.SUBJECTS.values()]
        self._dialects = [[words.dialect(chance, subject) for subject in row] for row in self.subjects]
        self.courses = list(_courses(chance, size, len(self.categories)))
        self.lessons = sum(course.lessons for course in self.courses)
        self.shelves: dict[tuple[int, int], tuple[list[Course], list[float]]] = {}
        for category in range(len(self.categories)):
            for topic in range(size.topics):
                self._shelve(category, topic)
            self._shelve(category, -1)

    def _shelve(self, category: int, topic: int) -> None:
        here = [
            course for course in self.courses if course.category == category and topic in {-1, course.topic}
        ]
        self.shelves[category, topic] = (here, list(accumulate(course.weight for course in here)))

    def course_lines(
        self, chance: random.Random, categories: dict[str, str], day: list[str]
    ) -> Iterator[str]:
        """Yield the courses for COPY; `categories` are ids by slug, `day` dates by days before the end."""
        for course in self.courses:
            dialect = self._dialects[course.category][course.topic]
            title = words.title(chance, self.subjects[course.category][course.topic])
            outcomes = [words.sentence(chance, dialect) for _ in range(3)]
            description = "".join(words.paragraphs(chance, dialect, 2))
            at = f"{day[course.published]} 09:00:00+00"
            yield "\t".join((
                ident(1, course.number), at, at, title, f"{title.lower().replace(' ', '-')}-{course.number}",
                words.sentence(chance, dialect), description, json.dumps(outcomes),
                categories[self.categories[course.category]], str(course.lessons), _LEVELS[course.level], "en",
                "published", "free" if course.free else "paid", r"\N" if course.free else "1900",
                "" if course.free else "EUR", "human", "f", at,
            ))  # fmt: skip

    def lesson_lines(self, chance: random.Random, day: list[str]) -> Iterator[str]:
        """Yield the lessons for COPY."""
        pools = [[words.paragraphs(chance, dialect) for dialect in row] for row in self._dialects]
        for course in self.courses:
            at = f"{day[course.published]} 09:00:00+00"
            dialect = self._dialects[course.category][course.topic]
            pool = pools[course.category][course.topic]
            for place in range(course.lessons):
                title = words.sentence(chance, dialect)[:60].strip()
                points = [words.sentence(chance, dialect) for _ in range(3)]
                yield "\t".join((
                    ident(2, course.first + place), at, at, ident(1, course.number), str(place + 1), title,
                    f"day-{place + 1}", words.sentence(chance, dialect), words.lesson_text(chance, pool),
                    json.dumps(points), str(5 + (course.first + place) % 9), "published", "f" if place else "t",
                ))  # fmt: skip


def _courses(chance: random.Random, size: Size, categories: int) -> Iterator[Course]:
    # Zipf: the course in place n is taken about 1/n as often as the first; places have nothing to do with subjects.
    places = list(range(size.courses))
    chance.shuffle(places)
    lengths, often = zip(*_LENGTHS, strict=True)
    first = 0
    for number in range(size.courses):
        lessons = chance.choices(lengths, often)[0]
        yield Course(
            number=number,
            category=chance.choices(range(categories), (8, 7, 9, 6, 5, 5))[0],
            topic=chance.randrange(size.topics),
            level=chance.choices(range(3), (5, 3, 2))[0],
            published=DAYS - 1 - number * (DAYS - 1) // size.courses,
            first=first,
            lessons=lessons,
            weight=1 / (places[number] + 3) ** 0.8,
            free=chance.random() < 0.9,
        )
        first += lessons
