"""Reviews, as a browser sees them: written, waiting, published, hidden; and the panel's queue."""

from typing import Any

import pytest

from momentum.learning.actions.reviews import hide_review, publish_review, write_review
from momentum.learning.models import Review
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import button, fields, link, main, titles, words

WORDS = "Clear, short, and I did it every day."


@pytest.fixture
def course(learner: Any) -> Any:
    """Three days; the learner has done one."""
    made = make_course(title="Tides", slug="tides")
    make_enrolment(learner, made, done=1)
    return made


def _publish(course: Any, admin: Any, *said: tuple[int, str, str]) -> None:
    for stars, text, name in said:
        user = make_user()
        make_enrolment(user, course, done=1)
        review = write_review(user=user, course=course, stars=stars, text=text, signed=name)
        publish_review(actor=admin, review=review)


def test_a_learner_writes_a_review_that_only_they_see_until_it_is_published(
    client: Any, as_learner: Any, as_other_learner: Any, as_admin: Any, course: Any
) -> None:
    form_page = as_learner.get(
        link(as_learner.get("/courses/tides/"), "Tell others what you think of it so far")
    )
    form = button(form_page, "Submit review")
    assert fields(form) == {"text": "", "signed": "Lea Learner"}
    assert [box["value"] for box in form.select("input[type=radio]")] == ["1", "2", "3", "4", "5"]

    sent = as_learner.post(
        str(form["action"]), {"stars": "4", "text": WORDS, "signed": "Lea from the coast"}, follow=True
    )

    assert "Your review will be published once it has been approved." in words(sent)
    assert "Only you can see it until it is approved." in words(sent)
    assert WORDS in words(sent)
    for visitor in (client, as_other_learner):
        assert WORDS not in visitor.get("/courses/tides/").text

    queue = as_admin.get("/panel/reviews/")
    assert "Lea from the coast (lea@example.com)" in words(queue)
    as_admin.post(
        str(button(queue, "Publish")["action"]), fields(button(queue, "Publish"), "Publish"), follow=True
    )

    shown = client.get("/courses/tides/")
    assert titles(shown, ".opinion__text") == [WORDS]
    assert "Lea from the coast, today" in words(shown)
    assert "lea@example.com" not in shown.text
    assert "4.0 of 5, from 1 review" in words(shown)
    assert "All reviews have been moderated." in words(as_admin.get("/panel/reviews/"))


def test_a_learner_changes_and_takes_back_what_they_said(
    as_learner: Any, admin: Any, learner: Any, course: Any
) -> None:
    publish_review(actor=admin, review=write_review(user=learner, course=course, stars=2, text=WORDS))
    page = as_learner.get(link(as_learner.get("/courses/tides/"), "Edit review"))
    assert fields(button(page, "Save changes")) == {"stars": "2", "text": WORDS, "signed": ""}

    as_learner.post("/courses/tides/review/", {"stars": "5", "text": "Day two won me over.", "signed": ""})

    review = Review.objects.get()
    assert (review.stars, review.text, review.status) == (5, "Day two won me over.", "pending")
    form = button(as_learner.get("/courses/tides/review/"), "Delete review")
    gone = as_learner.post(str(form["action"]), fields(form), follow=True)
    assert "Your review and its rating were deleted" in words(gone)
    assert not Review.objects.exists()


def test_what_is_wrong_with_a_review_is_said_beside_it_and_nothing_typed_is_lost(
    as_learner: Any, course: Any
) -> None:
    answer = as_learner.post("/courses/tides/review/", {"text": "Nice.", "signed": "L."})

    assert answer.status_code == 422
    assert "Choose one to five stars." in words(answer)
    assert fields(button(answer, "Submit review")) == {"text": "Nice.", "signed": "L."}
    short = as_learner.post("/courses/tides/review/", {"stars": "5", "text": "Nice.", "signed": "L."})
    assert (short.status_code, "Please write at least a sentence" in words(short)) == (422, True)
    assert not Review.objects.exists()


def test_who_may_not_review_is_told_why(as_learner: Any, as_other_learner: Any, course: Any) -> None:
    refused = as_other_learner.get("/courses/tides/review/")
    assert refused.status_code == 403
    assert "Only learners enrolled in this course can review it." in words(refused)

    other = make_course(slug="waves")
    make_enrolment(Review._meta.get_field("user").related_model.objects.get(email="lea@example.com"), other)
    early = as_learner.post("/courses/waves/review/", {"stars": "5", "text": WORDS})
    assert early.status_code == 403
    assert "Complete a lesson before" in words(early)
    assert "Tell others what you think" not in words(as_learner.get("/courses/waves/"))
    assert not Review.objects.exists()


