"""Badges as the dashboard shows them, their celebration, and how they are drawn."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.engagement import reading
from momentum.engagement.models import Award
from tests.engagement.days import NOON, learn
from tests.factories import make_course, make_enrolment
from tests.pages import button, fields, main, soup, words

pytestmark = pytest.mark.django_db

PAGE = "/today/"


def test_badges_show_the_newest_and_what_is_within_reach(learner: User) -> None:
    learn(learner, make_course(days=14), 6, 5, 4, 3, 2, 1)

    today = reading.today(user=learner, now=NOON)

    assert [(row.badge.slug, row.percent) for row in today.badges] == [
        ("three-mornings", 100), ("first-light", 100),
        ("whole-week", 85), ("ten-lessons", 60), ("long-read", 33), ("round-the-moon", 21),
    ]  # fmt: skip


def test_the_page_shows_level_points_and_progress(as_learner: Any, learner: User) -> None:
    learn(learner, make_course(days=14), 6, 5, 4, 3, 2, 1)

    badges = words(main(as_learner.get(PAGE)).find(id="badges"))

    assert "2 of 15 earned" in badges
    assert "Ten lessons Complete ten lessons 6 / 10 Bronze, 6 of 10 (60%)" in badges
    assert "Level 1, Newcomer 85 points" in badges
    assert "15 points to level 2" in badges


def test_new_badges_are_celebrated_until_the_learner_says_thank_you(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)
    page = as_learner.get(PAGE)
    assert words(main(page).find(id="celebration-title")) == "New badge"

    form = button(page, "Dismiss")
    assert form["action"] == "/celebrations/"
    thanked = as_learner.post("/celebrations/", fields(form))

    assert thanked.headers["Location"] == PAGE
    assert Award.objects.get().seen_at is not None
    assert main(as_learner.get(PAGE)).find(id="celebration") is None


def test_a_lesson_page_fetches_the_celebration_as_a_part(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)

    part = as_learner.get("/celebrations/")

    assert soup(part).find("html") is None
    assert "First light Complete a lesson Bronze, 10 points" in words(soup(part).find(id="celebration"))
    assert "Level 1, Newcomer: 20 points" in words(soup(part).find(id="celebration"))
    assert Award.objects.get().seen_at is None
    seen = as_learner.post("/celebrations/", {"badge": "first-light"}, headers={"HX-Request": "true"})
    assert (seen.status_code, seen.content) == (200, b"")
    assert as_learner.get("/celebrations/").status_code == 204


def test_only_a_completed_lesson_asks_for_a_celebration(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)

    asked = [
        [
            str(part["hx-get"])
            for part in main(as_learner.get(f"/courses/tides/lessons/{day}/")).select("[hx-get]")
        ]
        for day in (1, 2)
    ]

    assert asked == [["/celebrations/"], []]


def test_saying_thank_you_for_one_badge_leaves_another_for_later(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=3)

    as_learner.post("/celebrations/", {"badge": "first-light"})

    assert set(Award.objects.unseen().values_list("badge", flat=True)) == {"long-read", "to-the-day"}


def test_nobody_thanks_for_another(as_other_learner: Any, learner: User, tides: Course) -> None:
    make_enrolment(learner, tides, done=1)

    as_other_learner.post("/celebrations/", {"badge": "first-light"})

    assert Award.objects.get().seen_at is None
    assert as_other_learner.get("/celebrations/").status_code == 204


def test_who_turned_it_off_is_not_celebrated_for_what_was_before(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)
    User.objects.filter(pk=learner.pk).update(celebrates=False)

    assert as_learner.get("/celebrations/").status_code == 204
    page = as_learner.get(PAGE)
    assert main(page).find(id="celebration") is None
    assert "First light" in words(page)


@pytest.mark.parametrize("name", ["completion-bronze-7", "streak-platinum-100", "milestone-silver-366"])
def test_a_medal_is_drawn_the_same_each_time_and_may_be_kept(client: Any, name: str) -> None:
    first, again = client.get(f"/medals/1/{name}.svg"), client.get(f"/medals/1/{name}.svg")

    assert first.headers["Content-Type"] == "image/svg+xml"
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first.content == again.content
    assert first.content.startswith(b"<svg ")


@pytest.mark.parametrize("name", ["completion-tin-7", "luck-gold-7", "streak-gold-0", "streak-gold-367"])
def test_only_medals_that_could_be_earned_are_drawn(client: Any, name: str) -> None:
    assert client.get(f"/medals/1/{name}.svg").status_code == 404
