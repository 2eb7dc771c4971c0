"""Where an administrator's day begins."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from momentum.learning.actions.reviews import write_review
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import link, main, titles, words


def _tiles(page: Any) -> dict[str, str]:
    return {words(tile.find("dt")): words(tile.find("dd")) for tile in main(page).select(".tile")}


def test_an_empty_house_has_zeros_and_nothing_waiting(as_admin: Any) -> None:
    page = as_admin.get("/panel/")

    assert _tiles(page) == {
        "Enrolled today": "0",
        "Revenue today": "0",
        "Active learners, 7 days": "0",
        "New accounts, 7 days": "1",
    }
    assert "You’re all caught up" in words(page)


def test_the_figures_count_today_and_the_last_seven_days(as_admin: Any) -> None:
    now = timezone.now()
    course = make_course()
    make_enrolment(make_user(), course, done=1)
    make_enrolment(make_user(), course, done=1, at=now - timedelta(days=3))
    make_enrolment(
        make_user(date_joined=now - timedelta(days=30)), course, done=1, at=now - timedelta(days=20)
    )

    assert _tiles(as_admin.get("/panel/")) == {
        "Enrolled today": "1",
        "Revenue today": "0",
        "Active learners, 7 days": "2",
        "New accounts, 7 days": "3",
    }


def test_drafts_wait_with_the_latest_first(as_admin: Any) -> None:
    older = make_course(title="Older", published=False)
    make_course(title="Newer", published=False)
    make_course(title="Published")

    page = as_admin.get("/panel/")

    assert titles(page, ".list__row a") == ["Newer", "Older"]
    assert link(page, "2 drafts") == "/panel/courses/?status=draft"
    assert link(page, "Older") == f"/panel/courses/{older.id}/"


def test_it_says_when_nothing_that_takes_time_is_done(as_admin: Any) -> None:
    assert "No worker is running" in words(as_admin.get("/panel/"))


def test_reviews_that_nobody_has_read_wait(as_admin: Any) -> None:
    course = make_course(days=1)
    for name in ("One", "Two"):
        writer = make_user(name=name)
        make_enrolment(writer, course, done=1)
        write_review(user=writer, course=course, stars=4, text="Clear and short.")

    page = as_admin.get("/panel/")

    assert link(page, "2 reviews to moderate") == "/panel/reviews/?status=pending"
    assert len(main(as_admin.get("/panel/reviews/?status=pending")).select("tbody tr")) == 2
    assert "You’re all caught up" not in words(page)
