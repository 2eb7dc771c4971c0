"""The course page: the one right button for each visitor, and what it says to machines."""

import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from momentum.catalog.models import Source
from momentum.learning.actions.enrolments import leave_course
from momentum.learning.actions.reviews import publish_review, write_review
from momentum.learning.domain.social_images import picture_path, poster_path
from momentum.learning.models import Certificate
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.pages import main, soup, titles, words


@pytest.fixture
def course(db: None) -> Any:
    """Three days about tides; the first is free to read."""
    made = make_course(
        title="Tides",
        slug="tides",
        summary="Read the sea.",
        outcomes=["Read a table", "Know <spring> from neap"],
        category=make_category(name="Nature", slug="nature"),
    )
    made.lessons.filter(day=1).update(preview=True, minutes=12)
    return made


def _main_buttons(response: Any) -> list[str]:
    return [words(found) for found in main(response).select(".btn--main")]


def _structured(response: Any) -> Any:
    found = soup(response).find_all("script", type="application/ld+json")
    assert len(found) == 1
    return json.loads(found[0].get_text())


# --- the button -------------------------------------------------------------------------------------


def test_each_visitor_has_one_button_to_press(
    client: Any, as_learner: Any, as_admin: Any, learner: Any, course: Any
) -> None:
    def seen(browser: Any) -> list[str]:
        return _main_buttons(browser.get("/courses/tides/"))

    assert seen(client) == ["Start free"]
    assert seen(as_learner) == ["Start course"]
    assert seen(as_admin) == ["Start course"]
    make_enrolment(learner, course)
    assert seen(as_learner) == ["Start with day 1"]
    make_enrolment(learner, course, done=1)
    assert seen(as_learner) == ["Continue with day 2"]
    leave_course(user=learner, course=course)
    assert seen(as_learner) == ["Rejoin course"]
    make_enrolment(learner, course, done=3)
    assert seen(as_learner) == ["Your certificate"]
    Certificate.objects.all().delete()
    assert seen(as_learner) == ["Write a review"]
    course.withdraw()
    assert seen(as_admin) == ["Edit this course"]


@pytest.mark.parametrize(
    ("terms", "offered", "said"),
    [
        (
            {"access": "premium"},
            "Get premium",
            "Included in premium: access to all premium courses while you’re subscribed.",
        ),
        (
            {"access": "paid", "price_minor": 1900, "currency": "EUR"},
            "Buy for €19.00",
            "One-time payment, lifetime access. Full refund within 14 days.",
        ),
    ],
)
def test_what_costs_money_says_how_to_come_by_it_and_what_is_free_of_it(
    client: Any, as_learner: Any, course: Any, settings: Any, terms: Any, offered: str, said: str
) -> None:
    type(course).objects.filter(pk=course.pk).update(**terms)

    for browser in (client, as_learner):
        page = browser.get("/courses/tides/")
        assert _main_buttons(page) == [offered]
        assert "Read day 1 first" in words(page)
        assert said in words(page)

    settings.PAYMENTS = "off"
    for browser in (client, as_learner):
        page = browser.get("/courses/tides/")
        assert _main_buttons(page) == ["Read day 1 free"]
        assert "Not available for purchase right now." in words(page)


def test_the_facts_are_counted(client: Any, learner: Any, course: Any) -> None:
    make_enrolment(learner, course, done=3)
    make_enrolment(make_user(), course, done=1)
    Source.objects.create(lesson=course.lessons.get(day=1), number=1, title="Handbook of the sea")

    page = client.get("/courses/tides/")

    assert titles(page, ".factrow > div") == [
        "Length 3 days", "Time per day about 9 minutes", "Schedule All lessons at once", "Level Beginner", "Price Free",
        "Learners 2", "Completed by 1",
    ]  # fmt: skip
    assert "Source Handbook of the sea" in words(page)
    assert titles(page, ".syllabus .tag--good") == ["Free preview"]


