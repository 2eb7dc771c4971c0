"""What learners answered to a lesson's questions."""

from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

from momentum.accounts.models import User
from momentum.catalog.models import Question
from momentum.core.models import Row

_ADD = """
    insert into learning_answer
        (id, created_at, updated_at, user_id, question_id, attempt, given, "right", at, sent_as)
    select %(id)s, now(), now(), %(user)s, %(question)s, coalesce(max(attempt), 0) + 1, %(given)s, %(right)s, %(at)s,
           %(sent_as)s::uuid
      from learning_answer where user_id = %(user)s and question_id = %(question)s
    on conflict (user_id, question_id, sent_as) do nothing
    returning attempt
"""


class AnswerQuerySet(models.QuerySet["Answer"]):
    def add(self, answer: "Answer") -> "Answer | None":
        """Keep this as the learner's next attempt at the question; None where what was sent as this is kept already.

        The caller has locked the learner's progress in the lesson, so that no two attempts get one number.
        """
        values: dict[str, Any] = {
            "id": answer.id,
            "user": answer.user_id,
            "question": answer.question_id,
            "right": answer.right,
        }
        values |= {"given": Jsonb(answer.given), "at": answer.at, "sent_as": answer.sent_as}
        with connection.cursor() as cursor:
            cursor.execute(_ADD, values)
            row = cursor.fetchone()
        if row is None:
            return None
        answer.attempt = row[0]
        answer._state.adding = False  # noqa: SLF001 - as Django's own saving leaves it
        return answer

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
