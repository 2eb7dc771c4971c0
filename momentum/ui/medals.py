"""Medals: every badge has one, drawn from what it is for, how hard it is and the number it stands for.

A guilloche of three offset rosettes, a ring of marks, and a sun that stands higher the harder it was.
"""

import math
from functools import cache

from momentum.ui.covers.palette import BANK, BRICK, NIGHT, oklch
from momentum.ui.reverse import url

# Raised when the drawing changes, so that browsers don't keep the old one.
EDITION = 1

GROUNDS = {
    "completion": NIGHT.ground,
    "streak": oklch(0.53, 0.17, 32),
    "speed": BANK.ground,
    "milestone": oklch(0.42, 0.075, 350),
}
INKS = {
    "bronze": oklch(0.83, 0.08, 60),
    "silver": oklch(0.91, 0.014, 250),
    "gold": oklch(0.88, 0.12, 90),
    "platinum": oklch(0.985, 0.006, 100),
}
SUN = BRICK.sun
MOST = 366

_ROSETTES, _STEPS = 3, 180


@cache
def medal_svg(kind: str, tier: str, number: int) -> str:
    """Return the medal as an SVG document.

    Raises:
        KeyError: for a kind or a tier that isn't there.
    """
    ground, ink, rank = GROUNDS[kind], INKS[tier], list(INKS).index(tier)
    marks = number if number <= 30 else 30 + number // 20
    height = 24 - 10 * rank
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><defs><clipPath id="h">'
        '<rect x="60" y="50" width="80" height="72"/></clipPath></defs>'
        f'<circle cx="100" cy="100" r="98" fill="{ground}"/>'
        + "".join(_ring(93 - 3.2 * ring, ink) for ring in range(rank + 1))
        + "".join(_mark(place / marks, min(4.0, 40 / marks), ink) for place in range(marks))
        + "".join(_rosette(5 + number % 11, rosette, ink) for rosette in range(_ROSETTES))
        + f'<circle cx="100" cy="100" r="40" fill="{ground}" stroke="{ink}" stroke-width="1.6"/>'
        f'<circle cx="100" cy="{100 + height}" r="20" fill="{SUN}" clip-path="url(#h)"/>'
        f'<path d="M66 122h68" stroke="{ink}" stroke-width="4"/></svg>'
    )


def medal_url(kind: str, tier: str, number: int) -> str:
    """Return the address of a medal."""
    return url("ui:medal", EDITION, kind, tier, number)


def _ring(radius: float, ink: str) -> str:
    return f'<circle cx="100" cy="100" r="{radius:.1f}" fill="none" stroke="{ink}" stroke-width="1.4"/>'


def _mark(turn: float, radius: float, ink: str) -> str:
    x, y = 100 + 77 * math.sin(math.tau * turn), 100 - 77 * math.cos(math.tau * turn)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{ink}"/>'


def _rosette(petals: int, place: int, ink: str) -> str:
    points = []
    for step in range(_STEPS):
        angle = math.tau * step / _STEPS
        radius = 56 + 10 * math.sin(petals * angle + place * math.tau / _ROSETTES)
        points.append(f"{100 + radius * math.cos(angle):.1f} {100 + radius * math.sin(angle):.1f}")
    return f'<path d="M{"L".join(points)}z" fill="none" stroke="{ink}" stroke-width="1.4"/>'
