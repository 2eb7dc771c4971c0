"""What administrators do to courses: making, changing, publishing, deleting and copying them."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog import actions
from momentum.catalog.models import ActionItem, Category, Course
from momentum.core.errors import ConflictError, InvalidError
from momentum.events.models import Event
from tests.catalog.rows import event_names, snapshot
from tests.factories import make_category, make_course, make_enrolment

pytestmark = pytest.mark.django_db


def test_a_new_course_is_a_draft_with_a_slug_and_safe_text(admin: User) -> None:
    course = actions.create_course(
        actor=admin,
        title="  Tides:  a working\nknowledge ",
        summary="Why the sea moves.",
        description="<p>Twice a day.<script>x</script></p>",
        outcomes=["Read a tide table", "  "],
        category=make_category(),
    )

    course.refresh_from_db()
    assert course.status == Course.Status.DRAFT
    assert course.title == "Tides: a working knowledge"
    assert course.slug == "tides-a-working-knowledge"
    assert course.description == "<p>Twice a day.</p>"
    assert course.outcomes == ["Read a tide table"]
    assert course.version == 1
    event = Event.objects.get()
    assert (event.name, event.actor_id, event.subject_id) == ("course.created", admin.id, course.id)


def test_the_same_title_gets_the_next_free_slug(admin: User) -> None:
    category = make_category()

    made = [actions.create_course(actor=admin, title="Tides", category=category) for _ in range(3)]

    assert [course.slug for course in made] == ["tides", "tides-2", "tides-3"]


def test_a_title_without_latin_letters_gets_a_slug_too(admin: User) -> None:
    assert actions.create_course(actor=admin, title="潮汐", category=make_category()).slug == "course"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"duration_days": 61}, ""),
        ({"level": "expert"}, "level"),
        ({"language": "klingon!"}, "language"),
        ({"access": "paid"}, ""),
        ({"access": "free", "price_minor": 100, "currency": "EUR"}, ""),
    ],
)
def test_a_course_with_values_it_cannot_have_is_refused(admin: User, fields: Any, wrong: str) -> None:
    category = make_category()

    with pytest.raises(InvalidError) as refused:
        actions.create_course(actor=admin, **{"title": "Tides", "category": category, **fields})

    assert wrong in refused.value.data["fields"]
    assert not Course.objects.exists()
    assert not Event.objects.exists()


def test_editing_changes_what_is_given_and_raises_the_version(admin: User) -> None:
    course = make_course(published=False)

    edited = actions.edit_course(
        actor=admin,
        course=course,
        version=1,
        title="Another",
        access="paid",
        price_minor=1900,
        currency="EUR",
    )

    edited.refresh_from_db()
    assert (edited.title, edited.price_minor, edited.version) == ("Another", 1900, 2)
    assert edited.summary == course.summary
    assert Event.objects.get(name="course.changed").data == {
        "fields": ["access", "currency", "price_minor", "title"]
    }


def test_two_admins_never_overwrite_each_other_silently(admin: User) -> None:
    course = make_course(published=False)
    lesson = course.lessons.get(day=1)
    actions.edit_course(actor=admin, course=course, version=1, title="First")
    actions.edit_lesson(actor=admin, lesson=lesson, version=1, title="First")
    before = snapshot()

    with pytest.raises(ConflictError, match="Someone else") as refused:
        actions.edit_course(actor=admin, course=course, version=1, title="Second")
    with pytest.raises(ConflictError):
        actions.edit_lesson(actor=admin, lesson=lesson, version=1, title="Second")

    assert refused.value.data == {"version": 2}
    assert snapshot() == before


def test_publishing_names_who_answers_for_it(admin: User) -> None:
    course = make_course(published=False)

    published = actions.publish_course(actor=admin, course=course)
    actions.publish_course(actor=admin, course=course)

    published.refresh_from_db()
    assert published.is_published
    assert published.published_at is not None
    assert published.reviewed_by == admin
    assert event_names() == ["course.published"]


def test_what_is_not_complete_is_not_published_and_says_what_is_missing(admin: User) -> None:
    course = make_course(published=False, summary="", description="<p> </p>")
    course.lessons.filter(day=2).update(status="draft", content="<p></p>")
    course.lessons.get(day=3).delete()
    Category.objects.filter(pk=course.category_id).update(active=False)
    before = snapshot()

    with pytest.raises(InvalidError) as refused:
        actions.publish_course(actor=admin, course=course)

    assert refused.value.code == "not_publishable"
    assert refused.value.data["problems"] == [
        "Its category is hidden. Choose another category or restore it.",
        "Add a summary.",
        "Add a description.",
        "It has 2 of 3 lessons.",
        "Day 2: add some text.",
        "Day 2: still a draft.",
    ]
    assert snapshot() == before


def test_a_course_goes_to_the_archive_and_comes_back_by_way_of_draft(admin: User) -> None:
    course = make_course()

    actions.archive_course(actor=admin, course=course)
    with pytest.raises(ConflictError):
        actions.publish_course(actor=admin, course=course)
    actions.withdraw_course(actor=admin, course=course)
    back = actions.publish_course(actor=admin, course=course)

    assert back.published_at == course.published_at
    assert event_names() == ["course.archived", "course.withdrawn", "course.published"]


@pytest.mark.parametrize(
    "change",
    [
        lambda admin, course: actions.edit_course(actor=admin, course=course, summary=""),
        lambda admin, course: actions.edit_course(actor=admin, course=course, duration_days=4),
        lambda admin, course: actions.add_lesson(actor=admin, course=course, title="More"),
        lambda admin, course: actions.delete_lesson(actor=admin, lesson=course.lessons.get(day=2)),
        lambda admin, course: actions.withdraw_lesson(actor=admin, lesson=course.lessons.get(day=2)),
        lambda admin, course: actions.edit_lesson(actor=admin, lesson=course.lessons.get(day=2), content=""),
    ],
)
def test_a_published_course_never_becomes_incomplete(admin: User, change: Any) -> None:
    course = make_course()
    before = snapshot()

    with pytest.raises(ConflictError) as refused:
        change(admin, course)

    assert refused.value.code == "course_is_published"
    assert snapshot() == before


def test_a_draft_that_nobody_took_is_deleted_with_its_lessons(admin: User) -> None:
    course = make_course(published=False)

    actions.delete_course(actor=admin, course=course)

    assert not Course.objects.exists()
    assert not ActionItem.objects.exists()
    assert event_names() == ["course.deleted"]


def test_a_course_that_is_not_a_draft_or_has_learners_is_not_deleted(admin: User, learner: User) -> None:
    published, taken = make_course(), make_course()
    make_enrolment(learner, taken)
    actions.withdraw_course(actor=admin, course=taken)
    before = snapshot()

    with pytest.raises(ConflictError, match="Only drafts"):
        actions.delete_course(actor=admin, course=published)
    with pytest.raises(ConflictError, match="Learners have been enrolled"):
        actions.delete_course(actor=admin, course=taken)

    assert snapshot() == before


def test_a_copy_is_a_draft_of_its_own_with_all_lessons(admin: User) -> None:
    course = make_course(featured=True, title="Tides", slug="tides", provenance="ai")

    copy = actions.duplicate_course(actor=admin, course=course)

    assert (copy.title, copy.slug, copy.status) == ("Copy of Tides", "copy-of-tides", Course.Status.DRAFT)
    assert (copy.featured, copy.provenance, copy.enrolment_count) == (False, "ai", 0)
    assert list(copy.lessons.values_list("day", "title", "content")) == list(
        course.lessons.values_list("day", "title", "content")
    )
    assert copy.problems() == []
