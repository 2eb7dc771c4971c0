"""Covers: every course has a picture, drawn from its title and its category, the same each time.

Once a course is published, it is drawn from the title it had then (`cover_seed`): people know it by its picture.

A category fixes the palette and the family of motifs; the title picks the composition and everything in
it. Two things are common to all: one sun, and one passage of line-screen shading.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlencode

from django.core.signing import Signer
from django.db.models.fields.files import FieldFile

from momentum.ui.covers import fields, figures, landscapes, palette, uploaded
from momentum.ui.covers.sheet import Sheet
from momentum.ui.reverse import url

type Motif = Callable[[Sheet], None]

# Raised when a drawing changes, so that browsers don't keep the old one.
EDITION = "1"

SHELVES: dict[str, tuple[palette.Palette, tuple[Motif, ...]]] = {
    "business-leadership": (palette.BANK, (figures.columns, figures.halves, figures.arcade)),
    "personal-development": (palette.SHORE, (landscapes.leaves, landscapes.tides, landscapes.strata)),
    "technology-data": (palette.WIRE, (fields.wiring, fields.buses, fields.lattice)),
    "health-wellness": (palette.NIGHT, (landscapes.night, landscapes.path_of_the_sun, landscapes.tides)),
    "creative-skills": (palette.BRICK, (figures.arcade, landscapes.strata, figures.type_case)),
    "communication": (palette.TYPE, (figures.type_case, figures.echoes, figures.halves)),
}
_OTHER: tuple[Motif, ...] = (
    figures.arcade, figures.columns, figures.echoes, figures.halves, figures.type_case, fields.heap,
    fields.lattice, fields.spiral, fields.wiring, landscapes.leaves, landscapes.strata, landscapes.tides,
)  # fmt: skip


class Covered(Protocol):
    """What has a cover: a course, as far as this room needs to know it."""

    title: str
    cover_seed: str  # the title to draw from; empty for the present one

    @property
    def thumbnail(self) -> FieldFile: ...
    @property
    def category(self) -> "Shelf": ...


class Shelf(Protocol):
    slug: str


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def cover_svg(title: str, category: str) -> str:
    """Return the cover as an SVG document; `category` is a slug, known or not."""
    if category in SHELVES:
        inks, motifs = SHELVES[category]
    else:
        inks = palette.ALL[_number(category) % len(palette.ALL)]
        first = _number(category) // 8
        motifs = tuple(_OTHER[(first + step * 5) % len(_OTHER)] for step in range(3))
    sheet = Sheet(f"{EDITION}/{category}/{title}", inks)
    motifs[_number(f"{EDITION}/{category}/{title}") % len(motifs)](sheet)
    return sheet.svg()


def signer() -> Signer:
    """Return what signs cover addresses, so that nobody else can have pictures drawn here."""
    return Signer(salt="momentum.ui.covers")


def cover_url(course: Covered) -> str:
    """Return the address of a course's cover: the uploaded picture where there is one, else the drawn one."""
    if course.thumbnail:
        return str(course.thumbnail.url)
    return _drawn_url(drawn_from(course), course.category.slug)


def drawn_from(course: Covered) -> str:
    """Return the title that the cover is drawn from."""
    return course.cover_seed or course.title


@lru_cache(maxsize=10_000)
def _drawn_url(title: str, category: str) -> str:
    digest = signer().signature(f"{EDITION}/{category}/{title}")[:22]
    return f"{url('ui:cover', digest)}?{urlencode({'title': title, 'category': category})}"


def cover_srcset(course: Covered) -> str:
    """Return the sizes in which an uploaded cover is kept, for `srcset`; nothing for a drawn one, which fits any."""
    if not course.thumbnail:
        return ""
    storage, sizes = course.thumbnail.storage, uploaded.sizes(str(course.thumbnail.name))
    return ", ".join(f"{storage.url(name)} {width}w" for width, name in sizes.items())
