"""Badges as the dashboard shows them, their celebration, and how they are drawn."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.engagement import queries
from momentum.engagement.models import Award
from tests.engagement.days import NOON, learn
from tests.factories import make_course, make_enrolment
from tests.pages import button, fields, main, soup, words

pytestmark = pytest.mark.django_db

PAGE = "/today/"


def test_badges_show_the_newest_and_what_is_within_reach(learner: User) -> None:
    learn(learner, make_course(days=14), 6, 5, 4, 3, 2, 1)

    today = queries.today(user=learner, now=NOON)

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


def test_completing_a_lesson_brings_what_it_earned_to_where_the_learner_is(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides)
    lesson = tides.lessons.get(day=1)

    part = as_learner.post(f"/lessons/{lesson.id}/completion/", headers={"HX-Request": "true"})

    assert soup(part).find("html") is None
    finish = soup(part).find(id="finish")
    assert words(finish.select_one("#moment[tabindex='-1'][data-focus]")) == "Day 1 complete."
    assert (
        words(finish.select_one("[data-announce]")) == "20 points · 1-day streak · a new badge: First light"
    )
    assert "First light Complete a lesson Bronze, 10 points" in words(finish.find(id="celebration"))
    assert "Level 1, Newcomer: 20 points" in words(finish)
    assert finish.find("a", string="Continue with day 2")["href"] == "/courses/tides/lessons/2/"
    assert "done" in words(soup(part).select_one("#lessons [aria-current]"))
    assert soup(part).find(id="clock")["hx-swap-oob"] == "delete"
    # It is seen when it is in view, which the page says by itself.
    assert Award.objects.get().seen_at is None
    seen = as_learner.post("/celebrations/", {"badge": "first-light"}, headers={"HX-Request": "true"})
    assert (seen.status_code, seen.content) == (200, b"")
    assert Award.objects.get().seen_at is not None


def test_without_script_it_is_a_page_that_was_seen_once_it_was_shown(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides)
    address = f"/lessons/{tides.lessons.get(day=1).id}/completion/"
    assert as_learner.get(address).headers["Location"] == "/courses/tides/lessons/1/"

    page = as_learner.get(as_learner.post(address).headers["Location"])

    assert words(main(page).find("h1")) == "Day 1 complete."
    assert "First light" in words(main(page).find(id="celebration"))
    assert main(as_learner.get(PAGE)).find(id="celebration") is None
    assert main(as_learner.get(address)).find(id="celebration") is None


def test_a_lesson_that_was_completed_before_celebrates_nothing(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)

    page = main(as_learner.get("/courses/tides/lessons/1/"))

    assert "Day 1 complete." in words(page)
    assert page.find(id="celebration") is None
    assert Award.objects.get().seen_at is None


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


def test_who_turned_it_off_is_not_celebrated_for_what_was_before(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1)
    User.objects.filter(pk=learner.pk).update(celebrates=False)

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
