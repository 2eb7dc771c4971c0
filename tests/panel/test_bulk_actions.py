"""The same done to several rows of a list: each by itself, and the list says what came of it."""

from typing import Any

import pytest
from django.test import Client

from momentum.catalog.models import Course
from momentum.events.models import AuditEntry
from momentum.learning.actions.reviews import write_review
from momentum.learning.models import Review
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import button, fields, link, main, titles, words

COURSES = "/panel/courses/"
REVIEWS = "/panel/reviews/"


@pytest.fixture
def drafts(db: None) -> list[Course]:
    """Two drafts that can be published, and one that can't."""
    made = [make_course(title=title, days=1, published=False) for title in ("Tides", "Waves", "Clouds")]
    made[2].lessons.update(status="draft")
    return made


def _statuses() -> list[str]:
    return list(Course.objects.order_by("title").values_list("status", flat=True))


def test_several_courses_are_published_and_what_one_lacks_keeps_no_other_from_it(
    as_admin: Any, drafts: list[Course]
) -> None:
    sent = {"action": "publish", "selected": [str(one.pk) for one in drafts]}

    page = as_admin.post(f"{COURSES}?status=draft", sent, follow=True)

    assert page.redirect_chain == [(f"{COURSES}?status=draft", 302)]
    assert _statuses() == ["draft", "published", "published"]
    said = titles(page, "#messages .note")
    assert said[0] == "2 courses published."
    assert said[1].startswith("“Clouds” wasn’t changed.")
    assert len(said) == 2
    assert titles(page, "tbody th a") == ["Clouds"]

    again = as_admin.post(COURSES, sent, follow=True)
    assert titles(again, "#messages .note") == said
    assert AuditEntry.objects.filter(name="course.published").count() == 2


def test_archiving_asks_first_and_goes_back_to_where_one_was(as_admin: Any, drafts: list[Course]) -> None:
    sent = {"action": "archive", "selected": [str(one.pk) for one in drafts[:2]]}

    asked = as_admin.post(f"{COURSES}?q=e", sent)

    assert _statuses() == ["draft", "draft", "draft"]
    assert "Archive 2 courses? Enrolled learners can still finish them." in words(asked)
    assert sorted(titles(asked, ".list__row")) == ["Tides", "Waves"]
    assert link(asked, "Cancel") == f"{COURSES}?q=e"
    form = button(asked, "Archive selected")
    hidden = [str(one["value"]) for one in form.select("input[name=selected]")]
    page = as_admin.post(
        str(form["action"]), fields(form, "Archive selected") | {"selected": hidden}, follow=True
    )
    assert page.redirect_chain == [(f"{COURSES}?q=e", 302)]
    assert titles(page, "#messages .note") == ["2 courses archived."]
    assert _statuses() == ["draft", "archived", "archived"]


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ([], "Select at least one row first."),
        (["nonsense", "\0", "9" * 5000], "Select at least one row first."),
        (["00000000-0000-7000-8000-000000000000"], "1 no longer exists."),
        (["00000000-0000-7000-8000-000000000000:" + "9" * 5000], "Select at least one row first."),
    ],
)
def test_what_is_not_there_is_not_changed(
    as_admin: Any, drafts: list[Course], selected: list[str], said: str
) -> None:
    page = as_admin.post(COURSES, {"action": "publish", "selected": selected}, follow=True)

    assert titles(page, "#messages .note") == [said]
    assert _statuses() == ["draft", "draft", "draft"]


def test_what_a_list_does_not_offer_is_refused(as_admin: Any, drafts: list[Course]) -> None:
    answer = as_admin.post(COURSES, {"action": "delete", "selected": [str(drafts[0].pk)]})

    assert answer.status_code == 422
    assert _statuses() == ["draft", "draft", "draft"]


def test_reviews_are_hidden_for_one_reason_each_in_the_version_that_was_read(as_admin: Any) -> None:
    course = make_course(title="Tides")
    users = [make_user(), make_user()]
    for user in users:
        make_enrolment(user, course, done=1)
        write_review(user=user, course=course, stars=1, text="Buy my watches instead.")
    boxes = main(as_admin.get(REVIEWS)).select("input[name=selected]")
    write_review(user=users[0], course=course, stars=5, text="I take it back: it is very good.")
    sent = {"action": "hide", "selected": [str(box["value"]) for box in boxes], "confirmed": "yes"}

    without = as_admin.post(REVIEWS, sent | {"reason": " "}, follow=True)
    assert all("Enter a reason." in said for said in titles(without, "#messages .note"))
    assert not Review.objects.filter(status="hidden").exists()

    page = as_admin.post(REVIEWS, sent | {"reason": "Advertising."}, follow=True)

    assert titles(page, "#messages .note") == [
        "1 review hidden.",
        "“Tides” wasn’t changed. The author has edited this review. Read it again before you decide.",
    ]
    assert list(Review.objects.order_by("status").values_list("status", "reason")) == [
        ("hidden", "Advertising."), ("pending", ""),
    ]  # fmt: skip


def test_nobody_else_does_anything(as_learner: Client, drafts: list[Course]) -> None:
    answer = as_learner.post(COURSES, {"action": "publish", "selected": [str(drafts[0].pk)]})

    assert answer.status_code == 403
    assert _statuses() == ["draft", "draft", "draft"]
