"""Releasing to learners what was accepted of a new version: with the publication of its course, once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from momentum.catalog.actions.course_updates import note_update
from momentum.catalog.models import Course
from momentum.events.models import Event
from momentum.learning.models import Enrolment
from momentum.studio.domain.told_changes import told
from momentum.studio.models import LessonChange


def release_changes(event: Event) -> None:
    """After a course was published: note what was accepted since, so that who read it before is told."""
    accepted = LessonChange.objects.filter(
        job_lesson__job__course=event.subject_id,
        decision=LessonChange.Decision.ACCEPTED,
        released_at=None,
    )
    changes = list(
        accepted.select_for_update(of=("self",))
        .select_related("job_lesson", "revision__reference")
        .order_by("job_lesson__day", "revision__created_at", "position")
    )
    if not changes:
        return
    LessonChange.objects.filter(pk__in=[one.pk for one in changes]).update(released_at=timezone.now())
    lessons = _by_lesson(changes)
    # Where nobody is in it, nobody has read what it was.
    if lessons and Enrolment.objects.filter(course=event.subject_id).exists():
        titles = dict.fromkeys(one.revision.reference.title for one in changes)
        note_update(
            course=Course.objects.get(pk=event.subject_id or ""),
            reason=", ".join(titles),
            lessons=lessons,
            actor_id=event.actor_id,
        )


def _by_lesson(changes: Iterable[LessonChange]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        entry = told(change.kind, change.old, change.new)
        lesson = change.job_lesson.lesson_id
        if entry and lesson and entry not in found[lesson]:
            found[lesson].append(entry)
    return {lesson: entries for lesson, entries in found.items() if entries}