def test_a_hidden_review_is_shown_to_its_author_with_the_reason(
    client: Any, as_learner: Any, as_admin: Any, admin: Any, learner: Any, course: Any
) -> None:
    publish_review(actor=admin, review=write_review(user=learner, course=course, stars=1, text=WORDS))
    queue = as_admin.get("/panel/reviews/?status=published")
    form = button(queue, "Hide")
    # The browser asks for the reason; what gets past it is told in words that fit a page without a form.
    assert [one["name"] for one in form.select("[required]")] == ["reason"]
    without = as_admin.post(str(form["action"]), fields(form, "Hide") | {"reason": "  "})
    assert without.status_code == 422
    assert words(without).startswith("This isn’t possible. Enter a reason. The author will see it.")
    assert Review.objects.get().status == "published"

    as_admin.post(str(form["action"]), fields(form, "Hide") | {"reason": "It names a colleague."})

    own = as_learner.get("/courses/tides/")
    assert "Your review was hidden: It names a colleague." in words(own)
    assert WORDS in words(own)
    public = client.get("/courses/tides/")
    assert WORDS not in public.text
    assert "It names a colleague" not in public.text
    assert "of 5, from" not in words(public)


def test_the_queue_shows_what_has_waited_longest_first_and_each_state_apart(
    as_admin: Any, admin: Any, course: Any
) -> None:
    for number in (1, 2, 3):
        user = make_user()
        make_enrolment(user, course, done=1)
        review = write_review(user=user, course=course, stars=number, text=f"Number {number} says this.")
    hide_review(actor=admin, review=review, reason="Spam.")

    assert titles(as_admin.get("/panel/reviews/"), ".opinion__text") == [
        "Number 1 says this.",
        "Number 2 says this.",
    ]
    hidden = as_admin.get("/panel/reviews/?status=hidden")
    assert titles(hidden, ".opinion__text") == ["Number 3 says this."]
    assert "Hidden: Spam." in words(hidden)
    assert titles(hidden, "nav .btn") == ["Waiting 2", "Published 0", "Hidden 1"]


def test_a_moderator_who_read_an_older_text_is_told(as_admin: Any, learner: Any, course: Any) -> None:
    write_review(user=learner, course=course, stars=5, text=WORDS)
    form = button(as_admin.get("/panel/reviews/"), "Publish")
    write_review(user=learner, course=course, stars=5, text="Something quite different now.")

    answer = as_admin.post(str(form["action"]), fields(form, "Publish"))

    assert answer.status_code == 409
    assert "Read it again before you decide." in words(answer)
    assert Review.objects.get().status == "pending"


def test_all_reviews_are_listed_newest_first_with_how_they_are_spread(
    client: Any, admin: Any, course: Any
) -> None:
    _publish(
        course, admin, *[(5 if n % 2 else 4, f"Opinion {n} about the tides.", f"L{n}") for n in range(23)]
    )

    page = client.get("/courses/tides/")
    assert titles(page, ".opinion__text") == [f"Opinion {n} about the tides." for n in (22, 21, 20, 19)]
    listing = client.get(link(page, "All 23 reviews"))
    assert len(titles(listing, ".opinion__text")) == 20
    assert titles(listing, ".spread tbody tr") == [
        "5 stars 11", "4 stars 12", "3 stars 0", "2 stars 0", "1 star 0"
    ]  # fmt: skip
    assert "4.5 of 5, from 23 reviews" in words(listing)
    rest = client.get(f"/courses/tides/reviews/{link(listing, 'Next')}")
    assert titles(rest, ".opinion__text")[-1] == "Opinion 0 about the tides."
    fours = client.get(f"{link(listing, '4 stars')}")
    assert len(titles(fours, ".opinion__text")) == 12
    assert client.get("/courses/tides/reviews/?stars=9&page=x").status_code == 200


def test_what_a_review_says_is_text_and_not_markup(client: Any, admin: Any, course: Any) -> None:
    _publish(course, admin, (5, "<script>alert(1)</script> & <b>bold</b>", "<i>Eve</i>"))

    page = client.get("/courses/tides/")

    assert titles(page, ".opinion__text") == ["<script>alert(1)</script> & <b>bold</b>"]
    assert "<script>alert" not in page.text
    assert main(page).select(".opinion i, .opinion b") == []


def test_visitors_pages_with_reviews_may_be_kept_by_caches(client: Any, admin: Any, course: Any) -> None:
    _publish(course, admin, (5, WORDS, ""))

    for address in ("/courses/tides/", "/courses/tides/reviews/"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
        assert not answer.cookies


def test_the_list_of_reviews_costs_three_queries_and_the_queue_five(
    client: Any, as_admin: Any, admin: Any, course: Any, django_assert_num_queries: Any
) -> None:
    _publish(course, admin, *[(5, WORDS, "") for _ in range(5)])

    with django_assert_num_queries(3):
        client.get("/courses/tides/reviews/")
    with django_assert_num_queries(5):  # one of them notes that somebody looked
        as_admin.get("/panel/reviews/?status=published")
