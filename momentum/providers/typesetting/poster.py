"""The picture that other sites show beside a link to a course (Open Graph), 1200 by 630."""

from dataclasses import dataclass
from functools import lru_cache

from momentum.providers.typesetting.typesetter import drawable, faces, typeset, unbroken


@dataclass(frozen=True)
class Poster:
    """What stands on it. `art` is the picture, 4:3, in the format `art_format` ("svg", "png", "jpg" or "webp")."""

    brand: str
    title: str
    line: str
    days: int
    art: bytes
    art_format: str


@lru_cache(maxsize=64)
def poster_png(poster: Poster) -> bytes:
    """Return the picture as PNG, kept in the process for a while: a shared link is asked for by many at once."""
    title = drawable(poster.title) or "–"
    data = {
        "brand": poster.brand,
        "title": title,
        "title_faces": faces(title),
        "unbroken": unbroken(title),
        "line": poster.line,
        "days": poster.days,
        "art": list(poster.art) if poster.art_format != "svg" else poster.art.decode(),
        "art_format": poster.art_format,
    }
    return typeset("poster.typ", data, form="png")
