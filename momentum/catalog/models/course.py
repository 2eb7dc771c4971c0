"""Courses: what is offered, to whom, and when it may be published."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, override

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from momentum.catalog.domain.rich_text import clean, is_blank, one_line
from momentum.catalog.models.category import Category
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.models import Row
from momentum.providers.payments.currencies import refusal_of

if TYPE_CHECKING:
    from datetime import datetime

    from momentum.accounts.models import User
    from momentum.catalog.models.edition import Edition


# Such as en or pt-BR.
LANGUAGE_CODE = r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?$"


class Level(models.TextChoices):
    BEGINNER = "beginner", _("Beginner")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Access(models.TextChoices):
    FREE = "free", _("Free")
    PREMIUM = "premium", _("Premium")
    PAID = "paid", _("Paid")


class Rhythm(models.TextChoices):
    """When lessons open to who is enrolled; `learning.permissions` has the rule."""

    ALL_AT_ONCE = "all_at_once", _("All lessons at once")
    ONE_A_DAY = "one_a_day", _("One lesson a day")


class Provenance(models.TextChoices):
    HUMAN = "human", _("Written by hand")
    AI = "ai", _("Drafted in the studio")
    IMPORTED = "imported", _("Imported")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


# In order of publication, the latest first; the index for it says the same.
LATEST = (models.F("published_at").desc(nulls_last=True), models.F("title").asc(), models.F("id").asc())


class CourseQuerySet(models.QuerySet["Course"]):
    def published(self) -> "CourseQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def on_shelf(self) -> "CourseQuerySet":
        """What stands in the catalogue, for everybody: published, and in a category that is shown."""
        return self.published().filter(category__active=True)

    def newest(self) -> "CourseQuerySet":
        """In order of publication, the latest first."""
        return self.order_by(*LATEST)

    def front(self) -> "CourseQuerySet":
        """Those that are featured first, then the latest."""
        return self.order_by(models.F("featured").desc(), *LATEST)

    def with_category(self) -> "CourseQuerySet":
        return self.select_related("category")


class Course(Row):
    """Short daily lessons on one subject. `duration_days` is also how many lessons it must have."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=160, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    outcomes: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("outcomes"), default=list, blank=True
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="courses", verbose_name=_("category"))
    duration_days = models.PositiveSmallIntegerField(_("days"), default=7)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BEGINNER)
    language = models.CharField(
        _("language"), max_length=12, default="en", validators=[RegexValidator(LANGUAGE_CODE)]
    )
    thumbnail = models.FileField(_("cover"), upload_to="covers/", blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    access = models.CharField(_("access"), max_length=8, choices=Access, default=Access.FREE)
    # The title that a cover is drawn from, pinned when learners first see it: renaming keeps the picture.
    cover_seed = models.CharField(max_length=160, blank=True, editable=False)
    price_minor = models.PositiveIntegerField(_("price"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    provenance = models.CharField(max_length=8, choices=Provenance, default=Provenance.HUMAN, editable=False)
    rhythm = models.CharField(_("release"), max_length=12, choices=Rhythm, default=Rhythm.ALL_AT_ONCE)
    # Lessons are done in any order unless this is set.
    in_sequence = models.BooleanField(_("in order"), default=False)
    featured = models.BooleanField(_("featured"), default=False)
    # Whether the daily reminder has all of the lesson's text; else it has the first lines.
    lessons_by_mail = models.BooleanField(_("whole lessons by email"), default=False)
    # The documents, by title, whose cited pages learners may see; today's, whatever edition somebody reads.
    open_sources: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, blank=True, editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # Kept by learning.actions in the enrolling transaction, so that lists need no count.
    enrolment_count = models.PositiveIntegerField(default=0, editable=False)
    # How many published reviews give it one star, two and so on. A trigger on the reviews keeps these in the
    # transaction that changes a review (see learning.models.review), so they are exact whoever writes there.
    stars_1 = models.PositiveIntegerField(default=0, editable=False)
    stars_2 = models.PositiveIntegerField(default=0, editable=False)
    stars_3 = models.PositiveIntegerField(default=0, editable=False)
    stars_4 = models.PositiveIntegerField(default=0, editable=False)
    stars_5 = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.GeneratedField(
        expression=models.F("stars_1")
        + models.F("stars_2")
        + models.F("stars_3")
        + models.F("stars_4")
        + models.F("stars_5"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    rating_sum = models.GeneratedField(
        expression=models.F("stars_1")
        + 2 * models.F("stars_2")
        + 3 * models.F("stars_3")
        + 4 * models.F("stars_4")
        + 5 * models.F("stars_5"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    # Goes up with each save; a form that carries an older one is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    Status = Status
    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        # In the order of the pages that list courses, so that ten thousand cost as much as ten.
        indexes = (
            models.Index(*LATEST, condition=models.Q(status=Status.PUBLISHED), name="course_newest"),
            models.Index(
                "category",
                *LATEST,
                condition=models.Q(status=Status.PUBLISHED),
                name="course_newest_on_shelf",
            ),
            models.Index(
                models.F("featured").desc(),
                *LATEST,
                condition=models.Q(status=Status.PUBLISHED),
                name="course_front",
            ),
            # All that the filters of the catalogue count.
            models.Index(
                fields=[
                    "category",
                    "level",
                    "language",
                    "duration_days",
                    "access",
                    "price_minor",
                    "currency",
                ],
                condition=models.Q(status=Status.PUBLISHED),
                name="course_facets",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(slug=""), name="course_has_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values)
                & models.Q(access__in=Access.values)
                & models.Q(level__in=Level.values)
                & models.Q(provenance__in=Provenance.values),
                name="course_choices_known",
            ),
            models.CheckConstraint(condition=models.Q(rhythm__in=Rhythm.values), name="course_rhythm_known"),
            models.CheckConstraint(
                condition=models.Q(duration_days__gte=1, duration_days__lte=60), name="course_days_1_to_60"
            ),
            models.CheckConstraint(
                condition=models.Q(access=Access.PAID, price_minor__gt=0, currency__regex="^[A-Z]{3}$")
                | models.Q(~models.Q(access=Access.PAID), price_minor__isnull=True, currency=""),
                name="course_price_only_when_paid",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.PUBLISHED) | models.Q(published_at__isnull=False),
                name="course_published_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_visible(self) -> bool:
        """Whether it stands in the catalogue: `CourseQuerySet.on_shelf` for one course."""
        return self.is_published and self.category.active

    @property
    def rating(self) -> Decimal | None:
        """The mean of its published reviews to one decimal, halves up; None before the first."""
        if not self.rating_count:
            return None
        mean = Decimal(int(self.rating_sum)) / int(self.rating_count)
        return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def distribution(self) -> list[tuple[int, int]]:
        """How many reviews give how many stars: pairs of (stars, reviews), five stars first."""
        counts = (self.stars_5, self.stars_4, self.stars_3, self.stars_2, self.stars_1)
        return list(zip(range(5, 0, -1), counts, strict=True))

    @override
    def clean(self) -> None:
        if self.price_minor is not None and (refused := refusal_of(self.price_minor, self.currency)):
            raise ValidationError(
                {"price_minor" if name == "amount" else name: said for name, said in refused.items()}
            )

    def tidy(self) -> None:
        """Bring the texts into the form in which they are stored: safe, and one spelling for the same text."""
        self.title = one_line(self.title)
        self.summary = one_line(self.summary)
        self.description = clean(self.description)
        self.outcomes = [text for text in map(one_line, self.outcomes) if text]

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def kept(self) -> "Edition | None":
        """What learners who are in it are shown while it isn't published; None where that is the course itself."""
        return None if self.is_published else getattr(self, "edition", None)

    def problems(self) -> list[str]:
        """Say, in sentences, what stands between this course and its publication; empty when nothing does."""
        lessons = list(self.lessons.order_by("day"))
        found: list[str] = []
        if not self.category.active:
            found.append(str(_("Its category is hidden. Choose another category or restore it.")))
        if not self.summary.strip():
            found.append(str(_("Add a summary.")))
        if is_blank(self.description):
            found.append(str(_("Add a description.")))
        if len(lessons) != self.duration_days:
            found.append(
                ngettext(
                    "It has %(have)d of %(need)d lesson.",
                    "It has %(have)d of %(need)d lessons.",
                    self.duration_days,
                )
                % {"have": len(lessons), "need": self.duration_days}
            )
        if unread := [lesson.day for lesson in lessons if lesson.unread]:
            said = ngettext(
                "Nobody has opened day %(days)s in the review yet.",
                "Nobody has opened days %(days)s in the review yet.",
                len(unread),
            )
            found.append(said % {"days": ", ".join(map(str, unread))})
        found += [
            str(_("Day %(day)d: %(problem)s")) % {"day": lesson.day, "problem": problem}
            for lesson in lessons
            for problem in lesson.problems()
        ]
        return found

    def publish(self, *, by: "User | None" = None, at: "datetime | None" = None) -> None:
        """Make it visible to learners; every lesson must be ready, which `problems` checks.

        Args:
            by: who read it and answers for it; the course page names them.
            at: when, where that isn't now.

        Raises:
            InvalidError: where something is missing; `data["problems"]` lists what.
            ConflictError: from an archived course.
        """
        if self.status == Status.ARCHIVED:
            raise ConflictError(_("This course is archived. Restore it as a draft first."))
        if problems := self.problems():
            raise InvalidError(
                _("“%(title)s” can’t be published yet.") % {"title": self.title},
                code="not_publishable",
                data={"problems": problems},
            )
        self.status = Status.PUBLISHED
        self.published_at = self.published_at or at or timezone.now()
        self.reviewed_by = by or self.reviewed_by
        self.cover_seed = self.cover_seed or self.title
        self.save(update_fields=["status", "published_at", "reviewed_by", "cover_seed", "updated_at"])

    def withdraw(self) -> None:
        """Take it back to draft: nobody sees it but learners who are enrolled, and they as it was (`kept`)."""
        self.status = Status.DRAFT
        self.save(update_fields=["status", "updated_at"])

    def archive(self) -> None:
        """Put it away: learners who are enrolled can finish it as it was; `withdraw` brings it back as a draft."""
        self.status = Status.ARCHIVED
        self.save(update_fields=["status", "updated_at"])
