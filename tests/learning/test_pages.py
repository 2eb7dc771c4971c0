"""The learner's pages, as a browser asks for them."""

from typing import Any

import pytest
from django.test import Client

from momentum.catalog.models import Lesson
from momentum.learning.models import Certificate, Enrolment, Progress, Tick
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.pages import button, fields, link, main, soup, titles, words

SECRET = "<p>The tide turns twice a day.</p>"


@pytest.fixture
def course(db: None) -> Any:
    """Three days about tides; nothing of it is free to read."""
    made = make_course(
        title="Tides", slug="tides", description="<p>About the sea.</p>", outcomes=["Read a table"]
    )
    made.lessons.update(content=SECRET)
    return made


def _press(client: Any, response: Any, text: str, **options: Any) -> Any:
    form = button(response, text)
    return client.post(str(form["action"]), fields(form), **options)


def _free_to_read(course: Any, day: int) -> None:
    course.lessons.filter(day=day).update(preview=True)


# --- the course page --------------------------------------------------------------------------------


def test_a_visitor_is_invited_to_sign_up_and_comes_back_to_the_course(client: Any, course: Any) -> None:
    response = client.get("/courses/tides/")

    assert words(main(response).find("h1")) == "Tides"
    assert link(response, "Start free") == "/account/signup/?next=/courses/tides/"
    assert "About the sea." in words(response)
    assert "Read a table" in words(response)
    assert titles(response, ".syllabus__day") == ["1", "2", "3"]
    assert main(response).select("a.syllabus__row") == []
    assert "The tide turns" not in response.text


def test_a_free_lesson_is_offered_to_a_visitor(client: Any, course: Any) -> None:
    _free_to_read(course, 2)

    response = client.get("/courses/tides/")

    assert link(response, "Read day 2 first") == "/courses/tides/lessons/2/"
    lesson = client.get("/courses/tides/lessons/2/")
    assert lesson.status_code == 200
    assert "The tide turns twice a day." in words(lesson)
    assert main(lesson).select("form") == []
    assert main(lesson).select("lesson-clock") == []


def test_a_learner_starts_leaves_and_comes_back(as_learner: Any, learner: Any, course: Any) -> None:
    started = _press(as_learner, as_learner.get("/courses/tides/"), "Start course")

    assert started.headers["Location"] == "/courses/tides/lessons/1/"
    page = as_learner.get("/courses/tides/")
    assert link(page, "Start with day 1") == "/courses/tides/lessons/1/"

    left = _press(as_learner, page, "Leave course", follow=True)

    assert "You’ve left the course." in words(left)
    assert not Enrolment.objects.current().filter(user=learner).exists()
    assert as_learner.get("/courses/tides/lessons/1/").status_code == 403

    _press(as_learner, left, "Rejoin course")

    assert Enrolment.objects.current().filter(user=learner, course=course).count() == 1
    assert as_learner.get("/courses/tides/lessons/1/").status_code == 200


def test_a_draft_is_shown_to_administrators_alone(
    client: Any, as_learner: Any, as_admin: Any, course: Any
) -> None:
    course.withdraw()

    assert client.get("/courses/tides/").status_code == 404
    assert as_learner.get("/courses/tides/").status_code == 404
    shown = as_admin.get("/courses/tides/")
    assert "Only administrators can see it" in words(shown)
    assert link(shown, "Edit this course") == f"/panel/courses/{course.id}/"


# --- lessons ----------------------------------------------------------------------------------------


def test_a_locked_lesson_shows_nothing_of_its_text(client: Any, as_learner: Any, course: Any) -> None:
    visitor = client.get("/courses/tides/lessons/1/")
    assert visitor.status_code == 302
    assert visitor.headers["Location"] == "/account/login/?next=/courses/tides/lessons/1/"
    assert b"tide turns" not in visitor.content

    stranger = as_learner.get("/courses/tides/lessons/1/")
    assert stranger.status_code == 403
    assert "Enrol in the course to read this lesson." in words(stranger)
    assert "tide turns" not in stranger.text
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    ("fields", "role", "said"),
    [
        ({"access": "paid", "price_minor": 900, "currency": "EUR"}, "premium", "Buy the course"),
        ({"access": "premium"}, "free", "Get premium"),
        ({"access": "premium"}, "premium", "Enrol in the course"),
    ],
)
def test_a_locked_lesson_says_what_opens_it(
    as_learner: Any, learner: Any, fields: Any, role: Any, said: Any
) -> None:
    learner.role = role
    learner.save()
    made = make_course(**fields)

    answer = as_learner.get(f"/courses/{made.slug}/lessons/1/")

    assert answer.status_code == 403
    assert f"{said} to read this lesson." in words(answer)


