"""What is worth how many points, and which levels they lead to. A badge's points stand with the badge."""

from bisect import bisect_right
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LESSON = 10
COURSE = 50

# From how many points on, and what it is called; the first is where everybody begins.
LEVELS: tuple[tuple[int, str | Promise], ...] = (
    (0, _("Newcomer")),
    (100, _("Reader")),
    (250, _("Steady reader")),
    (500, _("Regular")),
    (1_000, _("Early riser")),
    (2_000, _("Keen mind")),
    (4_000, _("Veteran")),
    (7_000, _("Scholar")),
    (11_000, _("Sage")),
    (16_000, _("Polaris")),
)
_FROM = [points for points, _name in LEVELS]


@dataclass(frozen=True)
class Level:
    """A level and the way to the next: `number` from 1; `to_next` is None on the last."""

    number: int
    name: str | Promise
    percent: int
    to_next: int | None


def level_of(points: int) -> Level:
    """Return the level that so many points lead to."""
    place = bisect_right(_FROM, points) - 1
    start, name = LEVELS[place]
    if place + 1 == len(LEVELS):
        return Level(place + 1, name, percent=100, to_next=None)
    end = _FROM[place + 1]
    return Level(place + 1, name, percent=100 * (points - start) // (end - start), to_next=end - points)
