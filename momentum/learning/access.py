"""Who may open a lesson. The one place that decides it."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course, CourseStatus, Lesson, LessonStatus
from momentum.core.errors import DomainError, ForbiddenError, NotFoundError, SignInRequiredError
from momentum.learning.models import Enrolment, Progress

type Visitor = User | AnonymousUser


def can_open(user: Visitor, lesson: Lesson) -> bool:
    """Say whether this visitor may read this lesson; `refusal` says why not."""
    return refusal(user, lesson, enrolment_in(user, lesson.course)) is None


def require_open(user: Visitor, lesson: Lesson) -> Enrolment | None:
    """Return the enrolment by which `user` reads this lesson; None for a preview or an administrator.

    Raises:
        NotFoundError: when it isn't published, which is nobody's business.
        SignInRequiredError: when nobody is signed in.
        ForbiddenError: when they aren't enrolled (`not_enrolled`), or an earlier lesson of a course that is
            done in sequence is waiting (`lesson_ahead`).
    """
    enrolment = enrolment_in(user, lesson.course)
    if error := refusal(user, lesson, enrolment):
        raise error
    return enrolment


def enrolment_in(user: Visitor, course: Course) -> Enrolment | None:
    """Return the enrolment that gives `user` access to the course, if there is one."""
    if not isinstance(user, User):
        return None
    return Enrolment.objects.current().filter(user=user, course=course).first()


def refusal(user: Visitor, lesson: Lesson, enrolment: Enrolment | None) -> DomainError | None:
    """Return what to raise when `user`, with this enrolment, opens this lesson; None when they may."""
    course = lesson.course
    is_there = lesson.status == LessonStatus.PUBLISHED and is_readable(course, enrolment)
    if (isinstance(user, User) and user.is_admin) or (is_there and lesson.preview and course.is_visible):
        return None
    if not is_there:
        return NotFoundError()
    if not isinstance(user, User):
        return SignInRequiredError(_("Sign in and enrol to read this lesson."))
    if enrolment is None:
        return ForbiddenError(_("Enrol in the course to read this lesson."), code="not_enrolled")
    if course.in_sequence and _something_waits(user, lesson):
        return ForbiddenError(
            _("This course is done in sequence: finish the lessons before this one first."),
            code="lesson_ahead",
        )
    return None


def is_readable(course: Course, enrolment: Enrolment | None) -> bool:
    """Say whether the course is there at all: in the catalogue, or still open to who is enrolled in it."""
    if course.is_visible:
        return True
    return enrolment is not None and course.status in {CourseStatus.PUBLISHED, CourseStatus.ARCHIVED}


def _something_waits(user: User, lesson: Lesson) -> bool:
    done = Progress.objects.completed().filter(user=user).values("lesson_id")
    before = Lesson.objects.published().filter(course_id=lesson.course_id, day__lt=lesson.day)
    return before.exclude(pk__in=done).exists()
