"""The course page."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course, row_of
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import NotFoundError
from momentum.core.json_rows import JSONRows
from momentum.learning.models import AwaitedPayment, Certificate, Enrolment, Review
from momentum.learning.permissions import Visitor, can_see, has_lapsed, has_premium, is_administrator
from momentum.learning.queries.progress import history_of, progress_in
from momentum.learning.queries.public_course import (
    REVIEWS_SHOWN,
    CourseNumbers,
    course_by,
    course_numbers,
    present_course,
    public_course,
    related_to,
)
from momentum.learning.queries.syllabus import (
    LessonState,
    SyllabusRow,
    minutes_of,
    next_of,
    placed,
    rows,
    upcoming_of,
)
from momentum.providers.payments import is_open


class VisitorState(StrEnum):
    """Which one button is right for this visitor."""

    ANONYMOUS = "anonymous"
    CAN_ENROL = "can_enrol"
    CAN_RETURN = "can_return"  # left earlier; progress is kept
    ENROLLED = "enrolled"
    FINISHED = "finished"
    ADMIN_PREVIEW = "admin_preview"  # an administrator looks at what isn't in the catalogue
    CAN_BUY = "can_buy"
    CAN_GO_PREMIUM = "can_go_premium"
    WAITING = "waiting"  # it is paid for, and the money is on its way
    LAPSED = "lapsed"  # enrolled with premium, and has it no more
    NOT_AVAILABLE = "not_available"  # it costs money, and nothing can be bought here


_FOR_MONEY = {VisitorState.CAN_BUY, VisitorState.CAN_GO_PREMIUM, VisitorState.LAPSED}


@dataclass(frozen=True)
class CoursePage:
    """A course, and where this visitor is in it.

    `source_titles` are what its text rests on; `numbers` says how many are in it; `reviews` are the newest that are
    published; `own_review` is what the visitor said, whether others see it or not; `related` are others of its
    shelf, and of other shelves where it is short; `awaited` is the payment for it that is on its way; `is_kept` says
    that the course is shared with other pages, and read only.
    """

    course: Course
    state: VisitorState
    enrolment: Enrolment | None
    syllabus: list[SyllabusRow]
    source_titles: list[str]
    numbers: CourseNumbers
    reviews: list[Review]
    own_review: Review | None
    certificate: Certificate | None
    related: list[Course]
    awaited: AwaitedPayment | None
    is_kept: bool

    @property
    def may_review(self) -> bool:
        """Whether the visitor is in the course and knows what it is like."""
        return self.enrolment is not None and self.done > 0

    @property
    def on_sale(self) -> bool:
        """Whether what costs money can be bought here."""
        return is_open()

    @property
    def lesson_states(self) -> tuple[LessonState, ...]:
        return tuple(row.state for row in self.syllabus)

    @property
    def done(self) -> int:
        return sum(row.state == LessonState.DONE for row in self.syllabus)

    @property
    def total(self) -> int:
        return len(self.syllabus)

    @property
    def next(self) -> SyllabusRow | None:
        """The lesson to do now, for who is enrolled and has one left that is open."""
        return next_of(self.syllabus)

    @property
    def upcoming(self) -> SyllabusRow | None:
        """The lesson that is next once its day has come, where there is nothing to do now."""
        return upcoming_of(self.syllabus)

    @property
    def new_lessons(self) -> list[SyllabusRow]:
        """What was added since the visitor finished the course."""
        if self.state != VisitorState.FINISHED:
            return []
        return [row for row in self.syllabus if row.state != LessonState.DONE]

    @property
    def related_share_category(self) -> bool:
        """Whether all related courses are of this one's category."""
        return all(one.category_id == self.course.category_id for one in self.related)

    @property
    def minutes(self) -> int:
        """How long a lesson takes, on average; 0 without lessons."""
        return minutes_of(self.syllabus)


