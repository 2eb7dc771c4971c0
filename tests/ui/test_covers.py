from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from momentum.ui.covers import SHELVES, cover_svg, cover_url
from momentum.ui.guide import ExampleCategory, ExampleCourse

TITLES = (
    "First light",
    "The long way round",
    "What to keep",
    "Ten small repairs",
    "A better question",
    "By hand",
)
KNOWN = {"svg", "defs", "clipPath", "rect", "circle", "ellipse", "path", "g"}


def course(title: str, category: str) -> ExampleCourse:
    return ExampleCourse(title, "", ExampleCategory(category, category), 7)


@pytest.mark.parametrize("category", [*SHELVES, "gardening", ""])
def test_covers_are_the_same_each_time_and_differ_from_title_to_title(category: str) -> None:
    drawn = [cover_svg(title, category) for title in TITLES]

    assert drawn == [cover_svg(title, category) for title in TITLES]
    assert len(set(drawn)) == len(TITLES)


@pytest.mark.parametrize("category", [*SHELVES, "gardening"])
def test_a_cover_is_a_small_well_formed_drawing_and_nothing_else(category: str) -> None:
    for title in (*TITLES, "<script>alert(1)</script>", "∑ naïve “quotes” & more"):
        svg = cover_svg(title, category)
        drawing = ET.fromstring(svg)  # noqa: S314 - we drew it
        tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in drawing.iter()}

        assert tags <= KNOWN
        assert title not in svg
        assert len(svg) < 100_000


def test_every_seeded_category_has_three_compositions() -> None:
    assert {slug: len(set(motifs)) for slug, (_inks, motifs) in SHELVES.items()} == dict.fromkeys(SHELVES, 3)


def test_the_address_of_a_cover_can_be_kept_for_ever_and_sets_no_cookie(client: Client) -> None:
    answer = client.get(cover_url(course("First light", "communication")))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content.decode() == cover_svg("First light", "communication")
    assert not answer.cookies


def test_an_address_that_momentum_did_not_sign_draws_nothing(client: Client, db: None) -> None:
    address = cover_url(course("First light", "communication")).replace("First", "Last")

    assert client.get(address).status_code == 404


def test_an_uploaded_picture_wins() -> None:
    class Uploaded:
        url = "/media/covers/mine.jpg"

    made = ExampleCourse("First light", "", ExampleCategory("c", "c"), 7, thumbnail=Uploaded())  # type: ignore[arg-type]

    assert cover_url(made) == "/media/covers/mine.jpg"