def test_how_a_course_was_made_is_said_in_words(client: Any, course: Any, admin: Any) -> None:
    assert "Written by hand." in words(client.get("/courses/tides/"))

    course.provenance = "ai"
    course.reviewed_by = admin
    course.save()
    Source.objects.create(lesson=course.lessons.get(day=1), number=1, title="Handbook")

    said = words(client.get("/courses/tides/"))
    assert "Drafted by the studio from one source. Every lesson was reviewed and approved by a person" in said
    assert "Approved by Ada Admin" in said


def test_related_courses_are_of_the_same_shelf_and_never_the_course_itself(client: Any, course: Any) -> None:
    others = [make_course(category=course.category) for _ in range(4)]
    make_course()
    make_course(category=course.category, published=False)

    page = client.get("/courses/tides/")

    shown = titles(page, ".card__title")
    assert shown == [other.title for other in reversed(others[1:])]
    assert "More in this category" in words(page)


def test_where_the_shelf_is_short_others_follow(client: Any, course: Any) -> None:
    elsewhere = [make_course() for _ in range(4)]
    near = make_course(category=course.category)

    page = client.get("/courses/tides/")

    shown = titles(page, ".card__title")
    assert shown[0] == near.title
    assert (len(shown), set(shown[1:]) <= {other.title for other in elsewhere}) == (3, True)
    assert "Related courses" in words(page)


# --- what it says to machines -----------------------------------------------------------------------


def test_search_engines_read_a_course(
    settings: Any, client: Any, admin: Any, learner: Any, course: Any
) -> None:
    settings.BASE_URL = "https://learn.example"
    type(course).objects.filter(pk=course.pk).update(published_at=datetime(2026, 3, 1, tzinfo=UTC))
    make_enrolment(learner, course, done=1)
    publish_review(
        actor=admin, review=write_review(user=learner, course=course, stars=4, text="Clear and short.")
    )

    data = _structured(client.get("/courses/tides/"))

    assert data == {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": "https://learn.example/courses/tides/",
        "url": "https://learn.example/courses/tides/",
        "name": "Tides",
        "description": "Read the sea.",
        "image": f"https://learn.example{poster_path(course)}",
        "inLanguage": "en",
        "educationalLevel": "Beginner",
        "about": "Nature",
        "teaches": ["Read a table", "Know <spring> from neap"],
        "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": "Momentum", "url": "https://learn.example/"},
        "offers": {"@type": "Offer", "url": "https://learn.example/courses/tides/", "category": "Free"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseSchedule": {
                "@type": "Schedule", "repeatFrequency": "Daily", "repeatCount": 3, "duration": "PT9M"
            },
        },
        "datePublished": "2026-03-01",
        "aggregateRating": {
            "@type": "AggregateRating", "ratingValue": "4.0", "ratingCount": 1, "bestRating": 5, "worstRating": 1
        },
    }  # fmt: skip


def test_nothing_in_it_can_end_the_script_it_stands_in(client: Any, course: Any) -> None:
    type(course).objects.filter(pk=course.pk).update(title="</script><script>alert(1)</script>")

    page = client.get("/courses/tides/")

    assert "<script>alert" not in page.text
    assert _structured(page)["name"] == "</script><script>alert(1)</script>"


def test_a_paid_course_tells_its_price(client: Any, course: Any) -> None:
    type(course).objects.filter(pk=course.pk).update(access="paid", price_minor=1905, currency="EUR")

    offer = _structured(client.get("/courses/tides/"))["offers"]

    assert (offer["category"], offer["price"], offer["priceCurrency"]) == ("Paid", "19.05", "EUR")


def test_a_link_that_is_shared_has_a_picture_and_one_true_address(
    settings: Any, client: Any, course: Any
) -> None:
    settings.BASE_URL = "https://learn.example"

    head = soup(client.get("/courses/tides/?utm_source=x")).head

    assert head is not None
    assert head.select_one("link[rel=canonical]")["href"] == "https://learn.example/courses/tides/"  # type: ignore[index]
    told = {str(tag["property"]): tag["content"] for tag in head.select("meta[property]")}
    assert told["og:title"] == "Tides"
    assert told["og:description"] == "Read the sea."
    assert told["og:image"] == f"https://learn.example{poster_path(course)}"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert head.select_one("meta[name=description]")["content"] == "Read the sea."  # type: ignore[index]


