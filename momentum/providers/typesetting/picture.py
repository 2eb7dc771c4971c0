"""A course's cover as PNG: mail programs show neither SVG nor, some of them, WebP."""

from functools import lru_cache

from momentum.providers.typesetting.typesetter import typeset


@lru_cache(maxsize=256)
def picture_png(art: bytes, art_format: str) -> bytes:
    """Return a picture, 4:3, as PNG of 432 by 324, kept in the process for a while.

    Args:
        art: it.
        art_format: "svg", "png", "jpg" or "webp".
    """
    data = {"art": list(art) if art_format != "svg" else art.decode(), "art_format": art_format}
    return typeset("picture.typ", data, form="png")
