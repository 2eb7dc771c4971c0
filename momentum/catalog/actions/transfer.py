"""Whole courses in and out: import, export, duplicate, and what the studio saves."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Literal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions.attachments import (
    addresses_of,
    as_stored_pictures,
    attach_to_lesson,
    attached_to_course,
    attached_to_lesson,
    keep_pictures,
    names_of,
    pictures_of,
)
from momentum.catalog.actions.courses import archive_course, create_course, free_slug, publish_course
from momentum.catalog.actions.lessons import set_parts
from momentum.catalog.domain import markdown_format, packaging
from momentum.catalog.domain.packaging import Content
from momentum.catalog.domain.rich_text import with_images
from momentum.catalog.models import (
    Access,
    Category,
    Course,
    CourseStatus,
    Lesson,
    LessonStatus,
    Level,
    Provenance,
    Rhythm,
)
from momentum.catalog.queries.entries import question_fields, source_entries
from momentum.catalog.schemas import (
    ActionItemEntry,
    CourseFile,
    LessonFile,
    Price,
    QuestionEntry,
    ResourceEntry,
)
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin


def export_course(*, actor: User, course: Course) -> dict[str, Content]:
    """Return the files of a course by path, for `archive.to_zip` or `archive.to_directory`.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    entry, attached = course_file(course)
    return markdown_format.to_files(entry, attached)


def import_course(
    *,
    actor: User,
    source: Path | BinaryIO,
    provenance: str | None = None,
    keep_status: bool = False,
    slug_taken: Literal["refuse", "rename"] = "refuse",
) -> Course:
    """Add the course in a folder or ZIP. Ids are not part of a file: it is always a new course.

    Args:
        actor: who does it, an administrator.
        source: a directory, a ZIP, or an open ZIP.
        provenance: where it comes from; what the file says where omitted, else `imported`.
        keep_status: publish or archive it when the file says that it was; else it is a draft.
        slug_taken: what to do when another course has its slug.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: naming the file and the field that needs another look, or saying what stands in the
            way of publishing it.
        ConflictError: when the slug is taken.
    """
    require_admin(actor)
    entry, attached = markdown_format.from_files(packaging.read(source))
    # Before the transaction: while pictures are converted, nothing is locked and no connection idles.
    pictures = as_stored_pictures(attached)
    provenance = provenance or entry.provenance or Provenance.IMPORTED
    with transaction.atomic():
        course = save_course_file(
            actor=actor,
            entry=entry,
            attached=attached,
            pictures=pictures,
            provenance=provenance,
            slug_taken=slug_taken,
        )
        if keep_status and entry.status == CourseStatus.PUBLISHED:
            return publish_course(actor=actor, course=course)
        if keep_status and entry.status == CourseStatus.ARCHIVED:
            return archive_course(actor=actor, course=course)
        return course


