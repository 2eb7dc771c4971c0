"""What of a text is quoted where it was found, and to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from momentum.learning.permissions import can_open
from momentum.search.actions import rebuild
from momentum.search.models import Passage, Word
from tests.factories import make_course, make_enrolment
from tests.pages import main, titles, words

LOCKED = "zanzibar"


def _with_text(course: Any, day: int, content: str, **fields: Any) -> None:
    course.lessons.filter(day=day).update(content=content, **fields)


def test_what_was_found_is_marked_and_everything_else_escaped(client: Any, db: None) -> None:
    make_course(title="Tides <script>alert(1)</script>", summary='On "tides" & <b>waves</b>', days=1)
    rebuild()

    card = main(client.get("/courses/?q=tides")).select_one("#results .card")

    assert card is not None
    assert [mark.get_text() for mark in card.select("mark")] == ["Tides", "tides"]
    assert card.select("script, b") == []
    assert words(card.select_one(".card__text")) == 'On " tides " & <b>waves</b>'
    assert words(card.select_one(".card__title")) == "Tides <script>alert(1)</script>"


def test_where_title_and_summary_don_t_say_it_the_description_is_quoted(client: Any, four: None) -> None:
    quotes = titles(client.get("/courses/?q=volcanoes"), "#results .card__quote")

    assert quotes == ["About volcanoes , volcanoes and volcanoes …"]


@pytest.fixture
def locked(db: None) -> Any:
    """A course whose second day alone has a word that nobody may read before they are enrolled."""
    course = make_course(title="Islands", days=2, slug="islands")
    _with_text(course, 1, "<p>Open to all: madagascar.</p>", preview=True)
    _with_text(course, 2, f"<p>The secret is {LOCKED}.</p>")
    rebuild()
    return course


def test_the_text_of_a_locked_lesson_finds_its_course_and_is_never_shown(
    client: Any, as_learner: Any, locked: Any
) -> None:
    for visitor in (client, as_learner):
        page = visitor.get("/courses/", {"q": LOCKED})

        assert titles(page, "#results .card__title") == ["Islands"]
        assert titles(page, "#results .card__quote") == []
        assert LOCKED not in words(main(page).select_one("#results"))


def test_a_locked_word_is_neither_offered_nor_what_one_is_corrected_to(client: Any, locked: Any) -> None:
    page = client.get("/courses/", {"q": "zanzibra"})

    assert titles(page, "#results .card__title") == []
    assert LOCKED not in page.text
    assert not Word.objects.filter(word=LOCKED).exists()
    assert Word.objects.filter(word="madagascar").exists()


def test_a_free_preview_is_quoted_to_everybody(client: Any, locked: Any) -> None:
    page = client.get("/courses/?q=madagascar")

    assert titles(page, "#results .card__quote") == [
        "Day 1: Islands. What today is about. Open to all: madagascar …"
    ]


def test_who_is_enrolled_and_an_admin_see_where_it_stands(
    client: Any, as_learner: Any, learner: Any, as_admin: Any, locked: Any
) -> None:
    enrolment = make_enrolment(learner, locked)

    for visitor in (as_learner, as_admin):
        assert titles(visitor.get("/courses/", {"q": LOCKED}), "#results .card__quote") == [
            f"Day 2: Islands. What today is about. The secret is {LOCKED} …"
        ]
    enrolment.status = "cancelled"
    enrolment.save()
    assert titles(as_learner.get("/courses/", {"q": LOCKED}), "#results .card__quote") == []


def test_done_in_sequence_only_what_was_opened_is_quoted(as_learner: Any, learner: Any, locked: Any) -> None:
    locked.in_sequence = True
    locked.save()
    make_enrolment(learner, locked, done=1)
    ahead = as_learner.get("/courses/", {"q": LOCKED})
    as_learner.get("/courses/islands/lessons/2/")

    reached = as_learner.get("/courses/", {"q": LOCKED})

    assert titles(ahead, "#results .card__quote") == []
    assert len(titles(reached, "#results .card__quote")) == 1


def test_of_a_course_with_a_lesson_a_day_only_days_that_have_come_are_quoted(
    as_learner: Any, as_admin: Any, learner: Any, locked: Any
) -> None:
    locked.rhythm = "one_a_day"
    locked.save()
    now = timezone.now()
    place = make_enrolment(learner, locked, at=now)
    hidden = as_learner.get("/courses/", {"q": LOCKED})
    place.enrolled_at = now - timedelta(days=1)
    place.save()
    come = as_learner.get("/courses/", {"q": LOCKED})
    as_learner.get("/courses/islands/lessons/2/")
    place.enrolled_at = now
    place.save()

    begun = as_learner.get("/courses/", {"q": LOCKED})

    assert titles(hidden, "#results .card__title") == ["Islands"]
    assert titles(hidden, "#results .card__quote") == []
    for page in (come, begun, as_admin.get("/courses/", {"q": LOCKED})):
        assert len(titles(page, "#results .card__quote")) == 1


def test_what_search_may_quote_is_what_the_learner_may_open(learner: Any, locked: Any) -> None:
    locked.rhythm = "one_a_day"
    locked.save()
    locked.lessons.update(preview=False)
    lessons = list(locked.lessons.select_related("course__category"))
    place = make_enrolment(learner, locked)
    now = timezone.now()
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana", "Asia/Kathmandu"):
        learner.time_zone = zone
        learner.save()
        for hours in range(-2, 60, 3):
            place.enrolled_at = now - timedelta(hours=hours)
            place.save()

            quoted = set(Passage.objects.open_to(learner).values_list("lesson", flat=True))

            assert quoted == {lesson.pk for lesson in lessons if can_open(learner, lesson)}, (zone, hours)
