"""Courses and lessons in the panel, as an administrator works on them."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from momentum.catalog.actions import export_course
from momentum.catalog.domain import packaging
from momentum.catalog.models import Course, Lesson
from tests.catalog.zips import zipped
from tests.factories import make_category, make_course, make_enrolment, make_lesson
from tests.pages import button, fields, link, main, titles, words


@pytest.fixture
def draft(db: None) -> Any:
    """Two ready days about tides, not published."""
    return make_course(title="Tides", slug="tides", days=2, published=False)


def _panel(course: Any, rest: str = "") -> str:
    return f"/panel/courses/{course.id}/{rest}"


def _form(client: Any, path: str, button_text: str) -> tuple[str, dict[str, str]]:
    form = button(client.get(path), button_text)
    return str(form.get("action") or path), fields(form, button_text)


def _press(client: Any, path: str, text: str, **changes: str) -> Any:
    action, data = _form(client, path, text)
    return client.post(action, data | changes, follow=True)


# --- courses ----------------------------------------------------------------------------------------


def test_a_course_is_begun_by_hand(as_admin: Any, db: None) -> None:
    shelf = make_category()

    page = _press(
        as_admin, "/panel/courses/new/", "Save draft",
        title="Clouds", summary="What they say.", category=str(shelf.id), duration_days="3",
        outcomes="Name a cloud\n\nRead the sky",
    )  # fmt: skip

    made = Course.objects.get()
    assert page.redirect_chain == [(_panel(made), 302)]
    assert (made.title, made.slug, made.duration_days, made.status) == ("Clouds", "clouds", 3, "draft")
    assert made.outcomes == ["Name a cloud", "Read the sky"]
    assert "No lessons yet." in words(page)
    assert "It has 0 of 3 lessons." in titles(page, ".problems li")


def test_a_form_that_cannot_be_saved_comes_back_with_what_was_typed(as_admin: Any, db: None) -> None:
    shelf = make_category()

    page = _press(
        as_admin, "/panel/courses/new/", "Save draft",
        title="", summary="Kept & shown", category=str(shelf.id), duration_days="99", access="paid",
    )  # fmt: skip

    assert page.status_code == 422
    assert not Course.objects.exists()
    kept = fields(button(page, "Save draft"))
    assert (kept["summary"], kept["duration_days"], kept["access"]) == ("Kept & shown", "99", "paid")
    assert kept["category"] == str(shelf.id)
    errors = titles(page, ".field__errors")
    assert len(errors) == 3  # title, days, price; the currency has one chosen
    assert "Required for a paid course." in errors


def test_a_course_is_changed(as_admin: Any, draft: Any) -> None:
    page = _press(
        as_admin, _panel(draft), "Save changes", title="High tides", in_sequence="on", lessons_by_mail="on"
    )

    draft.refresh_from_db()
    assert "Saved." in words(page)
    assert (draft.title, draft.in_sequence, draft.slug) == ("High tides", True, "tides")
    assert draft.lessons_by_mail


def test_a_course_is_slowed_down_to_a_lesson_a_day(as_admin: Any, draft: Any) -> None:
    page = _press(as_admin, _panel(draft), "Save changes", rhythm="one_a_day")

    draft.refresh_from_db()
    assert draft.rhythm == "one_a_day"
    assert fields(button(page, "Save changes"))["rhythm"] == "one_a_day"


def test_saving_without_changing_anything_changes_nothing(as_admin: Any, draft: Any) -> None:
    def state() -> dict[str, Any]:
        return Course.objects.values().get(pk=draft.pk)

    before = state()
    _press(as_admin, _panel(draft), "Save changes")

    kept = {name for name, value in before.items() if state()[name] == value}
    assert set(before) - kept <= {"updated_at", "version"}


def test_who_saves_over_a_newer_version_keeps_their_text_and_is_told(as_admin: Any, draft: Any) -> None:
    path, mine = _form(as_admin, _panel(draft), "Save changes")
    as_admin.post(path, mine | {"title": "Theirs"})

    page = as_admin.post(path, mine | {"title": "Mine"})

    assert page.status_code == 422
    assert main(page).select_one("[role=alert]") is not None
    assert "changed" in words(main(page).select_one("[role=alert]"))
    assert fields(button(page, "Save changes"))["title"] == "Mine"
    draft.refresh_from_db()
    assert draft.title == "Theirs"


def test_publishing_archiving_and_taking_back(as_admin: Any, client: Any, draft: Any) -> None:
    assert "Published. Learners can now find this course." in words(
        _press(as_admin, _panel(draft), "Publish")
    )
    assert client.get("/courses/tides/").status_code == 200

    assert "Reverted to draft." in words(_press(as_admin, _panel(draft), "Revert to draft"))
    assert client.get("/courses/tides/").status_code == 404

    assert "Archived." in words(_press(as_admin, _panel(draft), "Archive course"))
    draft.refresh_from_db()
    assert draft.status == "archived"


def test_what_is_missing_is_said_and_publishing_refused(as_admin: Any, draft: Any) -> None:
    draft.lessons.filter(day=2).update(content="", status="draft")

    page = as_admin.get(_panel(draft))
    assert titles(page, ".problems li") == ["Day 2: add some text.", "Day 2: still a draft."]
    assert button(page, "Publish").select_one("button").has_attr("disabled")

    refused = as_admin.post(_panel(draft, "status/"), {"state": "published"})

    assert refused.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_state_that_does_not_exist_is_refused(as_admin: Any, draft: Any) -> None:
    assert as_admin.post(_panel(draft, "status/"), {"state": "gone"}).status_code == 422


def test_a_copy_is_a_draft_of_its_own(as_admin: Any, draft: Any) -> None:
    page = _press(as_admin, _panel(draft), "Duplicate")

    copy = Course.objects.exclude(pk=draft.pk).get()
    assert page.redirect_chain[-1][0] == _panel(copy)
    assert (copy.status, copy.lessons.count()) == ("draft", 2)
    assert copy.slug != draft.slug


def test_deleting_asks_first(as_admin: Any, draft: Any) -> None:
    question = as_admin.get(link(as_admin.get(_panel(draft)), "Delete draft"))
    assert "Delete “Tides”?" in words(question)
    assert Course.objects.filter(pk=draft.pk).exists()

    done = _press(as_admin, _panel(draft, "delete/"), "Delete draft")

    assert "“Tides” deleted." in words(done)
    assert not Course.objects.exists()


def test_a_course_that_somebody_takes_is_not_deleted(as_admin: Any, learner: Any) -> None:
    course = make_course()
    make_enrolment(learner, course)

    refused = as_admin.post(_panel(course, "delete/"))

    assert refused.status_code == 409
    assert Course.objects.filter(pk=course.pk).exists()


def test_the_list_is_narrowed_by_words_and_status(as_admin: Any, draft: Any) -> None:
    make_course(title="Clouds")

    assert sorted(titles(as_admin.get("/panel/courses/"), "th[scope=row] a")) == ["Clouds", "Tides"]
    assert titles(as_admin.get("/panel/courses/?status=draft"), "th[scope=row] a") == ["Tides"]
    assert titles(as_admin.get("/panel/courses/?q=clo"), "th[scope=row] a") == ["Clouds"]
    assert "No matching courses" in words(as_admin.get("/panel/courses/?q=volcano"))


def test_the_list_costs_the_same_however_long_it_is(
    as_admin: Any, draft: Any, django_assert_max_num_queries: Any
) -> None:
    as_admin.get("/panel/courses/")
    for _number in range(5):
        make_course()

    # Session with user, how many there are, the page of them.
    with django_assert_max_num_queries(3):
        as_admin.get("/panel/courses/")


# --- in and out -------------------------------------------------------------------------------------


def test_a_download_can_be_imported_again(as_admin: Any, admin: Any, draft: Any) -> None:
    download = as_admin.get(_panel(draft, "export/"))
    downloaded = download.getvalue()
    assert download.headers["Content-Type"] == "application/zip"
    assert download.headers["Content-Disposition"] == 'attachment; filename="tides.zip"'
    assert "course.md" in zipfile.ZipFile(io.BytesIO(downloaded)).namelist()

    page = as_admin.post(
        "/panel/courses/import/", {"file": SimpleUploadedFile("t.zip", downloaded)}, follow=True
    )

    made = Course.objects.exclude(pk=draft.pk).get()
    assert "Course imported as a draft." in words(page)
    assert page.redirect_chain[-1][0] == _panel(made)
    assert (made.title, made.status) == ("Tides", "draft")
    assert made.lessons.count() == 2


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip",
        zipped({"readme.md": b"hello"}).getvalue(),
        zipped({"course.md": b"no front matter"}).getvalue(),
    ],
)
def test_a_file_that_holds_no_course_is_refused_with_the_reason(as_admin: Any, db: None, data: Any) -> None:
    page = as_admin.post("/panel/courses/import/", {"file": SimpleUploadedFile("t.zip", data)})

    assert page.status_code == 422
    assert not Course.objects.exists()
    said = main(page).select_one("details[open] [role=alert], details[open] .field__errors")
    assert said is not None
    assert len(words(said)) > 20


def test_importing_nothing_says_so(as_admin: Any, db: None) -> None:
    page = as_admin.post("/panel/courses/import/")

    assert page.status_code == 422
    assert main(page).select_one("details[open] .field__errors") is not None


def test_an_export_holds_what_the_page_shows(as_admin: Any, admin: Any, draft: Any) -> None:
    files = packaging.read(io.BytesIO(as_admin.get(_panel(draft, "export/")).getvalue()))

    assert files == export_course(actor=admin, course=draft)


# --- lessons ----------------------------------------------------------------------------------------


def test_a_lesson_is_added_after_the_last_day(as_admin: Any, draft: Any) -> None:
    page = _press(
        as_admin, _panel(draft, "lessons/new/"), "Save",
        title="Springs", content="<p>Twice a month.</p><script>alert(1)</script>", key_points="One\nTwo",
        **{"action-0-text": "Look up the moon.", "resource-0-title": "A table", "resource-0-url": "https://example.com/"},
    )  # fmt: skip

    made = Lesson.objects.get(course=draft, day=3)
    assert page.redirect_chain == [(f"/panel/lessons/{made.id}/", 302)]
    assert "Day 3 added as a draft." in words(page)
    assert (made.title, made.content, made.status) == ("Springs", "<p>Twice a month.</p>", "draft")
    assert made.key_points == ["One", "Two"]
    assert [item.text for item in made.action_items.all()] == ["Look up the moon."]
    assert [row.url for row in made.resources.all()] == ["https://example.com/"]


def test_editing_a_lesson_keeps_its_action_items_and_their_ticks(as_admin: Any, draft: Any) -> None:
    lesson = draft.lessons.get(day=1)
    first, second = lesson.action_items.all()

    page = _press(
        as_admin, f"/panel/lessons/{lesson.id}/", "Save",
        title="Ebb", **{"action-0-text": "Try it twice.", "action-1-text": "", "action-2-text": "Tell somebody."},
    )  # fmt: skip

    lesson.refresh_from_db()
    assert "Saved." in words(page)
    assert lesson.title == "Ebb"
    items = list(lesson.action_items.all())
    assert [item.text for item in items] == ["Try it twice.", "Tell somebody."]
    assert items[0].id == first.id
    assert second.id not in {item.id for item in items}


def test_a_lesson_that_cannot_be_saved_comes_back_as_typed(as_admin: Any, draft: Any) -> None:
    lesson = draft.lessons.get(day=1)

    page = _press(
        as_admin, f"/panel/lessons/{lesson.id}/", "Save",
        title="", content="<p>Kept.</p>", minutes="0",
        **{"resource-0-title": "Bad", "resource-0-url": "javascript:alert(1)"},
    )  # fmt: skip

    assert page.status_code == 422
    kept = fields(button(page, "Save"))
    assert (kept["content"], kept["minutes"]) == ("<p>Kept.</p>", "0")
    assert kept["resource-0-url"] == "javascript:alert(1)"
    assert len(titles(page, ".field__errors")) == 3
    lesson.refresh_from_db()
    assert lesson.content == "<p>Something worth knowing.</p>"


def test_an_older_lesson_form_keeps_its_text_and_is_told(as_admin: Any, draft: Any) -> None:
    lesson = draft.lessons.get(day=1)
    path, mine = _form(as_admin, f"/panel/lessons/{lesson.id}/", "Save")
    as_admin.post(path, mine | {"title": "Theirs"})

    page = as_admin.post(path, mine | {"title": "Mine", "content": "<p>My text.</p>"})

    assert page.status_code == 422
    assert "changed" in words(main(page).select_one("[role=alert]"))
    assert fields(button(page, "Save"))["content"] == "<p>My text.</p>"
    lesson.refresh_from_db()
    assert lesson.title == "Theirs"


def test_lessons_change_places(as_admin: Any, draft: Any) -> None:
    first, second = draft.lessons.order_by("day")

    moved = as_admin.post(f"/panel/lessons/{second.id}/place/", {"direction": "up"})

    assert moved.headers["Location"] == f"{_panel(draft)}#down-{second.id}"
    assert list(draft.lessons.order_by("day")) == [second, first]
    assert as_admin.post(f"/panel/lessons/{second.id}/place/", {"direction": "sideways"}).status_code == 422


def test_a_lesson_is_made_ready_and_taken_back(as_admin: Any, draft: Any) -> None:
    lesson = draft.lessons.get(day=1)

    _press(as_admin, f"/panel/lessons/{lesson.id}/", "Revert to draft")
    lesson.refresh_from_db()
    assert lesson.status == "draft"

    _press(as_admin, f"/panel/lessons/{lesson.id}/", "Mark as ready")
    lesson.refresh_from_db()
    assert lesson.status == "published"


def test_deleting_a_lesson_moves_the_days_after_it_up(as_admin: Any, draft: Any) -> None:
    first, second = draft.lessons.order_by("day")
    third = make_lesson(draft, 3)

    page = _press(as_admin, f"/panel/lessons/{second.id}/", "Delete day 2")

    assert f"“{second.title}” deleted." in words(page)
    assert list(draft.lessons.order_by("day").values_list("id", "day")) == [(first.id, 1), (third.id, 2)]


def test_a_published_course_does_not_lose_a_lesson(as_admin: Any) -> None:
    course = make_course(days=2)
    lesson = course.lessons.get(day=1)

    assert "Delete lesson" not in words(as_admin.get(f"/panel/lessons/{lesson.id}/"))
    assert as_admin.post(f"/panel/lessons/{lesson.id}/delete/").status_code in {409, 422}
    assert course.lessons.count() == 2
