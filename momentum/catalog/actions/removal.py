"""Taking parts out of a lesson without taking what learners did there from them."""

from collections.abc import Iterable, Sequence

from momentum.catalog.models import ActionItem, Lesson, Question


def take_away[Part: (ActionItem, Question)](parts: Sequence[Part], lesson: Lesson) -> None:
    """Delete parts of a lesson that nobody was ever shown; of a course that was published, mark them as removed.

    Their ticks and answers stay then: in what their learners export, in the numbers, and for when they are put back.
    """
    for part in parts:
        if not lesson.course.published_at:
            part.delete()
        elif not part.removed:
            part.removed = True
            part.save(update_fields=["removed"])


def those_there_last[Part: (ActionItem, Question)](parts: Iterable[Part]) -> list[Part]:
    """Order parts for a mapping in which what is there wins over what was removed, and the first over later ones."""
    last_first = list(parts)[::-1]
    return sorted(last_first, key=lambda part: not part.removed)
