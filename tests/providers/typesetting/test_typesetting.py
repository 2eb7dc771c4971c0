"""What is printed: the same each time, in our own fonts."""

import dataclasses
import io
import unicodedata
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from momentum.providers.typesetting import Certificate, Poster, certificate_pdf, poster_png
from momentum.providers.typesetting.certificate import rosette
from momentum.providers.typesetting.typesetter import FOLDER, drawable, faces

CERTIFICATE = Certificate(
    brand="Momentum",
    heading="Certificate of completion",
    before="This certifies that",
    name="Amara Obi",
    between="has completed all 7 lessons of",
    course="A habit that holds",
    after="One lesson a day. Completed on 9 November 2026.",
    check="Anybody can check it here:",
    url="https://learn.example/certificates/7h3kz-2mq9x-4t8wv-b6n1c/",
    number="7h3kz-2mq9x-4t8wv-b6n1c",
    days=7,
    issued_at=datetime(2026, 11, 9, 8, tzinfo=UTC),
)
ART = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><rect width="8" height="6" fill="#0000ff"/></svg>'
POSTER = Poster(
    brand="Momentum", title="A habit that holds", line="7 days", days=7, art=ART, art_format="svg"
)


def test_the_same_certificate_is_the_same_bytes_and_another_is_not() -> None:
    first = certificate_pdf(CERTIFICATE)
    certificate_pdf.cache_clear()

    assert certificate_pdf(CERTIFICATE) == first
    assert certificate_pdf(dataclasses.replace(CERTIFICATE, name="Tomas Lind")) != first
    assert len(first) < 150_000


def test_a_certificate_is_a4_across_and_links_to_where_it_is_checked() -> None:
    document = pypdfium2.PdfDocument(certificate_pdf(CERTIFICATE))

    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [842, 595]
    assert document.get_metadata_dict()["Title"] == "Certificate of completion: A habit that holds"
    assert CERTIFICATE.url.encode() in certificate_pdf(CERTIFICATE)


def test_our_own_fonts_are_used_and_their_licences_are_beside_them() -> None:
    assert faces("Amara Obi")[0] == "Newsreader Display"
    assert faces("Łukasz")[0] == "Noto Serif"
    assert len(list((FOLDER / "fonts").glob("*.ttf"))) == 5
    assert {path.name for path in (FOLDER / "fonts").rglob("OFL-*.txt")} == {
        "OFL-newsreader.txt", "OFL-noto-cjk.txt", "OFL-noto.txt", "OFL-public-sans.txt",
    }  # fmt: skip


# A name in each script that ships, and what comes of it.
NAMES = (
    "山田 太郎", "王小明", "𠮷野 家", "김민수", "สมชาย ใจดี", "कृष्णा शर्मा", "محمد الأحمد", "דוד כהן", "Nguyễn Văn Ánh",
    "Žydrūnas Šėža", "Αθηνά Παπαδοπούλου", "Юлія Ткаченко", "রবীন্দ্রনাথ ঠাকুর", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ગાંધી", "சுப்பிரமணியம்",
    "వేంకటేశ్వర", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "ສົມໃຈ", "សុខា", "မောင်မောင်", "བསྟན་འཛིན", "Արամ", "გიორგი",
    "አበበ", "ᏣᎳᎩ", "ක්\u200dරිස්ටෝ පෙරේරා", "މުހައްމަދު", "محمد عبد الله", "שָׁלוֹם כהן", "Ann 山田 محمد कृष्णा",
    "محمد Ann Reed عبد", "ⵣⵉⵔⵉ",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_a_name_is_drawn_and_copies_out_as_typed(name: str) -> None:
    assert drawable(name) == name

    copied = _text(name).get_text_range()

    assert unicodedata.normalize("NFC", name) in unicodedata.normalize("NFC", copied)


def _text(name: str) -> Any:
    pdf = certificate_pdf(dataclasses.replace(CERTIFICATE, name=name))
    return pypdfium2.PdfDocument(pdf)[0].get_textpage()


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Robin 🌱 Reed", "Robin Reed"),
        ("👩🏽‍🚀 Zoë", "Zoë"),
        ("🌱", ""),
        ("Ann 👨‍👩‍👧 Reed", "Ann Reed"),
        ("Ann 1️⃣ Reed", "Ann Reed"),
        ("𝒜𝓃𝓃 Ⓡeed Ⅷ", "Ann Reed VIII"),
        ("Ann \u202eevil\u202c \u2067Reed\u2069\u200f", "Ann evil Reed"),
        ("\u1838\u1820 Bat", "Bat"),
        ("Kim\ufe0f", "Kim"),
        ("\U00012000 An", "An"),
    ],
)
def test_what_no_font_has_is_left_out_with_grace(name: str, drawn: str) -> None:
    assert drawable(name) == drawn


