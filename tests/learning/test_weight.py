"""What a learner's page weighs: its scripts and its style sheet, as they are sent, and its pictures."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from momentum.catalog.actions import edit_course, set_video
from momentum.catalog.models import Course
from momentum.ui import styles
from tests.factories import make_course, make_enrolment, make_picture, make_question
from tests.pages import soup

CLIP = (Path(__file__).parents[1] / "files" / "clip.webm").read_bytes()
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["'](\./[^"']+)""")
PAGES = (
    "/",
    "/courses/",
    "/courses/?q=tides",
    "/courses/tides/",
    "/courses/tides/lessons/1/",
    "/today/",
    "/profile/",
)
# Statements that are asked once in a second.
SOMETIMES = {"/courses/tides/": 1}


@pytest.fixture
def course(admin: Any, learner: Any) -> Course:
    """A course with all that a lesson page can have, and a cover that was uploaded; and a shelf to stand on."""
    made = make_course(title="Tides", slug="tides")
    for number in range(12):
        make_course(title=f"Tides {number}", category=made.category)
    lesson = made.lessons.get(day=1)
    make_question(lesson)
    set_video(actor=admin, lesson=lesson, video=ContentFile(CLIP, name="a.webm"))
    edit_course(actor=admin, course=made, thumbnail=ContentFile(make_picture("JPEG"), name="a.jpg"))
    make_enrolment(learner, made)
    return made


def _packed(address: str, seen: set[Path]) -> int:
    """Return how many bytes a script has when packed, with all that it imports."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.js$)", "", address.removeprefix("/static/"))
    found = finders.find(name)
    assert isinstance(found, str), address
    path = Path(found)
    if path in seen:
        return 0
    seen.add(path)
    parts = [f"{name.rpartition('/')[0]}/{part[2:]}" for part in IMPORTED.findall(path.read_text())]
    return len(gzip.compress(path.read_bytes())) + sum(_packed(part, seen) for part in parts)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_less_than_30_kilobytes_of_script_and_25_of_style(
    as_learner: Client, course: Course, address: str
) -> None:
    page = soup(as_learner.get(address))

    seen: set[Path] = set()
    scripts = {str(one["src"]): _packed(str(one["src"]), seen) for one in page.select("script[src]")}
    assert len(scripts) >= 6
    assert sum(scripts.values()) < 30_000, scripts
    assert [str(one["href"]) for one in page.select("link[rel=stylesheet]")] == [styles.stylesheet_url()]
    assert len(styles.sheet().gzipped) < 25_000


@pytest.mark.parametrize("address", PAGES)
def test_a_learners_page_is_six_queries_at_most_however_much_there_is(
    as_learner: Client, learner: Any, course: Course, address: str
) -> None:
    as_learner.get(address)  # the front page counts its figures once in ten minutes
    with CaptureQueriesContext(connection) as few:
        assert as_learner.get(address).status_code == 200
    for number in range(6):
        other = make_course(title=f"Tides and more {number}", category=course.category, days=9)
        make_question(other.lessons.get(day=1))
        make_enrolment(learner, other, done=3)

    as_learner.get(address)
    with CaptureQueriesContext(connection) as many:
        assert as_learner.get(address).status_code == 200

    said = [query["sql"][:150] for query in many]
    assert len(many) <= len(few) + SOMETIMES.get(address, 0), said
    assert len(many) <= 6, said


@pytest.mark.parametrize("address", PAGES)
def test_pictures_have_their_size_and_those_further_down_wait(
    as_learner: Client, course: Course, address: str
) -> None:
    pictures = soup(as_learner.get(address)).select("main img")

    for picture in pictures:
        assert picture.get("width"), picture
        assert picture.get("height"), picture
        assert picture.has_attr("alt"), picture
    eager = [picture for picture in pictures if picture.get("loading") != "lazy"]
    assert len(eager) <= 4, eager


def test_a_cover_that_was_uploaded_comes_as_webp_in_the_size_that_is_needed(
    as_learner: Client, course: Course
) -> None:
    cover = soup(as_learner.get("/courses/tides/")).select_one(".cover img, img.cover")

    assert cover is not None
    assert ".webp" in str(cover["srcset"])
    assert len(str(cover["srcset"]).split(",")) >= 2
    assert cover.get("sizes")
