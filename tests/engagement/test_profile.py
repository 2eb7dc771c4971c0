"""One's own profile: what it shows, what can be changed, and that it is nobody else's."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from momentum.accounts.models import User
from momentum.engagement.models import Award
from momentum.events.models import Event
from momentum.learning.actions import complete_lesson, credit_reading
from tests.factories import make_course, make_enrolment
from tests.pages import button, fields, main, titles, words

pytestmark = pytest.mark.django_db

PAGE = "/profile/"
FORM = {"name": "Lea Lernt", "bio": "", "time_zone": "UTC", "language": "en", "celebrates": "on"}


def _picture(width: int = 800, height: int = 600, kind: str = "PNG", **options: Any) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind, **options)
    return SimpleUploadedFile(f"me.{kind.lower()}", buffer.getvalue())


def _stored() -> list[str]:
    return sorted(default_storage.listdir("avatars")[1]) if default_storage.exists("avatars") else []


def _a_week(user: User) -> None:
    course = make_course(days=7)
    start = timezone.now() - timedelta(days=6)
    make_enrolment(user, course, at=start)
    for lesson in course.lessons.select_related("course__category").order_by("day"):
        complete_lesson(user=user, lesson=lesson, at=start + timedelta(days=lesson.day - 1))
        credit_reading(user=user, lesson=lesson, seconds=600, at=start + timedelta(days=lesson.day - 1))


# --- what it shows ----------------------------------------------------------------------------------


def test_it_shows_statistics_and_all_badges_with_progress(as_learner: Any, learner: User) -> None:
    _a_week(learner)

    page = as_learner.get(PAGE)

    assert titles(page, ".tile__v") == ["285", "7", "70", "7"]
    assert "Level 3, Steady reader 215 points to the next" in words(page)
    assert "5 of 15 earned" in words(page)
    assert len(titles(page, ".badge")) == 15
    assert "Ten lessons Ten lessons finished 7 / 10 Bronze, 7 of 10 (70%)" in words(page)


def test_a_new_account_has_a_profile_too(as_learner: Any) -> None:
    page = as_learner.get(PAGE)

    assert titles(page, ".tile__v") == ["0", "0", "0", "0"]
    assert "0 of 15 earned" in words(page)
    assert main(page).find(id="showcase-title") is None


def test_it_costs_three_queries_however_much_was_earned(
    as_learner: Any, learner: User, django_assert_num_queries: Any
) -> None:
    _a_week(learner)

    with django_assert_num_queries(3):
        as_learner.get(PAGE)


# --- about oneself ----------------------------------------------------------------------------------


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

    assert str(learner.standing.streak_last) == "2026-03-02"


# --- the picture ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_picture_is_kept_square_and_small(as_learner: Any, learner: User, kind: str) -> None:
    assert as_learner.post(PAGE, FORM | {"picture": _picture(kind=kind)}).status_code == 302

    learner.refresh_from_db()
    assert _stored() == [f"{learner.avatar}-320.webp", f"{learner.avatar}-96.webp"]
    for size in (96, 320):
        sent = as_learner.get(f"/profile/picture/{learner.avatar}-{size}.webp")
        kept = Image.open(io.BytesIO(sent.content))
        assert (kept.format, kept.size, sent.headers["Content-Type"]) == ("WEBP", (size, size), "image/webp")
    assert f"/profile/picture/{learner.avatar}-96.webp" in as_learner.get("/today/").text


def test_what_a_camera_adds_is_not_kept(as_learner: Any, learner: User) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera with a place in it"

    as_learner.post(PAGE, FORM | {"picture": _picture(kind="JPEG", exif=exif)})

    learner.refresh_from_db()
    with default_storage.open(f"avatars/{learner.avatar}-320.webp") as file:
        data = file.read()
    assert b"A camera" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("me.png", b"not a picture"),
        SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024)),
    ],
    ids=["text", "svg", "broken", "heavy"],
)
def test_what_is_no_picture_is_refused_with_a_reason(as_learner: Any, learner: User, upload: Any) -> None:
    upload.seek(0)

    response = as_learner.post(PAGE, FORM | {"picture": upload})

    assert response.status_code == 422
    assert "id_picture_error" in response.text
    learner.refresh_from_db()
    assert (learner.avatar, learner.name) == ("", "Lea Learner")
    assert _stored() == []


def test_a_new_picture_replaces_the_old_one(
    as_learner: Any, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    as_learner.post(PAGE, FORM | {"picture": _picture()})
    learner.refresh_from_db()
    before = learner.avatar

    with django_capture_on_commit_callbacks(execute=True):
        as_learner.post(PAGE, FORM | {"picture": _picture(50, 90)})

    learner.refresh_from_db()
    assert learner.avatar != before
    assert _stored() == sorted([f"{learner.avatar}-320.webp", f"{learner.avatar}-96.webp"])


def test_a_picture_can_be_taken_away(
    as_learner: Any, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Take my picture away" not in words(as_learner.get(PAGE))
    as_learner.post(PAGE, FORM | {"picture": _picture()})
    assert "Take my picture away" in words(as_learner.get(PAGE))

    with django_capture_on_commit_callbacks(execute=True):
        as_learner.post(PAGE, FORM | {"remove_picture": "on"})

    learner.refresh_from_db()
    assert (learner.avatar, _stored()) == ("", [])


def test_a_picture_is_for_its_owner(
    client: Any, as_learner: Any, as_other_learner: Any, as_admin: Any, learner: User
) -> None:
    as_learner.post(PAGE, FORM | {"picture": _picture()})
    learner.refresh_from_db()
    address = f"/profile/picture/{learner.avatar}-96.webp"

    assert as_learner.get(address).status_code == 200
    assert "private" in as_learner.get(address).headers["Cache-Control"]
    assert client.get(address).status_code == 302
    assert as_other_learner.get(address).status_code == as_admin.get(address).status_code == 404
    assert as_learner.get(f"/profile/picture/{learner.avatar}-97.webp").status_code == 404


# --- badges to show first ---------------------------------------------------------------------------


def test_up_to_three_badges_stand_first(as_learner: Any, learner: User) -> None:
    _a_week(learner)
    assert button(as_learner.get(PAGE), "Show these first")["action"] == "/profile/showcase/"

    as_learner.post("/profile/showcase/", {"badge": ["first-week", "whole-week"]})

    page = main(as_learner.get(PAGE))
    checked = [box["value"] for box in page.select("input[name=badge][checked]")]
    assert sorted(str(value) for value in checked) == ["first-week", "whole-week"]


@pytest.mark.parametrize(
    "chosen", [["first-light", "first-week", "whole-week", "three-mornings"], ["hundred-days"]]
)
def test_a_fourth_badge_or_one_not_earned_is_refused(as_learner: Any, learner: User, chosen: Any) -> None:
    _a_week(learner)

    assert as_learner.post("/profile/showcase/", {"badge": chosen}).status_code == 422
    assert not Award.objects.filter(showcased=True).exists()


# --- in public --------------------------------------------------------------------------------------


def _publish(browser: Any, user: User) -> str:
    form = button(browser.get(PAGE), "Make it public")
    browser.post(str(form["action"]), fields(form, "Make it public"))
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
    _a_week(learner)
    as_learner.post(PAGE, FORM | {"bio": "Reads at seven.", "picture": _picture(), "time_zone": "Asia/Tokyo"})
    as_learner.post("/profile/showcase/", {"badge": ["whole-week"]})
    address = _publish(as_learner, learner)

    page = client.get(address)

    assert words(main(page).find("h1")) == "Lea Lernt"
    assert "Reads at seven." in words(page)
    assert titles(page, ".tile__v") == ["7", "1", "7"]
    assert titles(page, ".badge__t")[0] == "A whole week"
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
    as_learner.post(PAGE, FORM | {"picture": _picture()})
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
    _a_week(learner)
    address = _publish(as_learner, learner)

    with django_assert_num_queries(2):
        client.get(address)
