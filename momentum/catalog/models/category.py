"""The shelves."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row


class CategoryQuerySet(models.QuerySet["Category"]):
    def active(self) -> "CategoryQuerySet":
        return self.filter(active=True)

    def with_counts(self) -> "CategoryQuerySet":
        """Each with `course_count`, the number of its published courses."""
        # A count for each shelf is read from an index; a join would read all courses.
        same = type(self)(self.model).filter(pk=models.OuterRef("pk"), courses__status="published")
        counted = (
            same.order_by().values("courses__category").annotate(number=models.Count("*")).values("number")
        )
        return self.annotate(course_count=Coalesce(models.Subquery(counted), 0))


class Category(Row):
    """A shelf of the catalogue."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("active"), default=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(slug=""), name="category_has_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name
