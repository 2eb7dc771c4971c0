"""The access rule against itself: what objects say, what the database says, and what pages and search make of it."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course, Lesson
from momentum.learning import queries
from momentum.learning.models import Enrolment, Progress
from momentum.learning.permissions import Visitor, open_lessons, refusal, with_verdict
from momentum.learning.permissions.lessons import enrolment_in
from momentum.search.models import Passage
from tests.factories import make_course, make_user

pytestmark = pytest.mark.django_db

DAYS = 4
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana", "Asia/Kathmandu", "Africa/Cairo")

# The ways in which an error says no, by the verdict of the database.
SAID = {
    "open": None,
    "not_found": "not_found",
    "sign_in_first": "sign_in_required",
    "not_enrolled": "not_enrolled",
    "premium_ended": "premium_ended",
    "not_open_yet": "not_open_yet",
    "lesson_ahead": "lesson_ahead",
}

courses = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["published", "published", "published", "draft", "archived"]),
        "access": st.sampled_from(["free", "premium", "paid"]),
        "rhythm": st.sampled_from(["all_at_once", "one_a_day"]),
        "in_sequence": st.booleans(),
    }
)
places = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["active", "active", "completed", "cancelled"]),
        "origin": st.sampled_from(["free", "subscription", "purchase", "grant"]),
        "minutes_ago": st.integers(-24 * 60, 7 * 24 * 60),
    }
)
# For each day: whether the lesson is published, a preview, removed, begun, completed.
lessons = st.lists(
    st.tuples(
        st.sampled_from([True, True, True, False]),
        st.sampled_from([False, False, True]),
        st.sampled_from([False, False, False, True]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=DAYS,
    max_size=DAYS,
)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))


@pytest.fixture
def learner(db: None) -> User:
    return make_user(email="asks@example.com")


@pytest.fixture
def course(learner: User) -> Course:
    made = make_course(days=DAYS)
    for lesson in Lesson.objects.filter(course=made):
        Passage.objects.create(lesson=lesson, course=made, text="Tides.", words="tides")
    return made


@pytest.fixture
def bystander(course: Course) -> User:
    """Another learner, in the same course, whose place and progress are nobody else's."""
    made = make_user()
    Enrolment.objects.create(user=made, course=course, status="completed", completed_at=timezone.now())
    for lesson in Lesson.objects.filter(course=course):
        Progress.objects.create(
            user=made, lesson=lesson, started_at=timezone.now(), completed_at=timezone.now()
        )
    return made


def _arrange(learner: User, course: Course, drawn: dict[str, Any], at: datetime) -> None:
    facts, place = drawn["course"], drawn["place"]
    role = "free" if drawn["role"] == "nobody" else drawn["role"]
    price = {"price_minor": 900, "currency": "EUR"} if facts["access"] == "paid" else {}
    Course.objects.filter(pk=course.pk).update(**{"price_minor": None, "currency": "", **price, **facts})
    Category.objects.filter(pk=course.category_id).update(active=drawn["active"])
    User.objects.filter(pk=learner.pk).update(time_zone=drawn["zone"], role=role)
    Enrolment.objects.filter(user=learner).delete()
    Progress.objects.filter(user=learner).delete()
    if place:
        since = at - timedelta(minutes=place["minutes_ago"])
        done = {"completed_at": since} if place["status"] == "completed" else {}
        kinds = {"status": place["status"], "origin": place["origin"]}
        Enrolment.objects.create(user=learner, course=course, enrolled_at=since, **kinds, **done)
    every = list(Lesson.everything.filter(course=course).order_by("day"))
    progress = []
    for lesson, (published, preview, removed, begun, done) in zip(every, drawn["lessons"], strict=True):
        lesson.status, lesson.preview, lesson.removed = (
            "published" if published else "draft",
            preview,
            removed,
        )
        if begun or done:
            completed = at if done else None
            progress.append(Progress(user=learner, lesson=lesson, started_at=at, completed_at=completed))
    Lesson.everything.bulk_update(every, ["status", "preview", "removed"])
    Progress.objects.bulk_create(progress)


def _asker(learner: User, drawn: dict[str, Any]) -> Visitor:
    return AnonymousUser() if drawn["role"] == "nobody" else User.objects.get(pk=learner.pk)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.fixed_dictionaries(
        {
            "course": courses,
            "place": st.none() | places,
            "lessons": lessons,
            "active": st.sampled_from([True, True, True, False]),
            "zone": st.sampled_from(ZONES),
            "role": st.sampled_from(["free", "free", "premium", "admin", "nobody"]),
        }
    ),
    at=moments,
)
def test_the_database_and_the_objects_give_the_same_verdict(
    learner: User, course: Course, bystander: User, drawn: dict[str, Any], at: datetime
) -> None:
    _arrange(learner, course, drawn, at)
    user = _asker(learner, drawn)
    every = Lesson.everything.filter(course=course).select_related("course__category")
    said = dict(with_verdict(every, user, at=at).values_list("pk", "verdict"))

    for lesson in every:
        refused = refusal(user, lesson, enrolment_in(user, lesson.course), at=at)

        assert SAID[said[lesson.pk]] == (refused.code if refused else None), lesson.day
    found = set(open_lessons(user, at=at).filter(course=course).values_list("pk", flat=True))
    assert found == {pk for pk, verdict in said.items() if verdict == "open"} & {
        lesson.pk for lesson in every if not lesson.removed
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.fixed_dictionaries(
        {
            "course": courses,
            "place": st.none() | places,
            "lessons": lessons,
            "active": st.just(True),
            "zone": st.sampled_from(ZONES),
            "role": st.sampled_from(["free", "free", "premium", "nobody"]),
        }
    )
)
def test_syllabus_and_search_open_what_the_lesson_page_opens(
    learner: User, course: Course, bystander: User, drawn: dict[str, Any]
) -> None:
    drawn["course"]["status"] = "published"
    _arrange(learner, course, drawn, timezone.now())
    user = _asker(learner, drawn)
    every = list(Lesson.objects.filter(course=course).select_related("course__category"))
    refused = {lesson.day: refusal(user, lesson, enrolment_in(user, lesson.course)) for lesson in every}
    readable = {day for day, error in refused.items() if error is None}

    syllabus = queries.course_page(user=user, slug=course.slug).syllabus

    assert {row.day for row in syllabus if row.open} == readable
    waiting = {day for day, error in refused.items() if error and error.code == "not_open_yet"}
    assert waiting <= {row.day for row in syllabus if row.opens_on}
    for day, error in refused.items():
        with pytest.raises(type(error)) if error else nullcontext() as said:
            queries.lesson_page(user=user, slug=course.slug, day=day)
        assert error is None or (said and said.value.code) == error.code
    quoted = Passage.objects.open_to(user if isinstance(user, User) else None)
    begun = set(Progress.objects.filter(user=user.pk).values_list("lesson__day", flat=True))
    assert set(quoted.values_list("lesson__day", flat=True)) == {
        lesson.day
        for lesson in every
        if lesson.day in readable and (lesson.preview or not lesson.course.in_sequence or lesson.day in begun)
    }