def test_a_lesson_ahead_is_locked_in_a_course_done_in_sequence(
    as_learner: Any, learner: Any, course: Any
) -> None:
    course.in_sequence = True
    course.save()
    make_enrolment(learner, course)

    ahead = as_learner.get("/courses/tides/lessons/2/")

    assert ahead.status_code == 403
    assert "Complete the earlier lessons first" in words(ahead)
    assert "tide turns" not in ahead.text


def test_opening_a_lesson_notes_that_it_was_begun_and_asking_how_it_is_does_not(
    as_learner: Any, learner: Any, course: Any
) -> None:
    make_enrolment(learner, course)

    as_learner.get("/courses/tides/lessons/1/")
    as_learner.get("/courses/tides/lessons/1/")

    begun = Progress.objects.get()
    assert (begun.user_id, begun.lesson.day, begun.completed_at) == (learner.id, 1, None)


def test_a_day_that_the_course_does_not_have_leads_who_is_in_it_to_its_page(
    as_learner: Any, as_other_learner: Any, learner: Any, course: Any
) -> None:
    make_enrolment(learner, course)

    assert as_learner.get("/courses/tides/lessons/4/").url == "/courses/tides/"
    assert as_other_learner.get("/courses/tides/lessons/4/").status_code == 404
    assert as_learner.get("/courses/tides/lessons/0/").status_code == 404
    assert as_learner.get("/courses/nothing/lessons/1/").status_code == 404


def test_completing_leads_on_day_by_day_until_the_course_is_finished(
    as_learner: Any, learner: Any, course: Any
) -> None:
    make_enrolment(learner, course)

    for day in (1, 2):
        page = as_learner.get(f"/courses/tides/lessons/{day}/")
        done = _press(as_learner, page, f"Complete day {day}", follow=True)
        assert f"Day {day} complete." in words(done)
        assert link(done, f"Continue with day {day + 1}") == f"/courses/tides/lessons/{day + 1}/"
        assert "Complete day" not in words(done)
    last = _press(as_learner, as_learner.get("/courses/tides/lessons/3/"), "Complete day 3", follow=True)

    assert "You’ve completed Tides." in words(last)
    paper = Certificate.objects.get().number
    assert [(words(one), one["href"]) for one in main(last).select("#finish a.btn")] == [
        ("Your certificate", f"/certificates/{paper}/"),
        ("Write a review", "/courses/tides/review/"),
        ("Find your next course", "/courses/"),
    ]
    assert "You’ve completed Tides." in words(as_learner.get("/today/"))
    assert Enrolment.objects.get().completed_at is not None
    assert link(as_learner.get("/courses/tides/"), "Review lessons") == "/courses/tides/lessons/1/"


def test_completing_twice_is_completing_once(as_learner: Any, learner: Any, course: Any) -> None:
    make_enrolment(learner, course)
    address = f"/lessons/{course.lessons.get(day=1).id}/completion/"

    first, again = as_learner.post(address), as_learner.post(address)

    assert first.headers["Location"] == again.headers["Location"] == f"{address}#moment"
    assert Progress.objects.completed().count() == 1


def test_ticking_without_script_comes_back_to_the_list(as_learner: Any, learner: Any, course: Any) -> None:
    make_enrolment(learner, course)
    page = as_learner.get("/courses/tides/lessons/1/")
    assert "0 of 2 done" in words(main(page).find(id="today"))

    ticked = _press(as_learner, page, "Try it once.")

    assert (
        ticked.headers["Location"]
        == f"/courses/tides/lessons/1/#tick-{course.lessons.get(day=1).action_items.first().id}"
    )
    after = as_learner.get("/courses/tides/lessons/1/")
    assert "1 of 2 done" in words(main(after).find(id="today"))
    assert [b["aria-pressed"] for b in main(after).select(".tick__button")] == ["true", "false"]

    _press(as_learner, after, "Try it once.")

    assert not Tick.objects.exists()


