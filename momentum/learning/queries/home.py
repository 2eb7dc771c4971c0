"""The front page."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import OuterRef, QuerySet

from momentum.catalog.models import ActionItem, Category, Course, Lesson
from momentum.core.compiled_queries import compiled
from momentum.learning.models import Certificate, Progress

# A figure that is smaller says little, and would look like a boast all the same. Five courses are a shelf to choose
# from; but "5 courses completed" says that hardly anybody gets to the end. From a hundred on, it can't be the work of
# the people who built this and their friends.
WORTH_SAYING = {"courses": 5, "lessons": 25, "finished": 100}
MOST = 9
KEY, SECONDS = "learning.front.figures", 600


@dataclass(frozen=True)
class Figures:
    """How much there is, counted within the last ten minutes; None where it is too little to be worth saying."""

    courses: int | None
    lessons: int | None
    finished: int | None

    @property
    def any(self) -> bool:
        return (self.courses, self.lessons, self.finished) != (None, None, None)


def figures() -> Figures:
    """Return the figures: one look into the cache, and now and then three counts."""
    counted = cache.get_or_set(KEY, _count, SECONDS) or {}
    said = {name: counted[name] if counted[name] >= least else None for name, least in WORTH_SAYING.items()}
    return Figures(**said)


def _count() -> dict[str, int]:
    return {
        "courses": Course.objects.on_shelf().count(),
        "lessons": Progress.objects.completed().count(),
        "finished": Certificate.objects.filter(status=Certificate.Status.VALID).count(),
    }


def on_front(count: int) -> list[Course]:
    """Return the courses for the front page, nine at most: those that are featured, then the newest."""
    return _front()[:count]


@compiled
def _front() -> QuerySet[Course]:
    found = Course.objects.on_shelf().with_category().front()
    return found.defer("description", "outcomes")[:MOST]


def shelves() -> list[Category]:
    """Return the shelves that are shown, each with its `course_count`."""
    return _shelves()


@compiled
def _shelves() -> QuerySet[Category]:
    return Category.objects.active().with_counts()


def sample_of(courses: list[Course]) -> Lesson | None:
    """Return a lesson that anybody may read, of the first of these courses that has one, with two `actions`."""
    items = ActionItem.objects.filter(lesson=OuterRef("pk")).order_by("position").values("text")
    free = Lesson.objects.open_to_all().filter(course__in=courses)
    free = free.select_related("course__category").annotate(actions=ArraySubquery(items[:2]))
    places = {course.id: place for place, course in enumerate(courses)}
    return min(free, key=lambda lesson: (places[lesson.course_id], lesson.day), default=None)
