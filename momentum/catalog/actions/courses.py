"""Courses: making, changing, publishing, putting away."""

from datetime import datetime
from functools import partial
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import connection, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions.locks import check_fields, check_still_publishable, lock_course
from momentum.catalog.actions.pictures import keep_cover, remove_cover
from momentum.catalog.models import Access, Category, Course, Edition, Provenance, Video
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.core.pictures import MAX_BYTES
from momentum.events.actions.record import record


class CourseFields(TypedDict, total=False):
    """What an administrator may set; what is left out stays. `price_minor` is in minor units."""

    title: str
    slug: str
    summary: str
    description: str
    outcomes: list[str]
    category: Category
    duration_days: int
    level: str
    language: str
    access: str
    price_minor: int | None
    currency: str
    rhythm: str
    in_sequence: bool
    featured: bool
    lessons_by_mail: bool
    cover_seed: str
    # A picture, from its first byte; None takes the cover away.
    thumbnail: "File[bytes] | None"


@transaction.atomic
def create_course(
    *, actor: User, provenance: str = Provenance.HUMAN, **fields: Unpack[CourseFields]
) -> Course:
    """Add a draft without lessons. A slug is made from the title where none is given.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for values that a course can't have.
    """
    require_admin(actor)
    course = Course(provenance=provenance)
    _assign(course, fields)
    course.slug = course.slug or free_slug(course.title)
    check_fields(course)
    _set_cover(course, fields)
    course.save(force_insert=True)
    record("course.created", actor_id=actor.id, subject_id=course.id, provenance=course.provenance)
    return course


@transaction.atomic
def edit_course(
    *, actor: User, course: Course, version: int | None = None, **fields: Unpack[CourseFields]
) -> Course:
    """Change what is given, and return the course with its new version.

    Where it is no longer free, or is sold otherwise than before, learners stop seeing the pages of its sources until
    that is allowed again.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it changed since `version`, or when a published course would become incomplete.
        InvalidError: for values that a course can't have.
    """
    require_admin(actor)
    locked = lock_course(course, version=version)
    access = locked.access
    _assign(locked, fields)
    if locked.access not in {access, Access.FREE}:
        locked.open_sources = []  # what may be shown for nothing may not be sold without a second look
    locked.version += 1
    check_fields(locked)
    check_still_publishable(locked)
    _set_cover(locked, fields)
    locked.save()
    record("course.changed", actor_id=actor.id, subject_id=locked.id, fields=sorted(fields))
    return locked


@transaction.atomic
def publish_course(*, actor: User, course: Course, at: datetime | None = None) -> Course:
    """Show it to learners, with `actor` as who answers for it; who is in it gets this version. Again does nothing.

    Args:
        actor: who does it, an administrator.
        course: the course.
        at: when, for history that is brought in; now where omitted.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when something is missing; `data["problems"]` lists what.
        ConflictError: from an archived course.
    """
    require_admin(actor)
    locked = lock_course(course)
    if not locked.is_published:
        kept = locked.kept
        locked.publish(by=actor, at=at)
        if kept:
            _let_go(kept, locked)
        record("course.published", actor_id=actor.id, subject_id=locked.id, at=at)
    return locked


@transaction.atomic
def withdraw_course(*, actor: User, course: Course) -> Course:
    """Take it back to draft, from the catalogue or from the archive. Again does nothing.

    Who is enrolled goes on with it as it was published, whatever becomes of the draft.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    locked = lock_course(course)
    if locked.status != Course.Status.DRAFT:
        Edition.objects.keep(locked)
        locked.withdraw()
        record("course.withdrawn", actor_id=actor.id, subject_id=locked.id)
    return locked


@transaction.atomic
def archive_course(*, actor: User, course: Course) -> Course:
    """Take it out of the catalogue; who is enrolled can finish it. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    locked = lock_course(course)
    if locked.status != Course.Status.ARCHIVED:
        # A draft that was published before has one already.
        Edition.objects.keep(locked)
        locked.archive()
        record("course.archived", actor_id=actor.id, subject_id=locked.id)
    return locked


@transaction.atomic
def delete_course(*, actor: User, course: Course) -> None:
    """Delete a draft that nobody ever enrolled in, with its lessons.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: for any other course, saying why.
    """
    require_admin(actor)
    locked = lock_course(course)
    if locked.status != Course.Status.DRAFT:
        raise ConflictError(_("Only drafts can be deleted. Archive it instead."), code="course_not_draft")
    course_id, cover = locked.id, str(locked.thumbnail.name or "")
    try:
        locked.delete()
    except models.ProtectedError:
        raise ConflictError(
            _("Learners have been enrolled in this course, so it can’t be deleted. Archive it instead."),
            code="course_has_learners",
        ) from None
    if cover:
        transaction.on_commit(lambda: remove_cover(cover))
    record("course.deleted", actor_id=actor.id, subject_id=course_id, title=locked.title)


def free_slug(text: str) -> str:
    """Return a slug for this text that no course has: tides, tides-2, tides-3, and so on.

    It stays free until the transaction ends.
    """
    with connection.cursor() as cursor:
        # Two that ask at once would get the same answer; the second waits for the first to save.
        cursor.execute("select pg_advisory_xact_lock(hashtext('catalog.free_slug'))")
    base = slugify(text)[:150].strip("-_") or "course"
    taken = set(Course.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _let_go(edition: Edition, course: Course) -> None:
    """Forget what learners were shown until now, with the files that nobody is shown any more."""
    Video.objects.filter(lesson__course=course, lesson__removed=True).delete()
    shown = {str(course.thumbnail.name or "")}
    for video in Video.objects.filter(lesson__course=course):
        shown |= set(video.names)
    gone = edition.files - shown
    edition.delete()
    for name in gone:
        transaction.on_commit(partial(remove_cover, name))


def _assign(course: Course, fields: CourseFields) -> None:
    for name, value in fields.items():
        if name != "thumbnail":
            setattr(course, name, value)
    course.tidy()


def _set_cover(course: Course, fields: CourseFields) -> None:
    """Keep the new cover; the old one goes when the transaction has held. Last of all: files know no rollback."""
    if "thumbnail" not in fields:
        return
    upload, old = fields["thumbnail"], str(course.thumbnail.name or "")
    # One byte more than allowed is enough to know.
    course.thumbnail = keep_cover(upload.read(MAX_BYTES + 1), called=course.slug) if upload else ""
    if old and not (course.kept and old in course.kept.files):
        transaction.on_commit(lambda: remove_cover(old))
