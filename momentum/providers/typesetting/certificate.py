"""Certificates as PDF, A4 across, to be printed and framed."""

import io
import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import segno

from momentum.providers.typesetting.typesetter import (
    drawable,
    faces,
    in_places,
    needs_outline,
    typeset,
    unbroken,
    with_breaks,
)

type Point = tuple[float, float]

# In points, the largest that fits is taken.
_NAME_SIZES, _COURSE_SIZES = (48, 42, 36, 30, 26), (31, 27, 24, 20, 17)
INK, ACCENT = "#2b2622", "#b5381f"


@dataclass(frozen=True)
class Certificate:
    """All that stands on a certificate, in the words of its reader's language.

    The lines are read in this order: `heading`, `before` the name, `name`, `between` name and course, `course`,
    `after` it (what was done, and when). `check` says how to check it, at the address `url`; `number` is what to
    type there. `days` is drawn, as suns and as petals.
    """

    brand: str
    heading: str
    before: str
    name: str
    between: str
    course: str
    after: str
    check: str
    url: str
    number: str
    days: int
    issued_at: datetime


@lru_cache(maxsize=64)
def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the PDF. It is kept in the process for a while, since who opens one often opens it twice."""
    data = {
        "brand": certificate.brand,
        "heading": certificate.heading,
        "before": certificate.before,
        "name_sizes": _NAME_SIZES,
        "course_sizes": _COURSE_SIZES,
        "name": _title(certificate.name, _NAME_SIZES, 1, otherwise=certificate.number),
        "between": certificate.between,
        "course": _title(certificate.course, _COURSE_SIZES, 2, otherwise="–"),
        "after": certificate.after,
        "check": certificate.check,
        "url": certificate.url,
        "shown_url": certificate.url.partition("://")[2],
        "number": certificate.number,
        "days": certificate.days,
        "seal": rosette(certificate.days),
        "qr": _qr(certificate.url),
    }
    return typeset("certificate.typ", data, form="pdf", at=certificate.issued_at)


def _title(text: str, sizes: tuple[int, ...], lines: int, *, otherwise: str) -> dict[str, Any]:
    """Return what a name or a title is set from; with its outlines where a copy of it would come out garbled.

    `otherwise` takes its place where no letter of it can be drawn.
    """
    drawn = drawable(text) or otherwise
    broken = with_breaks(drawn)
    given: dict[str, Any] = {"text": drawn, "faces": faces(drawn), "unseen": in_places(drawn), "outline": ""}
    given["unbroken"] = unbroken(broken) if broken == drawn else []
    if needs_outline(drawn):
        outline = typeset(
            "outline.typ", {**given, "text": broken, "sizes": sizes, "lines": lines}, form="svg"
        )
        given["outline"] = outline.decode()
    return given


@cache
def rosette(days: int) -> str:
    """Return an engraved sun, as SVG: interlaced curves with as many petals as days."""
    petals = max(5, min(days, 28))
    rings = [_ring(82, 8, petals, turn / 10, 0.35) for turn in range(10)]
    rings += [_ring(58, 11, petals, turn / 12, 0.3) for turn in range(12)]
    rings += [_ring(34, 5, petals, turn / 6, 0.3) for turn in range(6)]
    rays = "".join(
        f"M{_pair(_point(94, angle))}L{_pair(_point(99 if number % 2 else 97, angle))}"
        for number, angle in ((number, math.tau * number / (petals * 8)) for number in range(petals * 8))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200">'
        f'<g fill="none" stroke="{INK}">{"".join(rings)}<path d="{rays}" stroke-width=".5"/>'
        '<circle r="92.500" stroke-width=".5"/></g>'
        f'<circle r="25" fill="{ACCENT}"/></svg>'
    )


def _ring(radius: float, depth: float, petals: int, turn: float, width: float) -> str:
    steps = petals * 10
    points = []
    for step in range(steps):
        angle = math.tau * step / steps
        wave = math.cos(petals * angle + math.tau * turn)
        points.append(_point(radius + depth * wave, angle))
    # A smooth curve: each point is where a quadratic bends, and halfway between two is where they meet.
    meets = [_middle(one, other) for one, other in zip(points, points[1:] + points[:1], strict=True)]
    bends = points[1:] + points[:1]
    curve = "".join(
        f"Q{_pair(bend)} {_pair(meet)}" for bend, meet in zip(bends, meets[1:] + meets[:1], strict=True)
    )
    return f'<path d="M{_pair(meets[0])}{curve}" stroke-width="{width}"/>'


def _point(radius: float, angle: float) -> Point:
    return radius * math.cos(angle), radius * math.sin(angle)


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, dark=INK, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()
