"""The course page."""

from dataclasses import dataclass
from enum import StrEnum

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course, Source
from momentum.core.errors import NotFoundError
from momentum.learning.access import Visitor, is_readable
from momentum.learning.models import Enrolment
from momentum.learning.reading.syllabus import LessonState, SyllabusRow, syllabus_of


class VisitorState(StrEnum):
    """Which one button is right for this visitor."""

    ANONYMOUS = "anonymous"
    CAN_ENROL = "can_enrol"
    CAN_RETURN = "can_return"  # left earlier; progress is kept
    ENROLLED = "enrolled"
    FINISHED = "finished"
    ADMIN_PREVIEW = "admin_preview"  # an administrator looks at what isn't in the catalogue
    NOT_AVAILABLE = "not_available"  # it costs money, and nothing can be bought yet


@dataclass(frozen=True)
class CoursePage:
    """A course, and where this visitor is in it. `source_titles` are what its text rests on."""

    course: Course
    state: VisitorState
    enrolment: Enrolment | None
    syllabus: list[SyllabusRow]
    source_titles: list[str]

    @property
    def done(self) -> int:
        return sum(row.state == LessonState.DONE for row in self.syllabus)

    @property
    def total(self) -> int:
        return len(self.syllabus)

    @property
    def next(self) -> SyllabusRow | None:
        """The lesson to do now, for who is enrolled and has one left."""
        return next((row for row in self.syllabus if row.state == LessonState.TODAY), None)

    @property
    def minutes(self) -> int:
        """How long a lesson takes, on average; 0 without lessons."""
        return round(sum(row.minutes for row in self.syllabus) / max(1, self.total))


def course_page(*, user: Visitor, slug: str) -> CoursePage:
    """Gather the course page, in five queries at most.

    Raises:
        NotFoundError: when there is no such course, or it isn't there for this visitor.
    """
    course = Course.objects.select_related("category", "reviewed_by").filter(slug=slug).first()
    if course is None:
        raise NotFoundError
    ever = Enrolment.objects.filter(user=user, course=course).first() if isinstance(user, User) else None
    current = ever if ever and ever.status != Enrolment.Status.CANCELLED else None
    if not is_readable(course, current) and not getattr(user, "is_admin", False):
        raise NotFoundError
    titles = Source.objects.filter(lesson__course=course).order_by("title").values_list("title", flat=True)
    return CoursePage(
        course=course,
        state=_state(user, course, ever),
        enrolment=current,
        syllabus=syllabus_of(course, user, current),
        source_titles=list(titles.distinct()),
    )


def _state(user: Visitor, course: Course, ever: Enrolment | None) -> VisitorState:
    if not isinstance(user, User):
        return VisitorState.ANONYMOUS
    if ever and ever.status == Enrolment.Status.COMPLETED:
        return VisitorState.FINISHED
    if ever and ever.status == Enrolment.Status.ACTIVE:
        return VisitorState.ENROLLED
    if not course.is_visible:
        return VisitorState.ADMIN_PREVIEW
    if course.access != Access.FREE:
        return VisitorState.NOT_AVAILABLE
    return VisitorState.CAN_RETURN if ever else VisitorState.CAN_ENROL