@pytest.mark.parametrize(
    "name",
    [
        "W" * 90,
        "m" * 150,
        "Maximilian Alexander " * 5,
        "山田" * 40,
        "Wolfeschlegelsteinhausenbergerdorff " * 2,
        "ใจดี" * 25,
    ],
)
def test_a_long_name_never_touches_the_seal(name: str) -> None:
    page = _text(name)

    boxes = [page.get_charbox(place) for place in range(page.count_chars())]
    # The seal lies 196 to 272 mm from the left and 60 to 136 mm from the top.
    beside = [right for _left, bottom, right, _top in boxes if 60 < (595 - bottom) / 72 * 25.4 < 136]
    assert len(beside) > 60
    assert max(beside) / 72 * 25.4 < 190


def test_a_name_without_a_letter_that_can_be_drawn_is_the_certificates_number() -> None:
    lines = _text("\ua188\ua320").get_text_range().splitlines()

    assert CERTIFICATE.number in lines


def test_a_word_too_long_for_a_line_is_broken_and_stays_legible() -> None:
    picture = pypdfium2.PdfDocument(certificate_pdf(dataclasses.replace(CERTIFICATE, name="m" * 150)))[
        0
    ].render(scale=1)
    grey = picture.to_pil().convert("L")

    # From where the name stands to the line below it, four rows of letters are set apart by white.
    rows = [min(grey.crop((72, y, 500, y + 1)).tobytes()) < 100 for y in range(180, 265)]
    assert sum(inked and not above for above, inked in pairwise(rows)) == 4


@pytest.mark.parametrize("days", [1, 7, 21, 60])
def test_the_seal_has_a_petal_a_day_within_reason(days: int) -> None:
    assert rosette(days).count("<path") == 29
    assert len(rosette(days)) < 250_000


def test_the_code_on_it_can_be_read_back_as_the_address() -> None:
    import segno

    from momentum.providers.typesetting.certificate import _qr

    drawn = _qr(CERTIFICATE.url)
    code = segno.make(CERTIFICATE.url, error="m", micro=False)

    assert f'width="{code.symbol_size(border=0)[0]}"' in drawn
    assert code.error == "M"


def test_a_poster_is_1200_by_630_and_shows_the_art() -> None:
    made = poster_png(POSTER)
    picture = Image.open(io.BytesIO(made)).convert("RGB")

    assert made.startswith(b"\x89PNG")
    assert picture.size == (1200, 630)
    assert picture.getpixel((860, 315)) == (0, 0, 255)
    assert len(made) < 300_000
    poster_png.cache_clear()
    assert poster_png(POSTER) == made


@pytest.mark.parametrize("art_format", ["png", "webp", "jpeg"])
def test_an_uploaded_picture_is_art_too(art_format: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (80, 60), (0, 0, 255)).save(data, art_format)
    kind = "jpg" if art_format == "jpeg" else art_format

    made = poster_png(dataclasses.replace(POSTER, art=data.getvalue(), art_format=kind))

    red, _green, blue = Image.open(io.BytesIO(made)).convert("RGB").getpixel((860, 315))  # type: ignore[misc]
    assert red < 5
    assert blue > 250
