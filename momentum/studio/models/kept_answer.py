"""What a model said within a call that may have to be made again."""

from django.db import models

from momentum.core.models import Row
from momentum.studio.models.job import Job
from momentum.studio.models.proposal import Proposal


class KeptAnswer(Row):
    """An answer of a model that was paid for. `key` says all that it depends on; `proposal` is whose it is alone.

    A step of many requests that is run again finds here what it asked before.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="kept_answers")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="kept_answers")
    key = models.CharField(max_length=64)
    answer = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["job", "proposal", "key"], name="kept_answer_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.key
