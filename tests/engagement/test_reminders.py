"""What reminds somebody of a lesson: only of one that they may read and haven't done, in few statements."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions.courses import edit_course, withdraw_course
from momentum.catalog.models import Lesson
from momentum.core.errors import NotFoundError
from momentum.engagement.queries.reminders import lesson_due
from momentum.learning.actions.enrolments import leave_course
from momentum.learning.models import Enrolment
from momentum.mail.domain.kinds import kinds
from momentum.mail.domain.rendering import Parts, render
from tests.factories import make_course, make_enrolment, make_question, make_user

REMINDERS = ("lesson_reminder", "streak_at_risk", "win_back")


def written(name: str, **about: Any) -> Parts:
    return render(kinds()[f"engagement.{name}"].write(**about))


def yesterday() -> Any:
    return timezone.now() - timedelta(days=1)


def test_a_reminder_has_the_lesson_that_is_next_and_its_first_lines(learner: User, tides: Any) -> None:
    Lesson.objects.filter(course=tides, day=2).update(
        title="Neaps", content="<p>Stand on a beach.</p><h2>Then</h2>"
    )
    make_enrolment(learner, tides, done=1, at=yesterday())

    parts = written("lesson_reminder", user=learner)

    assert "Neaps" in parts.subject
    for part in (parts.text, parts.html):
        assert "Stand on a beach." in part
        assert "/courses/tides/lessons/2/" in part
        assert "Day 2 of 3" in part


@pytest.mark.parametrize("kind", REMINDERS)
def test_nobody_is_reminded_of_what_they_did_today_or_may_not_read(
    kind: str, learner: User, tides: Any
) -> None:
    locked = make_course(rhythm="one_a_day")
    for refused in (None, tides.pk):
        with pytest.raises(NotFoundError):
            written(kind, user=learner, course=refused)

    make_enrolment(learner, tides, done=1)
    make_enrolment(learner, locked, done=1, at=yesterday())
    Enrolment.objects.filter(course=locked).update(enrolled_at=timezone.now())
    assert lesson_due(user=learner) is None
    assert lesson_due(user=learner, course=tides.pk) is None  # done today
    assert lesson_due(user=learner, course=locked.pk) is None  # opens tomorrow
    tomorrow = lesson_due(user=learner, course=tides.pk, now=timezone.now() + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.lesson.day == 2

    leave_course(user=learner, course=tides)
    assert lesson_due(user=learner, course=tides.pk, now=timezone.now() + timedelta(days=1)) is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", REMINDERS)
def test_a_reminder_takes_one_statement(kind: str) -> None:
    course, readers = make_course(lessons_by_mail=True), [make_user() for _ in range(3)]
    for reader in readers:
        make_enrolment(reader, course, done=1, at=yesterday())
    written(kind, user=readers[0])

    for reader in readers[1:]:
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            written(kind, user=reader)
        assert len(captured) == 1


def test_the_whole_lesson_goes_out_where_its_author_wants_it(admin: User, learner: User, tides: Any) -> None:
    lesson = Lesson.objects.get(course=tides, day=1)
    Lesson.objects.filter(pk=lesson.pk).update(
        content="<p>Stand on a beach.</p><h2>Then</h2><p>Go <strong>home</strong>.</p>",
        key_points=["It moves."],
    )
    make_question(lesson)
    make_enrolment(learner, tides)
    assert "<strong>home</strong>" not in written("lesson_reminder", user=learner).html

    edit_course(actor=admin, course=tides, lessons_by_mail=True)
    parts = written("lesson_reminder", user=learner)

    assert "Go <strong>home</strong>." in parts.html
    assert "Then\n\nGo home." in parts.text
    for part in (parts.text, parts.html):
        for said in ("It moves.", "1 question", "Try it once.", "Continue on the site"):
            assert said in part
        assert "What is it called?" not in part  # exercises stay on the site


def test_the_text_of_a_lesson_that_was_taken_back_is_the_one_its_learners_are_shown(
    admin: User, learner: User, tides: Any
) -> None:
    make_enrolment(learner, tides)
    Lesson.objects.filter(course=tides, day=1).update(content="<p>As published.</p>")
    withdraw_course(actor=admin, course=tides)
    Lesson.objects.filter(course=tides, day=1).update(content="<p>Being rewritten.</p>")

    parts = written("lesson_reminder", user=learner)

    assert "As published." in parts.text
    assert "Being rewritten." not in parts.text
