"""Pages as pictures, with sentences marked where they stand."""

import io

import pytest
from PIL import Image

from momentum.providers.documents import DocumentError
from momentum.providers.documents.page_picture import picture_of_page
from tests.providers.pdfs import handbook, hyphenated


def _marked(data: bytes) -> int:
    """How many pixels are as a marker pen leaves white paper."""
    colours = Image.open(io.BytesIO(data)).convert("RGB").getcolors(2**24) or []
    return sum(count for count, (red, green, blue) in colours if red > 240 and green > 200 and blue < 170)


def test_a_sentence_is_marked_and_the_lines_around_it_are_cut_out() -> None:
    from momentum.providers.documents.limits import Limits
    from momentum.providers.documents.reading import read

    data = hyphenated()
    text = read(data, name="a.pdf", limits=Limits()).document.pages[0].text
    sentence = text.split("\n\n")[-1][:120]

    plain = picture_of_page(data, page=1, width=400)
    marked = picture_of_page(data, page=1, width=400, quotes=[sentence])
    strip = picture_of_page(data, page=1, width=400, quotes=[sentence], cut=True)

    assert _marked(plain) == 0
    assert _marked(marked) > 500
    whole, cut = (Image.open(io.BytesIO(one)).size for one in (marked, strip))
    assert whole[0] == cut[0] == 400
    assert cut[1] < whole[1] / 2


def test_a_file_or_a_page_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentError):
        picture_of_page(b"%PDF-1.7 nothing", page=1, width=400)
    with pytest.raises(DocumentError):
        picture_of_page(handbook(), page=999, width=400)
