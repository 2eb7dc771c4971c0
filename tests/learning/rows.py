"""What stands in the tables, before and after."""

from typing import Any

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.events.models import Event
from momentum.learning import queries
from momentum.learning.models import Enrolment, LearningDay, Progress, Tick


def snapshot() -> dict[str, Any]:
    tables = (Enrolment, Progress, Tick, LearningDay, Event, Course)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def event_names() -> list[str]:
    """What happened in learning; what it earned is engagement's."""
    names = Event.objects.order_by("id").values_list("name", flat=True)
    return [name for name in names if name != "badge.earned"]


def lesson_of(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def board_of(user: User, **now: Any) -> queries.Dashboard:
    """Where the learner is in their courses; the dashboard asks for it together with badges and recommendations."""
    row: Any = User.objects.filter(pk=user.pk).values_list(*queries.own_places(user.pk)).get()
    return queries.dashboard(queries.places_in(*row), user=user, **now)
