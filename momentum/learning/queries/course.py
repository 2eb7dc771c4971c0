"""The course page."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course, LessonStatus, Source
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import NotFoundError
from momentum.learning.models import AwaitedPayment, Certificate, Enrolment, Review
from momentum.learning.permissions import Visitor, can_see, has_lapsed, has_premium, is_administrator
from momentum.learning.queries.syllabus import LessonState, SyllabusRow, next_of, syllabus_of, upcoming_of
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
REVIEWS_SHOWN = 4
RELATED = 3


@dataclass(frozen=True)
class CoursePage:
    """A course, and where this visitor is in it.

    `source_titles` are what its text rests on; `finished` is how many did; `reviews` are the newest that are
    published; `own_review` is what the visitor said, whether others see it or not; `related` are others of its
    shelf, and of other shelves where it is short; `awaited` is the payment for it that is on its way.
    """

    course: Course
    state: VisitorState
    enrolment: Enrolment | None
    syllabus: list[SyllabusRow]
    source_titles: list[str]
    finished: int
    reviews: list[Review]
    own_review: Review | None
    certificate: Certificate | None
    related: list[Course]
    awaited: AwaitedPayment | None

    @property
    def may_review(self) -> bool:
        """Whether the visitor is in the course and knows what it is like."""
        return self.enrolment is not None and self.done > 0

    @property
    def on_sale(self) -> bool:
        """Whether what costs money can be bought here."""
        return is_open()

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
    def minutes(self) -> int:
        """How long a lesson takes, on average; 0 without lessons."""
        return round(sum(row.minutes for row in self.syllabus) / max(1, self.total))


def course_page(*, user: Visitor, slug: str) -> CoursePage:
    """Gather the course page, in five queries at most; one more for who doesn't have what costs money.

    Raises:
        NotFoundError: when there is no such course, or it isn't there for this visitor.
    """
    course = _course.first(slug=slug)
    ever = _enrolment(user, course)
    if course is None or not _is_there(user, course, ever):
        raise NotFoundError
    current = ever if ever and ever.status != Enrolment.Status.CANCELLED else None
    source_titles = vars(course)["source_titles"]
    if current and (kept := course.kept) and not is_administrator(user):
        course, source_titles = kept.lay_over(course), kept.source_titles
    reviews = _seen_by(course=course.pk, user=user.pk) if ever else _published(course=course.pk)
    related = _related(course=course.pk, category=course.category_id, user=user.pk if current else None)
    state = _state(user, course, ever)
    awaited = _awaited(user, course) if state in _FOR_MONEY and isinstance(user, User) else None
    return CoursePage(
        course=course,
        state=VisitorState.WAITING if awaited else state,
        enrolment=current,
        syllabus=syllabus_of(course, user, current),
        source_titles=source_titles,
        finished=vars(course)["finished"] or 0,
        reviews=[one for one in reviews if one.status == Review.Status.PUBLISHED][:REVIEWS_SHOWN],
        own_review=next((one for one in reviews if one.user_id == user.pk), None),
        certificate=_certificate(current),
        related=sorted(related, key=lambda one: one.category_id != course.category_id)[:RELATED],
        awaited=awaited,
    )


def _certificate(enrolment: Enrolment | None) -> Certificate | None:
    """Return the certificate of a place, unless it was revoked: its own page says why."""
    found: Certificate | None = getattr(enrolment, "certificate", None)
    return found if found and not found.is_revoked else None


@compiled
def _course(slug: Slot) -> QuerySet[Course]:
    """With its `source_titles` and how many `finished` it."""
    sources = Source.objects.filter(lesson__course=OuterRef("pk"), lesson__status=LessonStatus.PUBLISHED)
    sources = sources.filter(lesson__removed=False)
    titles = sources.order_by("title").values("title").distinct()
    finished = Enrolment.objects.filter(course=OuterRef("pk"), status=Enrolment.Status.COMPLETED).order_by()
    counted = finished.values("course").annotate(count=Count("pk")).values("count")
    found = Course.objects.filter(slug=slug).select_related("category", "reviewed_by")
    return found.annotate(source_titles=ArraySubquery(titles), finished=Subquery(counted))


@compiled
def _published(course: Slot) -> QuerySet[Review]:
    return Review.objects.filter(course=course).shown_to(None)[:REVIEWS_SHOWN]


@compiled
def _seen_by(course: Slot, user: Slot) -> QuerySet[Review]:
    return Review.objects.filter(course=course).shown_to(user)[: REVIEWS_SHOWN + 1]


@compiled
def _related(course: Slot, category: Slot, user: Slot) -> QuerySet[Course]:
    """Others of its shelf, the newest first, and of other shelves: as many of each as are shown; none they are in."""
    taken = Enrolment.objects.current().filter(user=user, course=OuterRef("pk"))
    found = Course.objects.on_shelf().exclude(pk=course).exclude(Exists(taken))
    others = found.with_category().newest().defer("description", "outcomes")
    same, elsewhere = others.filter(category=category)[:RELATED], others.exclude(category=category)[:RELATED]
    return same.union(elsewhere, all=True)


def visible_course(*, user: Visitor, slug: str) -> Course:
    """Return the course with its category.

    Raises:
        NotFoundError: when there is no such course, or it isn't there for this visitor.
    """
    course = Course.objects.with_category().filter(slug=slug).first()
    if course is None or not (course.is_visible or _is_there(user, course, _enrolment(user, course))):
        raise NotFoundError
    return course.kept.lay_over(course) if course.kept and not is_administrator(user) else course


def _enrolment(user: Visitor, course: Course | None) -> Enrolment | None:
    """Return the visitor's place in the course, given up or not."""
    if course is None or not isinstance(user, User):
        return None
    return _place.first(user=user.pk, course=course.pk)


@compiled
def _place(user: Slot, course: Slot) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(user=user, course=course).select_related("certificate")[:1]


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
