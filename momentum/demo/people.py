"""The learners of the demonstration, and what each of them did. Nobody here exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opinion:
    """What somebody says about a course after the last lesson they did; `waits` leaves it to be moderated."""

    stars: int
    text: str
    signed: str
    waits: bool = False


@dataclass(frozen=True)
class Course:
    """One course in somebody's history.

    `number` is its place among the demonstration's courses, from 0. `began` is how many days ago the learner
    enrolled; each entry of `days` is how many days after that a lesson was completed, the first lesson first.
    """

    number: int
    began: int
    days: tuple[int, ...] = ()
    left: bool = False
    opinion: Opinion | None = None


@dataclass(frozen=True)
class Person:
    """A learner; `hour` is when they usually read, `pace` how many minutes a lesson takes them."""

    email: str
    name: str
    time_zone: str
    hour: int
    pace: int
    courses: tuple[Course, ...]


ROBIN = Person(
    email="",  # the account to sign in with; its address comes with its password
    name="Robin Hale",
    time_zone="UTC",
    hour=7,
    pace=8,
    courses=(
        Course(0, began=20, days=(0, 1, 2, 4, 5, 6, 8)),
        # Seven mornings in a row, which earn a rest day, and the day on which it was used.
        Course(3, began=12, days=(0, 1, 2, 3, 4, 5, 6)),
        Course(1, began=5, days=(1, 2, 3, 4)),
        Course(2, began=2, days=(0, 1)),
    ),
)

LEARNERS = (
    Person(
        "amara.obi@example.com",
        "Amara Obi",
        "Africa/Lagos",
        6,
        9,
        (
            Course(
                3,
                began=19,
                days=(0, 1, 2, 3, 4, 5, 6),
                opinion=Opinion(
                    5,
                    "I had read three books on sleep and was more anxious after each. This said what is known, what "
                    "isn’t, and gave me one thing a night to try. The two-line diary is still on my bedside table.",
                    "Amara O.",
                ),
            ),
            Course(0, began=6, days=(0, 2, 3)),
        ),
    ),
    Person(
        "tomas.lind@example.com",
        "Tomas Lind",
        "Europe/Stockholm",
        20,
        7,
        (
            Course(
                1,
                began=12,
                days=(0, 1, 3, 4, 6, 8, 9),
                opinion=Opinion(
                    4,
                    "The sentence from day three got me through a talk I had put off since August. Day six repeats a "
                    "little of day two, or I would give five.",
                    "Tomas L.",
                ),
            ),
            Course(4, began=2, days=(0,)),
        ),
    ),
    Person(
        "mei.tanaka@example.com",
        "Mei Tanaka",
        "Asia/Tokyo",
        22,
        10,
        (
            Course(
                2,
                began=9,
                days=(0, 1, 2, 4, 5),
                opinion=Opinion(
                    5,
                    "Five days in, I spent an hour with two pictures rather than ten minutes in front of forty.",
                    "Mei",
                ),
            ),
            Course(5, began=3, days=(0, 1)),
        ),
    ),
    Person(
        "joao.pires@example.com",
        "João Pires",
        "Europe/Lisbon",
        13,
        6,
        (
            Course(
                0,
                began=4,
                days=(0, 1, 3),
                opinion=Opinion(
                    3,
                    "Sensible and short. I knew much of it already; day two, about the moment, was new to me.",
                    "João P.",
                ),
            ),
        ),
    ),
    Person(
        "sofia.marino@example.com",
        "Sofia Marino",
        "Europe/Rome",
        8,
        8,
        (
            Course(
                5,
                began=15,
                days=(0, 1, 2, 3, 5, 6, 7),
                opinion=Opinion(
                    5,
                    "My mails are half as long and get answered. I run through day five before I send anything.",
                    "Sofia, Rome",
                ),
            ),
            Course(3, began=7, days=(0,), left=True),
        ),
    ),
    Person(
        "dan.whitlock@example.com",
        "Dan Whitlock",
        "America/Chicago",
        18,
        7,
        (
            Course(
                4,
                began=8,
                days=(0, 1, 4),
                opinion=Opinion(
                    4,
                    "Good pace for somebody who has only used spreadsheets. I wished for one more exercise.",
                    "",
                ),
            ),
        ),
    ),
    Person(
        "priya.nair@example.com",
        "Priya Nair",
        "Asia/Kolkata",
        7,
        9,
        (
            Course(
                1,
                began=6,
                days=(0, 1, 2, 3, 4, 5),
                opinion=Opinion(
                    5,
                    "I tried day four on my brother before I tried it at work. It works on brothers.",
                    "Priya",
                    waits=True,
                ),
            ),
            Course(2, began=16, days=(0, 3)),
        ),
    ),
    Person("lena.vogt@example.com", "Lena Vogt", "Europe/Berlin", 21, 8, (Course(3, began=1),)),
)
