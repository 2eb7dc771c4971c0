"""How large a world is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What is made; the rest (lessons, enrolments, progress) follows from it and the seed.

    Args:
        topics: subjects in each category; courses on one subject share words and learners.
        rest: days between two courses of one learner, on average; fewer make more progress rows.
    """

    name: str
    courses: int
    learners: int
    topics: int
    rest: float
    seed: int = 7


# About 72,000 lessons and 3 million rows of progress.
BIG = Size("big", courses=10_000, learners=100_000, topics=24, rest=56.0)
# Seconds to load, for tests.
SMALL = Size("small", courses=150, learners=600, topics=4, rest=56.0)