def course_page(*, user: Visitor, slug: str) -> CoursePage:
    """Gather the course page: the learner's own in one statement, and one more where there is something to pay.

    What everybody sees is kept while the course stands in the catalogue; administrators see it as it is now.

    Raises:
        NotFoundError: when there is no such course, or it isn't there for this visitor.
    """
    is_admin = is_administrator(user)
    known = None if is_admin else public_course(slug)
    course = known.course if known else course_by(slug=slug)
    ever = _place_in(user, course)
    if course is None or not _is_there(user, course, ever):
        raise NotFoundError
    is_kept = known is not None
    known = known or present_course(course, drafts=is_admin)
    current = ever if ever and ever.status != Enrolment.Status.CANCELLED else None
    state = _state(user, known.course, ever)
    awaited = _awaited(user, known.course) if state in _FOR_MONEY and isinstance(user, User) else None
    own = _own_review(ever)
    lessons = placed(known.lessons, history_of(vars(current)["progress"]) if current else {})
    return CoursePage(
        course=known.course,
        state=VisitorState.WAITING if awaited else state,
        enrolment=current,
        syllabus=rows(known.course, lessons, user, current, is_admin=is_admin),
        source_titles=known.source_titles,
        numbers=course_numbers(course.pk),
        reviews=_reviews_with(own, known.reviews),
        own_review=own,
        certificate=_certificate(current),
        related=related_to(course, taken=frozenset(vars(current)["taken"] if current else ())),
        awaited=awaited,
        is_kept=is_kept,
    )


def _own_review(ever: Enrolment | None) -> Review | None:
    rows = vars(ever)["review"] if ever else None
    return row_of(Review, rows[0]) if rows else None


def _reviews_with(own: Review | None, newest: list[Review]) -> list[Review]:
    """Return the published reviews to show: their author sees their own first."""
    others = [one for one in newest if own is None or one.pk != own.pk]
    first = [own] if own and own.status == Review.Status.PUBLISHED else []
    return [*first, *others][:REVIEWS_SHOWN]


def _certificate(enrolment: Enrolment | None) -> Certificate | None:
    """Return the certificate of a place, unless it was revoked: its own page says why."""
    found: Certificate | None = getattr(enrolment, "certificate", None)
    return found if found and not found.is_revoked else None


def visible_course(*, user: Visitor, slug: str) -> Course:
    """Return the course with its category.

    Raises:
        NotFoundError: when there is no such course, or it isn't there for this visitor.
    """
    course = Course.objects.with_category().filter(slug=slug).first()
    if course is None or not (course.is_visible or _is_there(user, course, _place_in(user, course))):
        raise NotFoundError
    return course.kept.lay_over(course) if course.kept and not is_administrator(user) else course


def _place_in(user: Visitor, course: Course | None) -> Enrolment | None:
    """Return the visitor's place in the course, given up or not, with all that is theirs there."""
    if course is None or not isinstance(user, User):
        return None
    return _place.first(user=user.pk, course=course.pk)


@compiled
def _place(user: Slot, course: Slot) -> QuerySet[Enrolment]:
    """With its certificate, the `progress` and the `review` of its learner, and which courses they have `taken`."""
    mine = Enrolment.objects.filter(user=user, course=course).select_related("certificate")
    taken = Enrolment.objects.current().filter(user=user).order_by().values("course_id")
    return mine.annotate(
        progress=JSONRows(progress_in(course, user)),
        review=JSONRows(Review.objects.filter(user=user, course=course).values()),
        taken=ArraySubquery(taken),
    )[:1]


def _awaited(user: User, course: Course) -> AwaitedPayment | None:
    """Return the payment for this course, or for premium, that is on its way."""
    bought = course if course.access == Access.PAID else None
    return AwaitedPayment.objects.filter(user=user, course=bought).first()


def _is_there(user: Visitor, course: Course, ever: Enrolment | None) -> bool:
    current = ever if ever and ever.status != Enrolment.Status.CANCELLED else None
    return can_see(user, course, current)


def _state(user: Visitor, course: Course, ever: Enrolment | None) -> VisitorState:
    if not isinstance(user, User):
        return VisitorState.ANONYMOUS
    if ever and ever.status != Enrolment.Status.CANCELLED:
        return _taken(user, course, ever)
    if not course.is_visible:
        return VisitorState.ADMIN_PREVIEW
    if not (ever and ever.may_be_resumed) and (costs := _costs(user, course)):
        return costs
    return VisitorState.CAN_RETURN if ever else VisitorState.CAN_ENROL


def _taken(user: User, course: Course, enrolment: Enrolment) -> VisitorState:
    if has_lapsed(user, course, enrolment):
        return VisitorState.LAPSED if is_open() else VisitorState.NOT_AVAILABLE
    return VisitorState.FINISHED if enrolment.is_finished else VisitorState.ENROLLED


def _costs(user: User, course: Course) -> VisitorState | None:
    """Return how a visitor comes by a course that they can't just take; None where they can."""
    if course.access == Access.FREE or (course.access == Access.PREMIUM and has_premium(user)):
        return None
    if not is_open():
        return VisitorState.NOT_AVAILABLE
    return VisitorState.CAN_BUY if course.access == Access.PAID else VisitorState.CAN_GO_PREMIUM
