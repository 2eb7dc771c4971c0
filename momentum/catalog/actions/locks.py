"""What every action on the catalogue begins with: permission, the lock, the version."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from momentum.catalog.models import Course, Lesson
from momentum.core.errors import ConflictError, InvalidError, NotFoundError


def lock_course(course: Course, *, version: int | None = None) -> Course:
    """Return the course as it is now, locked until the transaction ends.

    Every action on a course or one of its lessons takes this lock first: whether the whole may be
    published depends on all its lessons.

    Raises:
        NotFoundError: when it has been deleted.
        ConflictError: when `version` is given and it has changed since.
    """
    locked = (
        Course.objects.select_for_update(of=("self",)).select_related("category").filter(pk=course.pk).first()
    )
    if locked is None:
        raise NotFoundError(_("This course has been deleted."))
    check_version(locked, version)
    return locked


def lock_lesson(lesson: Lesson, *, version: int | None = None) -> Lesson:
    """Return the lesson as it is now, with its course, both locked; raises as `lock_course`."""
    course = lock_course(lesson.course)
    locked = Lesson.objects.select_for_update().filter(pk=lesson.pk).first()
    if locked is None:
        raise NotFoundError(_("This lesson has been deleted."))
    check_version(locked, version)
    locked.course = course
    return locked


def check_version(row: Course | Lesson, version: int | None) -> None:
    """Refuse a change that was made on top of an older version than the stored one."""
    if version is not None and version != row.version:
        raise ConflictError(
            _("Someone else changed this in the meantime. Reload the page and try again."),
            code="stale_version",
            data={"version": row.version},
        )


def check_fields(row: models.Model) -> None:
    """Hold a row against its own rules, including the database's.

    Raises:
        InvalidError: with the sentences for each field in `data["fields"]`.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        fields = {"" if name == "__all__" else name: texts for name, texts in error.message_dict.items()}
        raise InvalidError(data={"fields": fields}) from error


def check_still_publishable(course: Course) -> None:
    """Refuse a change that would leave learners with a course that has something missing.

    Raises:
        ConflictError: with `data["problems"]`.
    """
    if course.is_published and (problems := course.problems()):
        raise ConflictError(
            _(
                "Learners are using this course, and this change would leave it incomplete: %(problem)s "
                "Revert the course to draft first."
            )
            % {"problem": problems[0]},
            code="course_is_published",
            data={"problems": problems},
        )
