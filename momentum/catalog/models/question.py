"""Self-check questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.part import Part, Present


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    SHORT = "short", _("Short answer")
    ORDER = "order", _("Ordering")


class Question(Part):
    """A self-check.

    `answer` holds indexes of `choices` (in the right order for `order`), or accepted strings for `short`. `tolerance`
    says how far a number that is accepted may be off (see short_answers.py); it is empty where it must be exact.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="questions")
    kind = models.CharField(_("type"), max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE)
    prompt = models.CharField(_("question"), max_length=500)
    choices: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    answer: "models.JSONField[list[int] | list[str], list[int] | list[str]]" = models.JSONField(default=list)
    tolerance = models.CharField(_("tolerance"), max_length=20, blank=True)
    explanation = models.CharField(_("explanation"), max_length=1000, blank=True)
    removed = models.BooleanField(default=False, editable=False)
    page = models.PositiveIntegerField(null=True, blank=True)
    page_label = models.CharField(max_length=60, blank=True)

    objects = Present()
    everything = models.Manager["Question"]()

    class Meta(Part.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=QuestionKind.values), name="question_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.prompt

    @property
    def shown_page(self) -> str:
        """The page as a reader finds it; empty where there is none."""
        return self.page_label or str(self.page or "")

    @property
    def answer_text(self) -> str:
        """The right answer in words."""
        if self.kind == QuestionKind.SHORT:
            return " / ".join(str(item) for item in self.answer)
        separator = " → " if self.kind == QuestionKind.ORDER else "; "
        return separator.join(self.choices[int(index)] for index in self.answer)
