"""What administrators do to the catalogue, and what nobody else may."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from momentum.accounts.models import User
from momentum.catalog import actions
from momentum.catalog.models import ActionItem, Category, Course, Lesson
from momentum.catalog.schemas import (
    ActionItemEntry,
    KeptActionItem,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from momentum.events.models import Event
from momentum.learning.actions import tick
from momentum.learning.models import Tick
from tests.factories import make_category, make_course, make_enrolment, make_lesson

pytestmark = pytest.mark.django_db


def _snapshot() -> dict[str, Any]:
    tables = (Course, Lesson, ActionItem, Event)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def _events() -> list[str]:
    return list(Event.objects.order_by("at").values_list("name", flat=True))


# Making and changing courses


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
    before = _snapshot()

    with pytest.raises(ConflictError, match="Somebody else") as refused:
        actions.edit_course(actor=admin, course=course, version=1, title="Second")
    with pytest.raises(ConflictError):
        actions.edit_lesson(actor=admin, lesson=lesson, version=1, title="Second")

    assert refused.value.data == {"version": 2}
    assert _snapshot() == before


# Publishing


def test_publishing_names_who_answers_for_it(admin: User) -> None:
    course = make_course(published=False)

    published = actions.publish_course(actor=admin, course=course)
    actions.publish_course(actor=admin, course=course)

    published.refresh_from_db()
    assert published.is_published
    assert published.published_at is not None
    assert published.reviewed_by == admin
    assert _events() == ["course.published"]


def test_what_is_not_complete_is_not_published_and_says_what_is_missing(admin: User) -> None:
    course = make_course(published=False, summary="", description="<p> </p>")
    course.lessons.filter(day=2).update(status="draft", content="<p></p>")
    course.lessons.get(day=3).delete()
    Category.objects.filter(pk=course.category_id).update(active=False)
    before = _snapshot()

    with pytest.raises(InvalidError) as refused:
        actions.publish_course(actor=admin, course=course)

    assert refused.value.code == "not_publishable"
    assert refused.value.data["problems"] == [
        "Its category isn’t shown at the moment; choose another or bring it back.",
        "Write a summary.",
        "Write a description.",
        "It has 2 of 3 lessons.",
        "Day 2: it has no text.",
        "Day 2: it is still a draft.",
    ]
    assert _snapshot() == before


def test_a_course_goes_to_the_archive_and_comes_back_by_way_of_draft(admin: User) -> None:
    course = make_course()

    actions.archive_course(actor=admin, course=course)
    with pytest.raises(ConflictError):
        actions.publish_course(actor=admin, course=course)
    actions.withdraw_course(actor=admin, course=course)
    back = actions.publish_course(actor=admin, course=course)

    assert back.published_at == course.published_at
    assert _events() == ["course.archived", "course.withdrawn", "course.published"]


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
    before = _snapshot()

    with pytest.raises(ConflictError) as refused:
        change(admin, course)

    assert refused.value.code == "course_is_published"
    assert _snapshot() == before


# Deleting and duplicating


def test_a_draft_that_nobody_took_is_deleted_with_its_lessons(admin: User) -> None:
    course = make_course(published=False)

    actions.delete_course(actor=admin, course=course)

    assert not Course.objects.exists()
    assert not ActionItem.objects.exists()
    assert _events() == ["course.deleted"]


def test_a_course_that_is_not_a_draft_or_has_learners_is_not_deleted(admin: User, learner: User) -> None:
    published, taken = make_course(), make_course()
    make_enrolment(learner, taken)
    actions.withdraw_course(actor=admin, course=taken)
    before = _snapshot()

    with pytest.raises(ConflictError, match="Only drafts"):
        actions.delete_course(actor=admin, course=published)
    with pytest.raises(ConflictError, match="Learners have been enrolled"):
        actions.delete_course(actor=admin, course=taken)

    assert _snapshot() == before


def test_a_copy_is_a_draft_of_its_own_with_all_lessons(admin: User) -> None:
    course = make_course(featured=True, title="Tides", slug="tides", provenance="ai")

    copy = actions.duplicate_course(actor=admin, course=course)

    assert (copy.title, copy.slug, copy.status) == ("Copy of Tides", "copy-of-tides", Course.Status.DRAFT)
    assert (copy.featured, copy.provenance, copy.enrolment_count) == (False, "ai", 0)
    assert list(copy.lessons.values_list("day", "title", "content")) == list(
        course.lessons.values_list("day", "title", "content")
    )
    assert copy.problems() == []


# Lessons


def test_a_new_lesson_is_a_draft_on_the_next_day(admin: User) -> None:
    course = make_course(published=False, days=2)

    lesson = actions.add_lesson(
        actor=admin,
        course=course,
        title="Springs",
        content="<h1>Springs</h1>",
        action_items=[ActionItemEntry(text="Look at the moon", note="Tonight.")],
        resources=[ResourceEntry(title="Tables", url="https://example.com/")],
        questions=[QuestionEntry(prompt="When?", choices=["Full", "Half"], answer=[0])],
        sources=[SourceEntry(number=1, title="The Admiralty", page=3, quote="Twice.")],
    )

    lesson.refresh_from_db()
    assert (lesson.day, lesson.status, lesson.slug) == (3, "draft", "springs")
    assert lesson.content == "<h2>Springs</h2>"
    assert [(item.text, item.note) for item in lesson.action_items.all()] == [
        ("Look at the moon", "Tonight.")
    ]
    assert lesson.resources.get().url == "https://example.com/"
    assert lesson.questions.get().answer_text == "Full"
    assert lesson.sources.get().page == 3


def test_ticks_survive_when_action_items_are_reworded_moved_and_joined_by_others(
    admin: User, learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = course.lessons.select_related("course__category").get(day=1)
    first, second = lesson.action_items.all()
    tick(user=learner, item=first)
    tick(user=learner, item=second)

    actions.edit_lesson(
        actor=admin,
        lesson=lesson,
        action_items=[
            ActionItemEntry(text="Something new"),
            ActionItemEntry(text=second.text, note="now with a note"),
            KeptActionItem(id=first.id, text="Reworded"),
        ],
    )

    assert [(item.text, item.id) for item in lesson.action_items.all()][1:] == [
        (second.text, second.id),
        ("Reworded", first.id),
    ]
    assert Tick.objects.filter(user=learner).count() == 2


def test_an_action_item_that_is_gone_takes_its_ticks_with_it_and_a_foreign_id_takes_nothing(
    admin: User, learner: User
) -> None:
    course = make_course(days=2)
    make_enrolment(learner, course)
    lesson, other = course.lessons.select_related("course__category").order_by("day")
    first = lesson.action_items.first()
    foreign = other.action_items.first()
    assert first
    assert foreign
    tick(user=learner, item=first)

    actions.edit_lesson(actor=admin, lesson=lesson, action_items=[KeptActionItem(id=foreign.id, text="Mine")])

    assert not Tick.objects.exists()
    assert lesson.action_items.get().id != foreign.id
    assert other.action_items.count() == 2


def test_editing_leaves_the_lists_that_are_not_given(admin: User) -> None:
    lesson = make_course().lessons.get(day=1)

    actions.edit_lesson(actor=admin, lesson=lesson, title="Other words")

    assert lesson.action_items.count() == 2


def test_two_sources_with_one_number_are_refused(admin: User) -> None:
    lesson = make_course().lessons.get(day=1)
    twice = [SourceEntry(number=1, title="A"), SourceEntry(number=1, title="B")]
    before = _snapshot()

    with pytest.raises(InvalidError):
        actions.edit_lesson(actor=admin, lesson=lesson, sources=twice)

    assert _snapshot() == before


def test_a_lesson_is_published_when_it_is_ready(admin: User) -> None:
    course = make_course(published=False)
    lesson = make_lesson(course, 4, status="draft")
    empty = make_lesson(course, 5, status="draft", content="")

    actions.publish_lesson(actor=admin, lesson=lesson)
    with pytest.raises(InvalidError) as refused:
        actions.publish_lesson(actor=admin, lesson=empty)

    assert refused.value.data["problems"] == ["it has no text."]
    assert list(course.lessons.order_by("day").values_list("status", flat=True))[3:] == ["published", "draft"]
    assert _events() == ["lesson.published"]


def test_lessons_take_the_days_of_the_order_given(admin: User) -> None:
    course = make_course()
    one, two, three = course.lessons.order_by("day")

    actions.reorder_lessons(actor=admin, course=course, lesson_ids=[three.id, one.id, two.id])

    assert list(course.lessons.order_by("day").values_list("id", "day")) == [
        (three.id, 1), (one.id, 2), (two.id, 3)
    ]  # fmt: skip


def test_an_order_that_names_other_lessons_than_there_are_is_refused(admin: User) -> None:
    course, other = make_course(), make_course()
    one, two, three = course.lessons.order_by("day")
    stranger = other.lessons.get(day=1)
    before = _snapshot()

    for wrong in ([one.id, two.id], [one.id, two.id, two.id], [one.id, two.id, stranger.id], []):
        with pytest.raises(ConflictError):
            actions.reorder_lessons(actor=admin, course=course, lesson_ids=wrong)

    assert three.course_id == course.id
    assert _snapshot() == before


def test_a_lesson_changes_places_with_its_neighbour_and_stays_at_the_end(admin: User) -> None:
    course = make_course()
    one, two, three = course.lessons.order_by("day")

    actions.move_lesson(actor=admin, lesson=three, direction="up")
    ordered = actions.move_lesson(actor=admin, lesson=one, direction="up")

    assert [lesson.id for lesson in ordered] == [one.id, three.id, two.id]
    assert list(course.lessons.order_by("day").values_list("id", flat=True)) == [one.id, three.id, two.id]
    assert _events() == ["course.reordered"]


def test_deleting_a_lesson_closes_the_gap(admin: User) -> None:
    course = make_course(published=False)
    one, two, three = course.lessons.order_by("day")

    actions.delete_lesson(actor=admin, lesson=two)

    assert list(course.lessons.order_by("day").values_list("id", "day")) == [(one.id, 1), (three.id, 2)]
    with pytest.raises(NotFoundError):
        actions.edit_lesson(actor=admin, lesson=two, title="Gone")


# Who may not


@pytest.mark.parametrize(
    "change",
    [
        lambda user, course: actions.create_course(actor=user, title="Mine", category=course.category),
        lambda user, course: actions.edit_course(actor=user, course=course, title="Mine"),
        lambda user, course: actions.publish_course(actor=user, course=course),
        lambda user, course: actions.withdraw_course(actor=user, course=course),
        lambda user, course: actions.archive_course(actor=user, course=course),
        lambda user, course: actions.delete_course(actor=user, course=course),
        lambda user, course: actions.duplicate_course(actor=user, course=course),
        lambda user, course: actions.export_course(actor=user, course=course),
        lambda user, course: actions.add_lesson(actor=user, course=course, title="Mine"),
        lambda user, course: actions.edit_lesson(actor=user, lesson=course.lessons.get(day=1), title="Mine"),
        lambda user, course: actions.publish_lesson(actor=user, lesson=course.lessons.get(day=1)),
        lambda user, course: actions.withdraw_lesson(actor=user, lesson=course.lessons.get(day=1)),
        lambda user, course: actions.move_lesson(
            actor=user, lesson=course.lessons.get(day=1), direction="down"
        ),
        lambda user, course: actions.reorder_lessons(actor=user, course=course, lesson_ids=[]),
        lambda user, course: actions.delete_lesson(actor=user, lesson=course.lessons.get(day=1)),
    ],
)
def test_nobody_but_an_administrator_changes_the_catalogue(learner: User, change: Any) -> None:
    course = make_course(published=False)
    before = _snapshot()

    with pytest.raises(ForbiddenError):
        change(learner, course)

    assert _snapshot() == before


def test_a_suspended_administrator_changes_nothing(admin: User) -> None:
    course = make_course()
    admin.is_active = False

    with pytest.raises(ForbiddenError):
        actions.archive_course(actor=admin, course=course)

    course.refresh_from_db()
    assert course.is_published


# What the database itself holds


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"status": "lost"},
        {"status": "published", "published_at": None},
        {"access": "paid", "price_minor": None},
        {"access": "paid", "price_minor": 100, "currency": "eur"},
        {"access": "premium", "price_minor": 100, "currency": "EUR"},
        {"duration_days": 0},
        {"level": "x"},
    ],
)
def test_the_database_refuses_a_course_that_breaks_the_rules(fields: Any) -> None:
    course = make_course(published=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(**fields)


def test_the_database_allows_one_lesson_a_day() -> None:
    course = make_course(published=False)

    course.lessons.filter(day=2).update(day=1)

    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_six_shelves_are_there_from_the_beginning() -> None:
    assert list(Category.objects.values_list("slug", flat=True)) == [
        "business-leadership",
        "personal-development",
        "technology-data",
        "health-wellness",
        "creative-skills",
        "communication",
    ]


def test_shelves_count_their_published_courses(django_assert_num_queries: Any) -> None:
    shelf = make_category()
    make_course(category=shelf)
    make_course(category=shelf, published=False)

    with django_assert_num_queries(1):
        counts = {category.slug: category.course_count for category in Category.objects.with_counts()}

    assert counts[shelf.slug] == 1
    assert counts["communication"] == 0
