"""Lessons: one a day."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from momentum.catalog.domain.citations import named_in
from momentum.catalog.domain.rich_text import clean, is_blank, one_line
from momentum.catalog.models.course import Course
from momentum.catalog.models.course import Status as CourseStatus
from momentum.core.errors import InvalidError
from momentum.core.models import Row

if TYPE_CHECKING:
    from momentum.catalog.models.action_item import ActionItem
    from momentum.catalog.models.source import Source


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self) -> "LessonQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def open_to_all(self) -> "LessonQuerySet":
        """Those that anybody may read: free previews of courses that stand in the catalogue."""
        return self.published().filter(
            preview=True, course__status=CourseStatus.PUBLISHED, course__category__active=True
        )

    def with_parts(self) -> "LessonQuerySet":
        """All that a lesson page shows, in five queries however many lessons there are."""
        return self.prefetch_related("action_items", "resources", "questions", "sources")


class PresentLessons(models.Manager["Lesson"]):
    """Those that are there. What was removed while learners were still shown it stays for them, and for their data."""

    def get_queryset(self) -> LessonQuerySet:
        return LessonQuerySet(self.model, using=self._db).filter(removed=False)

    def published(self) -> LessonQuerySet:
        return self.get_queryset().published()

    def open_to_all(self) -> LessonQuerySet:
        return self.get_queryset().open_to_all()

    def with_parts(self) -> LessonQuerySet:
        return self.get_queryset().with_parts()


# Where lessons go that were removed; no course has so many days.
_REMOVED_FROM = 1_000


class Lesson(Row):
    """A day of a course: something to read, something to do. `content` is sanitised HTML."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons")
    day = models.PositiveSmallIntegerField(_("day"))
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(max_length=160)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    content = models.TextField(_("text"), blank=True)
    key_points: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("key points"), default=list, blank=True
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=8)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    preview = models.BooleanField(_("free preview"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed = models.BooleanField(default=False, editable=False)
    # Written by the studio, and on nobody's screen beside its sources yet: its course can't be published.
    unread = models.BooleanField(default=False, editable=False)

    Status = Status
    objects = PresentLessons()
    everything = LessonQuerySet.as_manager()

    class Meta:
        ordering = ("course", "day")
        constraints = (
            # Deferred, so that two lessons can change places in one transaction.
            models.UniqueConstraint(
                fields=["course", "day"], name="lesson_one_a_day", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=models.Q(day__gte=1), name="lesson_day_from_1"),
            models.CheckConstraint(condition=~models.Q(title=""), name="lesson_has_a_title"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="lesson_status_known"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=240), name="lesson_minutes_1_to_240"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or self._own_slug()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    @property
    def opening(self) -> str:
        """The text before its first heading; whole elements, since stored text is canonical."""
        return self.content.partition("<h2")[0]

    @property
    def open_sources(self) -> "list[Source]":
        """Its sources whose pages learners may see."""
        titles = self.course.open_sources
        return [source for source in self.sources.all() if source.title in titles] if titles else []

    def source_of(self, item: "ActionItem") -> "Source | None":
        """Return the one of `open_sources` whose page the note under an action names."""
        return named_in(item.note, item.text, self.open_sources) if item.note else None

    def tidy(self) -> None:
        """Bring the texts into the form in which they are stored: safe, and one spelling for the same text."""
        self.title = one_line(self.title)
        self.slug = self.slug or self._own_slug()
        self.summary = one_line(self.summary)
        self.content = clean(self.content)
        self.key_points = [text for text in map(one_line, self.key_points) if text]

    def publish(self) -> None:
        """Say that it is ready to be read.

        Raises:
            InvalidError: when something is missing; `data["problems"]` lists what.
        """
        self.status = Status.PUBLISHED
        if problems := self.problems():
            raise InvalidError(
                _("This lesson isn’t ready yet."), code="not_publishable", data={"problems": problems}
            )
        self.save(update_fields=["status", "updated_at"])

    def withdraw(self) -> None:
        """Take it back to draft."""
        self.status = Status.DRAFT
        self.save(update_fields=["status", "updated_at"])

    def remove(self) -> None:
        """Take it out of the course for whoever works on it; learners are shown the edition that has it."""
        last = type(self).everything.filter(course=self.course_id).aggregate(last=models.Max("day"))["last"]
        self.day, self.removed = max(last, _REMOVED_FROM) + 1, True
        self.save(update_fields=["day", "removed", "updated_at"])

    def problems(self) -> list[str]:
        """Say what stands between this lesson and its publication."""
        found = []
        if not self.title.strip():
            found.append(str(_("add a title.")))
        if is_blank(self.content):
            found.append(str(_("add some text.")))
        if self.status != Status.PUBLISHED:
            found.append(str(_("still a draft.")))
        return found

    def _own_slug(self) -> str:
        return slugify(self.title)[:160] or f"day-{self.day}"
