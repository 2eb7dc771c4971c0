"""A profile that its owner made public: what it shows of them, and what it never does."""

import re
from typing import Any

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.events.models import Event
from tests.engagement.profiles import FORM, PAGE, learn_for_a_week, make_picture
from tests.pages import button, fields, main, titles, words

pytestmark = pytest.mark.django_db


def _publish(browser: Any, user: User) -> str:
    form = button(browser.get(PAGE), "Make public")
    browser.post(str(form["action"]), fields(form, "Make public"))
    user.refresh_from_db()
    return f"/learners/{user.public_address}/"


def test_a_profile_is_private_until_its_owner_says_otherwise(as_learner: Any, learner: User) -> None:
    assert learner.public_address is None

    address = _publish(as_learner, learner)

    assert len(address) >= len("/learners//") + 22
    assert f"http://testserver{address}" in words(main(as_learner.get(PAGE)).find(id="public"))


def test_a_public_profile_shows_what_was_earned_and_nothing_private(
    client: Any, as_learner: Any, learner: User
) -> None:
    learn_for_a_week(learner)
    as_learner.post(
        PAGE, FORM | {"bio": "Reads at seven.", "picture": make_picture(), "time_zone": "Asia/Tokyo"}
    )
    as_learner.post("/profile/showcase/", {"badge": ["whole-week"]})
    address = _publish(as_learner, learner)

    page = client.get(address)

    assert words(main(page).find("h1")) == "Lea Lernt"
    assert "Reads at seven." in words(page)
    assert titles(page, ".tile__figure") == ["7", "1", "7"]
    assert titles(page, ".badge__title")[0] == "A whole week"
    assert len(titles(page, ".badge")) == 5
    for private in ("lea@example.com", "lea@", "Tokyo", "today", str(learner.id), learner.avatar, "285"):
        assert private not in main(page).decode(), private
    assert str(timezone.localdate().year) not in words(page)
    assert client.get(f"{address}picture-320.webp").status_code == 200
    assert "private" in page.headers["Cache-Control"]
    assert page.cookies == {}


def test_who_gave_no_name_is_not_called_by_their_address(client: Any, as_learner: Any, learner: User) -> None:
    as_learner.post(PAGE, FORM | {"name": ""})

    page = client.get(_publish(as_learner, learner))

    assert words(main(page).find("h1")) == "A learner"
    assert words(main(page).select_one(".avatar")) == ""


def test_what_is_private_or_suspended_or_never_was_is_all_the_same(
    client: Any, as_learner: Any, learner: User, other_learner: User
) -> None:
    as_learner.post(PAGE, FORM | {"picture": make_picture()})
    first = _publish(as_learner, learner)
    as_learner.post("/profile/publication/", {"state": "private"})
    User.objects.filter(pk=other_learner.pk).update(public_address="B" * 22, avatar="x", is_active=False)

    answers = [client.get(path) for path in (first, f"/learners/{'B' * 22}/", f"/learners/{'A' * 22}/")]
    pictures = [client.get(f"{answer.request['PATH_INFO']}picture-96.webp") for answer in answers]

    assert [answer.status_code for answer in [*answers, *pictures]] == [404] * 6
    for those in (answers, pictures):
        # But for the number of the request.
        assert len({re.sub(r"<code>\w+</code>", "", one.text) for one in those}) == 1
    again = _publish(as_learner, learner)
    assert again != first
    assert client.get(first).status_code == 404


def test_making_it_public_twice_keeps_its_address(as_learner: Any, learner: User) -> None:
    address = _publish(as_learner, learner)

    as_learner.post("/profile/publication/", {"state": "public"})

    learner.refresh_from_db()
    assert f"/learners/{learner.public_address}/" == address
    assert Event.objects.filter(name="user.profile_published").count() == 1


def test_a_public_profile_costs_two_queries(
    client: Any, as_learner: Any, learner: User, django_assert_num_queries: Any
) -> None:
    learn_for_a_week(learner)
    address = _publish(as_learner, learner)

    with django_assert_num_queries(2):
        client.get(address)