def test_ticking_with_htmx_answers_with_the_list_alone(as_learner: Any, learner: Any, course: Any) -> None:
    make_enrolment(learner, course)
    page = as_learner.get("/courses/tides/lessons/1/")

    answer = _press(as_learner, page, "Write down what happened.", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    part = soup(answer)
    assert part.find("html") is None
    assert part.find(id="today") is not None
    assert "1 of 2 done" in words(part.find(id="today"))


@pytest.mark.parametrize("state", ["", "pause", "START"])
def test_a_heartbeat_says_start_read_or_stop(as_learner: Any, learner: Any, course: Any, state: Any) -> None:
    make_enrolment(learner, course)
    address = f"/lessons/{course.lessons.get(day=1).id}/heartbeat/"

    assert as_learner.post(address, {"state": state}).status_code == 422
    assert not Progress.objects.exists()
    accepted = as_learner.post(address, {"state": "start"})
    assert (accepted.status_code, accepted.json()) == (200, {"seconds": 0})


def test_what_a_lesson_says_is_text_and_not_markup(as_learner: Any, learner: Any, course: Any) -> None:
    Lesson.objects.filter(course=course, day=1).update(
        title="Ebb & <script>alert(1)</script>", key_points=["<b>Low</b> water"], summary='"><img src=x>'
    )
    make_enrolment(learner, course)

    page = as_learner.get("/courses/tides/lessons/1/")

    assert words(main(page).find("h1")) == "Ebb & <script>alert(1)</script>"
    assert "<b>Low</b> water" in words(page)
    assert "<script>alert" not in page.text
    assert main(page).find("img", src="x") is None


# --- caches, cookies, queries -----------------------------------------------------------------------

PUBLIC = ["/", "/courses/", "/courses/tides/", "/courses/tides/lessons/2/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitors_page_may_be_kept_and_sets_no_cookie(client: Any, course: Any, path: Any) -> None:
    _free_to_read(course, 2)

    page = client.get(path)

    assert page.status_code == 200
    assert page.cookies == {}
    assert set(page.headers["Cache-Control"].split(", ")) == {"public", "max-age=0", "s-maxage=60"}
    assert "Cookie" in page.headers["Vary"]
    unchanged = client.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_of_somebody_signed_in_is_theirs_alone(as_learner: Any, course: Any, path: Any) -> None:
    _free_to_read(course, 2)

    kept = as_learner.get(path).headers["Cache-Control"]

    assert "private" in kept
    assert "public" not in kept


def test_a_page_with_a_message_for_one_visitor_is_not_kept(client: Any, course: Any) -> None:
    assert "public" not in client.get("/courses/nothing/").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 4),  # courses, sample, shelves, figures from the cache
        ("/courses/", 5),  # found, page, combinations, shelves, all
        ("/courses/tides/", 5),  # course, shelf, days, sources, related
        ("/courses/tides/lessons/1/", 7),  # lesson, its five parts, days
    ],
)
def test_a_public_page_costs_the_same_however_much_there_is(
    client: Any, course: Any, django_assert_max_num_queries: Any, path: Any, most: Any
) -> None:
    _free_to_read(course, 1)
    client.get(path)  # the front page counts its figures once in ten minutes
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200
    for _number in range(8):
        make_course(days=5, category=course.category)

    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_the_pages_of_a_learner_cost_the_same_however_much_they_take(
    as_learner: Any, learner: Any, course: Any, django_assert_max_num_queries: Any
) -> None:
    make_enrolment(learner, course)
    as_learner.get("/courses/tides/lessons/1/")
    for _number in range(6):
        make_enrolment(learner, make_course(days=5), done=2)

    with django_assert_max_num_queries(12):
        assert as_learner.get("/courses/tides/lessons/1/").status_code == 200


def test_home_shows_a_signed_in_learner_where_they_are(as_learner: Any, learner: Any, course: Any) -> None:
    make_enrolment(learner, course, done=1)

    assert "/courses/tides/lessons/2/" in [a["href"] for a in main(as_learner.get("/")).select("a[href]")]


def test_home_without_any_course_is_still_a_page(client: Any, db: None) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert main(page).find("h1") is not None


def test_who_signs_in_from_a_lesson_comes_back_to_it(db: None) -> None:
    course = make_course(slug="waves", category=make_category())
    visitor = Client()
    sign_in = visitor.get(f"/courses/{course.slug}/lessons/2/").headers["Location"]
    person = make_user()

    back = visitor.post(sign_in, {"login": person.email, "password": "Correct-horse-7"})

    assert back.headers["Location"] == "/courses/waves/lessons/2/"