@transaction.atomic
def duplicate_course(*, actor: User, course: Course) -> Course:
    """Add a draft that is a copy, under a title and slug of its own.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    entry, attached = course_file(course)
    title = str(_("Copy of %(title)s") % {"title": entry.title})[:160].strip()
    copy = entry.model_copy(update={"title": title, "slug": "", "featured": False, "cover_seed": ""})
    return save_course_file(
        actor=actor, entry=copy, attached=attached, provenance=course.provenance, slug_taken="rename"
    )


@transaction.atomic
def save_course_file(
    *,
    actor: User,
    entry: CourseFile,
    provenance: str,
    attached: Mapping[str, Content] | None = None,
    pictures: Mapping[str, tuple[str, bytes]] | None = None,
    slug_taken: Literal["refuse", "rename"] = "refuse",
) -> Course:
    """Add a whole course, given as plain data, as a draft; `attached` holds its files by the names it gives them.

    Those of them that are pictures in its text are converted here, unless `pictures` holds what `as_stored_pictures`
    has made of them.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for an unknown category, or a file that isn't what it should be.
        ConflictError: when the slug is taken and `slug_taken` is "refuse".
    """
    require_admin(actor)
    slug = entry.slug or free_slug(entry.title)
    if Course.objects.filter(slug=slug).exists():
        if slug_taken == "refuse":
            raise ConflictError(
                _("A course with the address “%(slug)s” already exists.") % {"slug": slug},
                code="slug_taken",
            )
        slug = free_slug(slug)
    files = attached or {}
    cover = files.get(entry.cover)
    pictures = as_stored_pictures(files) if pictures is None else pictures
    addresses = addresses_of(pictures)
    course = create_course(
        actor=actor,
        provenance=provenance,
        title=entry.title,
        slug=slug,
        summary=entry.summary,
        description=with_images(entry.description, addresses),
        outcomes=list(entry.outcomes),
        category=_category(entry.category),
        duration_days=entry.duration_days,
        level=entry.level,
        language=entry.language,
        access=entry.access,
        price_minor=entry.price.amount if entry.price else None,
        currency=entry.price.currency if entry.price else "",
        rhythm=entry.rhythm,
        in_sequence=entry.in_sequence,
        featured=entry.featured,
        lessons_by_mail=entry.lessons_by_mail,
        cover_seed=entry.cover_seed,
        thumbnail=ContentFile(cover, name=entry.cover) if isinstance(cover, bytes) else None,
    )
    saved = [
        _save_lesson(course, day, lesson, content=with_images(lesson.content, addresses))
        for day, lesson in enumerate(entry.lessons, start=1)
    ]
    # Last of all: files know no rollback.
    keep_pictures(pictures)
    for lesson, lesson_entry in zip(saved, entry.lessons, strict=True):
        attach_to_lesson(actor, lesson, lesson_entry, files)
    return course


def course_file(course: Course) -> tuple[CourseFile, dict[str, Content]]:
    """Return a course as plain data, and its files by the names it gives them."""
    attached = attached_to_course(course)
    cover = next(iter(attached), "")
    price = None
    if course.access == Access.PAID and course.price_minor is not None:
        price = Price(amount=course.price_minor, currency=course.currency)
    lessons = list(course.lessons.with_parts().select_related("video").order_by("day"))
    for lesson in lessons:
        attached |= attached_to_lesson(lesson)
    names, pictures = pictures_of([course.description, *(lesson.content for lesson in lessons)])
    attached |= pictures
    entry = CourseFile(
        title=course.title,
        slug=course.slug,
        summary=course.summary,
        category=course.category.slug,
        duration_days=course.duration_days,
        level=Level(course.level),
        language=course.language,
        access=Access(course.access),
        price=price,
        outcomes=course.outcomes,
        rhythm=Rhythm(course.rhythm),
        in_sequence=course.in_sequence,
        featured=course.featured,
        lessons_by_mail=course.lessons_by_mail,
        status=CourseStatus(course.status),
        provenance=Provenance(course.provenance),
        cover=cover,
        cover_seed=course.cover_seed if course.cover_seed != course.title else "",
        description=with_images(course.description, names),
        lessons=[_lesson_file(lesson, content=with_images(lesson.content, names)) for lesson in lessons],
    )
    return entry, attached


def _lesson_file(lesson: Lesson, *, content: str) -> LessonFile:
    video, captions = names_of(lesson)
    return LessonFile(
        title=lesson.title,
        slug=lesson.slug,
        summary=lesson.summary,
        minutes=lesson.minutes,
        preview=lesson.preview,
        status=LessonStatus(lesson.status),
        key_points=lesson.key_points,
        action_items=[ActionItemEntry(text=item.text, note=item.note) for item in lesson.action_items.all()],
        resources=[ResourceEntry(title=item.title, url=item.url) for item in lesson.resources.all()],
        questions=[QuestionEntry(**question_fields(item)) for item in lesson.questions.all()],
        sources=source_entries(lesson),
        video=video,
        captions=captions,
        content=content,
    )


def _save_lesson(course: Course, day: int, entry: LessonFile, *, content: str) -> Lesson:
    lesson = Lesson(
        course=course,
        day=day,
        title=entry.title,
        slug=entry.slug,
        summary=entry.summary,
        content=content,
        key_points=list(entry.key_points),
        minutes=entry.minutes,
        status=entry.status,
        preview=entry.preview,
    )
    lesson.tidy()
    lesson.save(force_insert=True)
    set_parts(
        lesson,
        {
            "action_items": entry.action_items,
            "resources": entry.resources,
            "questions": entry.questions,
            "sources": entry.sources,
        },
    )
    return lesson


def _category(slug: str) -> Category:
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        known = ", ".join(Category.objects.values_list("slug", flat=True))
        raise InvalidError(
            _("There is no category “%(slug)s”. Available: %(known)s.") % {"slug": slug, "known": known},
            code="category_unknown",
            data={"fields": {"category": [slug]}},
        )
    return category
