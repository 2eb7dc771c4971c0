"""Visitors who agreed: what is kept of them, what isn't, and what the panel makes of it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.analytics.actions import forget_old
from momentum.analytics.models import VisitDay, Visitor
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from tests.factories import make_course, make_user
from tests.pages import main, words

FIRST = "11111111-1111-4111-8111-111111111111"


def _tell(client: Any, visitor: object = FIRST, *, at: str = "/visits/", **headers: str) -> Any:
    return client.post(at, {"id": str(visitor)}, content_type="application/json", headers=headers)


def test_a_visitor_is_counted_once_a_day_and_gets_no_cookie(client: Any, db: None) -> None:
    for _ in range(3):
        answer = _tell(client)
        assert (answer.status_code, answer.cookies) == (204, {})

    today = timezone.now().date()
    visitor = Visitor.objects.get()
    assert (str(visitor.id), visitor.first_on, visitor.user) == (FIRST, today, None)
    assert [day.day for day in VisitDay.objects.all()] == [today]


def test_the_account_that_came_first_stands_beside_the_number(as_learner: Any, learner: Any) -> None:
    _tell(Client())
    _tell(as_learner)
    another, client = make_user(), Client()
    client.force_login(another)
    _tell(client)

    assert Visitor.objects.get().user == learner


def test_administrators_are_not_counted(as_admin: Any) -> None:
    assert _tell(as_admin).status_code == 204
    assert not Visitor.objects.exists()


def test_a_no_after_a_yes_removes_all_of_it(client: Any, db: None) -> None:
    other = uuid.uuid4()
    _tell(client)
    _tell(client, other)

    assert _tell(client, at="/visits/forgetting/").status_code == 204
    assert [visitor.id for visitor in Visitor.objects.all()] == [other]
    assert VisitDay.objects.count() == 1


@pytest.mark.parametrize("address", ["/visits/", "/visits/forgetting/"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"id": FIRST}}, 403),
        ({"data": f'{{"id": "{FIRST}"}}', "content_type": "text/plain"}, 403),
        (
            {
                "data": {"id": FIRST},
                "content_type": "application/json",
                "headers": {"Sec-Fetch-Site": "cross-site"},
            },
            403,
        ),
        ({"data": {"id": "1 or 1=1"}, "content_type": "application/json"}, 422),
        ({"data": "[", "content_type": "application/json"}, 422),
        (
            {
                "data": {"id": FIRST},
                "content_type": "application/json",
                "headers": {"User-Agent": "Googlebot/2.1"},
            },
            204,
        ),
    ],
)
def test_what_no_script_of_ours_sends_changes_nothing(
    client: Any, db: None, address: Any, sent: dict[str, Any], status: Any
) -> None:
    kept = Visitor.objects.create(
        id=uuid.UUID(FIRST) if "forgetting" in address else uuid.uuid4(), first_on="2026-01-01"
    )

    assert client.post(address, **sent).status_code == status
    assert list(Visitor.objects.all()) == [kept]


def test_a_yes_is_forgotten_after_thirteen_months(db: None) -> None:
    today = timezone.now().date()
    for age in (394, 395, 396):
        visitor = Visitor.objects.create(id=uuid.uuid4(), first_on=today - timedelta(days=age))
        VisitDay.objects.create(visitor=visitor, day=visitor.first_on)

    assert forget_old() == 1
    assert sorted((today - visitor.first_on).days for visitor in Visitor.objects.all()) == [394, 395]


def _visitor(user: Any = None, *, ago: int = 0, later: bool = False) -> None:
    today = timezone.now().date()
    visitor = Visitor.objects.create(id=uuid.uuid4(), first_on=today - timedelta(days=ago), user=user)
    VisitDay.objects.create(visitor=visitor, day=visitor.first_on)
    if later:
        VisitDay.objects.create(visitor=visitor, day=today)


def test_the_panel_follows_visitors_to_the_end_of_a_course(as_admin: Any) -> None:
    course = make_course(days=1)
    old, new, enrolled, done = (make_user() for _ in range(4))
    old.date_joined = timezone.now() - timedelta(days=200)
    old.save()
    for user in (old, enrolled, done):
        enrol(user=user, course=course)
    complete_lesson(user=done, lesson=course.lessons.get())
    for user in (None, None, old, new, enrolled, done):
        _visitor(user)
    _visitor(ago=3, later=True)
    _visitor(ago=100)  # before the period

    rows = [words(row) for row in main(as_admin.get("/panel/visits/?days=30")).select("tbody tr")]
    tiles = words(main(as_admin.get("/panel/visits/?days=30")).select_one(".tiles"))

    assert [row.split("%")[0] for row in rows] == [
        "Visited 7 100",
        "Signed up 3 43",
        "Enrolled 2 29",
        "Completed a lesson 1 14",
        "Completed a course 1 14",
    ]
    assert tiles.startswith("New visitors 7 Returned 14% 1 on another day Signed up 43%")
    assert "Today 7" in tiles


def test_the_page_weighs_the_same_for_many(as_admin: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        _visitor(make_user())

    with django_assert_max_num_queries(6):
        as_admin.get("/panel/visits/")


def test_where_nobody_was_counted_the_page_says_so(as_admin: Any) -> None:
    assert "No new visitors in this period" in as_admin.get("/panel/visits/?days=7").text


def test_who_looks_after_the_panel_is_not_asked(as_admin: Any, as_learner: Any) -> None:
    assert "<visit-choice" in as_learner.get("/").text
    assert "<visit-choice" not in as_admin.get("/").text
