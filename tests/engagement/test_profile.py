"""One's own profile: what it shows, what can be changed, and that it is nobody else's."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from momentum.accounts.models import User
from momentum.engagement.models import Award
from momentum.events.models import Event
from tests.engagement.profiles import FORM, PAGE, learn_for_a_week
from tests.factories import make_course, make_enrolment
from tests.pages import button, main, titles, words

pytestmark = pytest.mark.django_db


def test_it_shows_statistics_and_all_badges_with_progress(as_learner: Any, learner: User) -> None:
    learn_for_a_week(learner)

    page = as_learner.get(PAGE)

    assert titles(page, ".tile__figure") == ["285", "7", "70", "7"]
    assert "Level 3, Steady reader 215 points to the next level" in words(page)
    assert "5 of 15 earned" in words(page)
    assert len(titles(page, ".badge")) == 15
    assert "Ten lessons Complete ten lessons 7 / 10 Bronze, 7 of 10 (70%)" in words(page)


def test_a_new_account_has_a_profile_too(as_learner: Any) -> None:
    page = as_learner.get(PAGE)

    assert titles(page, ".tile__figure") == ["0", "0", "0", "0"]
    assert "0 of 15 earned" in words(page)
    assert main(page).find(id="showcase-title") is None


def test_it_costs_three_queries_however_much_was_earned(
    as_learner: Any, learner: User, django_assert_num_queries: Any
) -> None:
    learn_for_a_week(learner)

    with django_assert_num_queries(3):
        as_learner.get(PAGE)


def test_a_learner_changes_what_stands_about_them(as_learner: Any, learner: User) -> None:
    response = as_learner.post(
        PAGE, {"name": "Lea Lernt", "bio": "Reads at seven.", "time_zone": "Asia/Tokyo", "language": "en"}
    )

    learner.refresh_from_db()
    assert response.headers["Location"] == PAGE
    assert (learner.name, learner.bio, learner.time_zone) == ("Lea Lernt", "Reads at seven.", "Asia/Tokyo")
    assert learner.celebrates is False
    assert 'value="Asia/Tokyo" selected' in as_learner.get(PAGE).text
    assert Event.objects.filter(name="user.changed", actor_id=learner.id).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "x" * 121},
        {"time_zone": "Mars/Olympus"},
        {"bio": "x" * 301},
        {"language": "tlh"},
        {"time_zone": ""},
    ],
)
def test_what_cannot_be_used_changes_nothing(as_learner: Any, learner: User, change: Any) -> None:
    response = as_learner.post(PAGE, FORM | {"bio": "New."} | change)

    assert response.status_code == 422
    learner.refresh_from_db()
    assert (learner.name, learner.bio, learner.time_zone, learner.language) == (
        "Lea Learner",
        "",
        "UTC",
        "en",
    )


def test_nothing_else_can_be_changed_along(as_learner: Any, learner: User, other_learner: User) -> None:
    more = {"role": "admin", "email": "x@example.com", "id": str(other_learner.id), "public_address": "mine"}

    as_learner.post(PAGE, FORM | more)

    learner.refresh_from_db()
    other_learner.refresh_from_db()
    assert (learner.role, learner.email, learner.public_address) == ("free", "lea@example.com", None)
    assert other_learner.name == "Otto Other"


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(client: Any, learner: User) -> None:
    response = client.post(PAGE, FORM)

    assert response.headers["Location"] == "/account/login/"
    learner.refresh_from_db()
    assert learner.name == "Lea Learner"


def test_without_a_token_nothing_is_changed(learner: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)

    assert strict.post(PAGE, FORM).status_code == 403
    learner.refresh_from_db()
    assert learner.name == "Lea Learner"


def test_what_one_writes_is_text_and_never_markup(as_learner: Any) -> None:
    as_learner.post(PAGE, FORM | {"name": "<script>x</script>", "bio": "<img src=x>"})

    page = as_learner.get(PAGE).text
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_who_moves_keeps_the_days_that_are_past(as_learner: Any, learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course, done=1, at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))

    as_learner.post(PAGE, FORM | {"time_zone": "Asia/Tokyo"})

    assert str(learner.learner_stats.streak_last) == "2026-03-02"


def test_up_to_three_badges_stand_first(as_learner: Any, learner: User) -> None:
    learn_for_a_week(learner)
    assert button(as_learner.get(PAGE), "Save")["action"] == "/profile/showcase/"

    as_learner.post("/profile/showcase/", {"badge": ["first-week", "whole-week"]})

    page = main(as_learner.get(PAGE))
    checked = [box["value"] for box in page.select("input[name=badge][checked]")]
    assert sorted(str(value) for value in checked) == ["first-week", "whole-week"]


@pytest.mark.parametrize(
    "chosen", [["first-light", "first-week", "whole-week", "three-mornings"], ["hundred-days"]]
)
def test_a_fourth_badge_or_one_not_earned_is_refused(as_learner: Any, learner: User, chosen: Any) -> None:
    learn_for_a_week(learner)

    assert as_learner.post("/profile/showcase/", {"badge": chosen}).status_code == 422
    assert not Award.objects.filter(showcased=True).exists()