def test_a_draft_is_not_to_be_listed(as_admin: Any, course: Any) -> None:
    course.withdraw()

    assert soup(as_admin.get("/courses/tides/")).select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]


# --- the poster -------------------------------------------------------------------------------------


def test_a_poster_is_a_picture_to_keep_for_ever(
    client: Any, course: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        answer = client.get(poster_path(course))

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert not answer.cookies
    assert client.get(poster_path(course)).content == answer.content


def test_an_older_address_gets_todays_poster_once(client: Any, course: Any) -> None:
    old = poster_path(course)
    type(course).objects.filter(pk=course.pk).update(title="Tides and waves")
    course.refresh_from_db()

    answer = client.get(old)

    assert poster_path(course) != old
    assert answer.content == client.get(poster_path(course)).content
    assert "no-cache" in answer.headers["Cache-Control"]


def test_an_uploaded_cover_is_on_the_poster(client: Any, course: Any) -> None:
    drawn = client.get(poster_path(course)).content
    picture = io.BytesIO()
    Image.new("RGB", (960, 720), (0, 0, 255)).save(picture, "webp")
    course.thumbnail.save("tides-960.webp", ContentFile(picture.getvalue()))

    uploaded = client.get(poster_path(course)).content

    assert uploaded != drawn
    red, _green, blue = Image.open(io.BytesIO(uploaded)).convert("RGB").getpixel((860, 315))  # type: ignore[misc]
    assert red < 5
    assert blue > 250


def test_mails_get_the_cover_as_a_small_picture(client: Any, course: Any) -> None:
    answer = client.get(picture_path(course))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(answer.content)).size == (432, 324)


def test_a_draft_has_no_poster_for_visitors(client: Any, course: Any) -> None:
    course.withdraw()

    assert client.get(poster_path(course)).status_code == 404
    assert client.get(picture_path(course)).status_code == 404


# --- sitemap and robots -----------------------------------------------------------------------------


def test_the_sitemap_lists_what_anybody_may_read(
    settings: Any, client: Any, course: Any, django_assert_num_queries: Any
) -> None:
    settings.BASE_URL = "https://learn.example"
    hidden = make_course(slug="hidden", category=make_category(active=True))
    hidden.lessons.update(preview=True)
    type(hidden.category).objects.filter(pk=hidden.category_id).update(active=False)
    make_course(slug="draft", published=False).lessons.update(preview=True)

    with django_assert_num_queries(2):
        answer = client.get("/sitemap.xml")

    assert answer.headers["Content-Type"] == "application/xml"
    assert re.findall("<loc>([^<]+)</loc>", answer.text) == [
        "https://learn.example/",
        "https://learn.example/courses/",
        "https://learn.example/courses/tides/",
        "https://learn.example/courses/tides/lessons/1/",
    ]
    assert answer.content.startswith(b"<?xml")
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_robots_are_told_where_the_sitemap_is_and_what_is_not_worth_a_visit(
    settings: Any, client: Any
) -> None:
    settings.BASE_URL = "https://learn.example"

    answer = client.get("/robots.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *", "Disallow: /account/", "Disallow: /api/", "Disallow: /panel/", "",
        "Sitemap: https://learn.example/sitemap.xml",
    ]  # fmt: skip


def test_a_course_page_costs_the_session_and_at_most_two_queries(
    client: Any, as_learner: Any, learner: Any, admin: Any, course: Any, django_assert_max_num_queries: Any
) -> None:
    make_enrolment(learner, course, done=2)
    publish_review(
        actor=admin, review=write_review(user=learner, course=course, stars=4, text="Clear and short.")
    )
    make_course(category=course.category)

    client.get("/courses/tides/")

    # Once in a second it is counted how many are in the course.
    with django_assert_max_num_queries(1):
        client.get("/courses/tides/")
    with django_assert_max_num_queries(3):
        as_learner.get("/courses/tides/")
