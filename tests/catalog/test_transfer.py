"""Courses in and out of the database."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from momentum.accounts.models import User
from momentum.catalog import archive, folder
from momentum.catalog.actions import duplicate_course, edit_course, export_course, import_course
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.events.models import Event
from tests.catalog.test_folder import COURSE, LESSON, _course
from tests.factories import make_course, make_picture, make_user

pytestmark = pytest.mark.django_db


def _zip(files: dict[str, bytes]) -> io.BytesIO:
    return io.BytesIO(archive.to_zip(files))


@pytest.mark.parametrize("seed", range(3))
def test_import_and_export_give_back_the_same_files(admin: User, seed: int) -> None:
    entry = _course(seed).model_copy(update={"status": "draft", "cover": "cover.webp"})
    files = folder.to_files(entry, make_picture("WEBP"))

    course = import_course(actor=admin, source=_zip(files))

    assert export_course(actor=admin, course=course) == files


def test_an_export_can_be_imported_under_another_address(admin: User) -> None:
    course = make_course()
    edit_course(actor=admin, course=course, thumbnail=ContentFile(make_picture("JPEG"), name="My cover.PNG"))
    course.refresh_from_db()
    files = export_course(actor=admin, course=course)

    copy = import_course(actor=admin, source=_zip(files), slug_taken="rename")

    assert copy.slug == f"{course.slug}-2"
    assert copy.status == Course.Status.DRAFT
    with copy.thumbnail.open("rb") as kept:
        assert kept.read() == files["cover.webp"]
    assert copy.thumbnail.name != course.thumbnail.name
    again = export_course(actor=admin, course=copy)
    front = {name: data for name, data in again.items() if name != "course.md"}
    assert front == {name: data for name, data in files.items() if name != "course.md"}


def test_the_rhythm_goes_along_into_a_file_and_into_a_copy(admin: User) -> None:
    course = make_course(rhythm="one_a_day")
    files = export_course(actor=admin, course=course)

    again = import_course(actor=admin, source=_zip(files), slug_taken="rename")
    copy = duplicate_course(actor=admin, course=course)
    plain = import_course(
        actor=admin,
        source=_zip(files | {"course.md": files["course.md"].replace(b"rhythm: one_a_day\n", b"")}),
        slug_taken="rename",
    )

    assert b"rhythm: one_a_day" in files["course.md"]
    assert [one.rhythm for one in (again, copy, plain)] == ["one_a_day", "one_a_day", "all_at_once"]


@pytest.mark.parametrize("said", ["weekly", "3", ""])
def test_an_unknown_rhythm_is_refused(admin: User, said: str) -> None:
    files = export_course(actor=admin, course=make_course(rhythm="one_a_day"))
    files["course.md"] = files["course.md"].replace(b"one_a_day", said.encode())

    with pytest.raises(InvalidError) as refused:
        import_course(actor=admin, source=_zip(files), slug_taken="rename")

    assert "rhythm" in str(refused.value)
    assert Course.objects.count() == 1


def test_an_address_that_is_taken_is_refused(admin: User) -> None:
    files = export_course(actor=admin, course=make_course())
    events = Event.objects.count()

    with pytest.raises(ConflictError) as refused:
        import_course(actor=admin, source=_zip(files))

    assert refused.value.code == "slug_taken"
    assert Course.objects.count() == 1
    assert Event.objects.count() == events


def test_where_a_course_comes_from_is_kept_or_imported(admin: User, tmp_path: Path) -> None:
    archive.to_directory({"course.md": COURSE, "lessons/01-one.md": LESSON}, tmp_path)

    assert import_course(actor=admin, source=tmp_path).provenance == "imported"
    assert import_course(actor=admin, source=tmp_path, provenance="human").provenance == "human"
    ai = folder.to_files(_course(5))
    assert import_course(actor=admin, source=_zip(ai)).provenance == "ai"


def test_the_status_of_a_file_counts_only_when_asked_for(admin: User) -> None:
    files = export_course(actor=admin, course=make_course())
    Course.objects.all().delete()

    draft = import_course(actor=admin, source=_zip(files))
    published = import_course(actor=admin, source=_zip(files), keep_status=True, slug_taken="rename")

    assert draft.status == Course.Status.DRAFT
    assert published.is_published
    assert published.reviewed_by == admin


def test_a_course_that_says_published_but_is_not_complete_leaves_nothing(admin: User) -> None:
    files = {"course.md": COURSE.replace(b"s: 2", b"s: 2\nstatus: published"), "lessons/01-one.md": LESSON}

    with pytest.raises(InvalidError, match="can't be published"):
        import_course(actor=admin, source=_zip(files), keep_status=True)

    assert not Course.objects.exists()


def test_an_unknown_category_is_refused_with_those_there_are(admin: User) -> None:
    files = {"course.md": COURSE.replace(b"communication", b"gardening")}

    with pytest.raises(InvalidError, match="creative-skills"):
        import_course(actor=admin, source=_zip(files))

    assert not Course.objects.exists()


def test_nobody_but_an_administrator_imports(learner: User) -> None:
    with pytest.raises(ForbiddenError):
        import_course(actor=learner, source=_zip({"course.md": COURSE}))

    assert not Course.objects.exists()


def test_any_number_of_lessons_is_exported_in_the_same_number_of_queries(
    admin: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    long = make_course(days=12)
    reader = make_user(role="admin")
    long = Course.objects.select_related("category").get(pk=long.pk)

    with django_assert_num_queries(5):  # type: ignore[operator]  # pytest-django's
        files = export_course(actor=reader, course=long)

    assert len(files) == 13
