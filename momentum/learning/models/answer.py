"""What learners answered to a lesson's questions."""

from django.db import models

from momentum.accounts.models import User
from momentum.catalog.models import Question
from momentum.core.models import Row


class AnswerQuerySet(models.QuerySet["Answer"]):
    def latest_each(self) -> "AnswerQuerySet":
        """The last attempt of each question; the caller has narrowed it to one learner."""
        return self.order_by("question_id", "-attempt").distinct("question_id")


class Answer(Row):
    """One attempt at one question.

    `given` holds the words that were chosen or written, not their places, and `right` what was true then:
    both stay sensible when the question is edited. `sent_as` names the request, so that a repeated one is
    known. The verdict is never judged again. For statistics the first attempt says how hard a question is; those after
    it, made with a hint or after a look at the answer, only say how many were needed. Requests are never counted.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    attempt = models.PositiveIntegerField()
    given: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    right = models.BooleanField()
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "question", "attempt"], name="answer_attempt_once"),
            models.UniqueConstraint(fields=["user", "question", "sent_as"], name="answer_sent_once"),
            models.CheckConstraint(condition=models.Q(attempt__gte=1), name="answer_attempt_from_1"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} answered {self.question_id}, attempt {self.attempt}"
