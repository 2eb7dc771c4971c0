"""What was worked out. All of it can be thrown away and made again from enrolments and the catalogue."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course
from momentum.core.compiled_queries import Slot
from momentum.learning.models import Enrolment


class Likeness(models.Model):
    """How much a course has in common with another: the learners (`together`) and the words of both.

    Only a course's nearest are kept.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Course, models.CASCADE, related_name="+")
    together = models.FloatField()
    words = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["course", "other"], name="likeness_once"),)

    def __str__(self) -> str:
        return f"{self.course_id} is like {self.other_id}"


class Favourite(models.Model):
    """A course that stands out on its shelf: many began it lately, or it is new. `weight` is 1 for the first."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    new = models.BooleanField()
    place = models.PositiveSmallIntegerField()
    weight = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["course", "new"], name="favourite_once"),)

    def __str__(self) -> str:
        return f"{self.course_id} in {self.category_id}"


class Reason(models.TextChoices):
    """Why a course is recommended."""

    STEP = "step"
    FINISHED = "finished"
    TAKING = "taking"
    TOGETHER = "together"
    NEW = "new"
    POPULAR = "popular"

    def sentence(self, course: Course, because: str | None) -> str:
        """Return it for the learner to read; `course` is the recommended one, with its category.

        Args:
            course: it.
            because: the title of the course that it follows from, if it does from one.
        """
        return str(_SENTENCES[self]) % {"course": because or "", "category": course.category.name}


_SENTENCES = {
    Reason.STEP: _("Next step after %(course)s"),
    Reason.FINISHED: _("Because you completed %(course)s"),
    Reason.TAKING: _("Goes well with %(course)s"),
    Reason.TOGETHER: _("Popular with learners of %(course)s"),
    Reason.NEW: _("New in %(category)s"),
    Reason.POPULAR: _("Popular in %(category)s"),
}


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def for_learner(self, user: User | Slot) -> "RecommendationQuerySet":
        """The learner's own in order, then those for newcomers; none that they took since, or that left the shelf."""
        taken = Enrolment.objects.filter(user=user, course=models.OuterRef("course"))
        return (
            self.filter(models.Q(learner=user) | models.Q(learner=None))
            .filter(~models.Exists(taken))
            .filter(course__in=Course.objects.on_shelf())
            .order_by(models.F("learner").asc(nulls_last=True), "place")
        )

    def reasons(self) -> "models.QuerySet[Recommendation, tuple[uuid.UUID, str, str | None]]":
        """Return the courses by their keys, each with what `Reason.sentence` needs."""
        return self.values_list("course_id", "reason", "because__title")


class Recommendation(models.Model):
    """A course for a learner; for all newcomers where there is no learner. `because` is the course it follows from."""

    learner = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="recommendations", db_index=False
    )
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    because = models.ForeignKey(Course, models.CASCADE, null=True, related_name="+")

    Reason = Reason
    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "place"], name="recommendation_one_a_place", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=[Reason.NEW, Reason.POPULAR], because__isnull=True)
                | models.Q(
                    reason__in=[Reason.STEP, Reason.FINISHED, Reason.TAKING, Reason.TOGETHER],
                    because__isnull=False,
                ),
                name="recommendation_reason_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id} for {self.learner_id}"
