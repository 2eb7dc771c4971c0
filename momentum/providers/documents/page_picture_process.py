"""Draws one page of a PDF from standard input as a JPEG on standard output. Run by `page_picture`, never by hand."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pypdfium2
from PIL import ImageChops, ImageDraw

from momentum.core.limited_process import limit

_MARK = (255, 226, 122)  # what a marker pen leaves on white paper
_TALLEST = 6  # times as high as wide: longer pages are cut off
_QUALITY = 72
_AROUND = 0.04  # of the height of the page, above and below what is marked


def main(memory: int, seconds: int) -> None:
    """Read what is wanted and the file, write the picture."""
    limit(memory=memory, seconds=seconds, grace=2)
    wanted = json.loads(sys.stdin.buffer.readline())
    pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    sys.stdout.buffer.write(
        draw(pdf[wanted["page"] - 1], wanted["width"], wanted["quotes"], cut=wanted["cut"])
    )


def draw(page: pypdfium2.PdfPage, width: int, quotes: list[str], *, cut: bool = False) -> bytes:
    """Return the page as a JPEG, `width` pixels wide, with the quotes marked that stand on it."""
    across, height = page.get_size()
    scale = width / across
    if height > _TALLEST * across:
        page.set_cropbox(0, height - _TALLEST * across, across, height)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    if boxes := boxes_of(page, quotes):
        paper = picture.copy()
        pen = ImageDraw.Draw(paper)
        pen.rectangle((0, 0, *paper.size), fill="white")
        device = page.get_size()[1]
        for left, bottom, right, top in boxes:
            pen.rectangle(
                (
                    left * scale - 1,
                    (device - top) * scale - 1,
                    right * scale + 1,
                    (device - bottom) * scale + 1,
                ),
                fill=_MARK,
            )
        picture = ImageChops.multiply(picture, paper)
        if cut:
            top = min(device - box[3] for box in boxes) * scale - _AROUND * picture.height
            bottom = max(device - box[1] for box in boxes) * scale + _AROUND * picture.height
            picture = picture.crop((0, max(0, int(top)), picture.width, min(picture.height, int(bottom))))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def boxes_of(page: pypdfium2.PdfPage, quotes: list[str]) -> list[tuple[float, float, float, float]]:
    """Return where the quotes stand: left, bottom, right and top in points, a box a line.

    Letters and digits alone are compared, so that hyphens, ligatures and line ends don't matter.
    """
    if not quotes:
        return []
    text = page.get_textpage()
    letters: list[str] = []
    places: list[int] = []
    for place in range(text.count_chars()):
        for letter in _letters(text.get_text_range(place, 1)):
            letters.append(letter)
            places.append(place)
    written = "".join(letters)
    boxes = []
    for quote in quotes:
        wanted = _letters(quote)
        at = written.find(wanted) if wanted else -1
        if at < 0:
            continue
        first, last = places[at], places[at + len(wanted) - 1]
        count = text.count_rects(first, last - first + 1)
        boxes += [text.get_rect(number) for number in range(count)]
    return boxes


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
