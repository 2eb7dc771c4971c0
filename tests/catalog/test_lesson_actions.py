"""What administrators do to lessons: making, changing, publishing, moving and deleting them."""

import pytest

from momentum.accounts.models import User
from momentum.catalog import actions
from momentum.catalog.schemas import (
    ActionItemEntry,
    KeptActionItem,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.learning.actions.progress import tick
from momentum.learning.models import Tick
from tests.catalog.rows import event_names, snapshot
from tests.factories import make_course, make_enrolment, make_lesson

pytestmark = pytest.mark.django_db


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


def test_an_action_item_that_is_removed_keeps_its_ticks_and_a_foreign_id_takes_nothing(
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

    assert Tick.objects.get().action_item_id == first.id
    assert lesson.action_items.get().id not in {foreign.id, first.id}
    assert other.action_items.count() == 2


def test_editing_leaves_the_lists_that_are_not_given(admin: User) -> None:
    lesson = make_course().lessons.get(day=1)

    actions.edit_lesson(actor=admin, lesson=lesson, title="Other words")

    assert lesson.action_items.count() == 2


def test_two_sources_with_one_number_are_refused(admin: User) -> None:
    lesson = make_course().lessons.get(day=1)
    twice = [SourceEntry(number=1, title="A"), SourceEntry(number=1, title="B")]
    before = snapshot()

    with pytest.raises(InvalidError):
        actions.edit_lesson(actor=admin, lesson=lesson, sources=twice)

    assert snapshot() == before


def test_a_lesson_is_published_when_it_is_ready(admin: User) -> None:
    course = make_course(published=False)
    lesson = make_lesson(course, 4, status="draft")
    empty = make_lesson(course, 5, status="draft", content="")

    actions.publish_lesson(actor=admin, lesson=lesson)
    with pytest.raises(InvalidError) as refused:
        actions.publish_lesson(actor=admin, lesson=empty)

    assert refused.value.data["problems"] == ["add some text."]
    assert list(course.lessons.order_by("day").values_list("status", flat=True))[3:] == ["published", "draft"]
    assert event_names() == ["lesson.published"]


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
    before = snapshot()

    for wrong in ([one.id, two.id], [one.id, two.id, two.id], [one.id, two.id, stranger.id], []):
        with pytest.raises(ConflictError):
            actions.reorder_lessons(actor=admin, course=course, lesson_ids=wrong)

    assert three.course_id == course.id
    assert snapshot() == before


def test_a_lesson_changes_places_with_its_neighbour_and_stays_at_the_end(admin: User) -> None:
    course = make_course()
    one, two, three = course.lessons.order_by("day")

    actions.move_lesson(actor=admin, lesson=three, direction="up")
    ordered = actions.move_lesson(actor=admin, lesson=one, direction="up")

    assert [lesson.id for lesson in ordered] == [one.id, three.id, two.id]
    assert list(course.lessons.order_by("day").values_list("id", flat=True)) == [one.id, three.id, two.id]
    assert event_names() == ["course.reordered"]


def test_deleting_a_lesson_closes_the_gap(admin: User) -> None:
    course = make_course(published=False)
    one, two, three = course.lessons.order_by("day")

    actions.delete_lesson(actor=admin, lesson=two)

    assert list(course.lessons.order_by("day").values_list("id", "day")) == [(one.id, 1), (three.id, 2)]
    with pytest.raises(NotFoundError):
        actions.edit_lesson(actor=admin, lesson=two, title="Gone")
