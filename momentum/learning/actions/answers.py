"""Answering a lesson's questions."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Question
from momentum.core.errors import InvalidError
from momentum.events.actions.record import record
from momentum.learning.actions.progress import begin_in_place
from momentum.learning.domain.grading import is_right, still_fits
from momentum.learning.models import Answer


@transaction.atomic
def answer(
    *,
    user: User,
    question: Question,
    given: Sequence[str],
    client_id: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Answer:
    """Keep an attempt, and say whether it is right; the same answer under the same `client_id` is kept once.

    Args:
        user: who answers.
        question: with its lesson, course and category.
        given: the words chosen, in the learner's order where order is asked for, or the one text written.
        client_id: names the request; a page sent back with another answer counts as another attempt.
        at: when, for history that is brought in.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
        InvalidError: for what can't be an answer to this question.
    """
    moment = at or timezone.now()
    # Locked, so that attempts are numbered one after the other.
    begin_in_place(user, question.lesson, moment)
    words = list(given)
    if not still_fits(question, words):
        raise InvalidError(
            _("That isn’t a valid answer to this question. Reload the page."), code="answer_unknown"
        )
    sent_as = uuid.uuid5(client_id, json.dumps(words)) if client_id else None
    kept = Answer.objects.add(
        Answer(
            user=user,
            question=question,
            given=words,
            right=is_right(question, words),
            at=moment,
            sent_as=sent_as,
        )
    )
    if kept is None:
        return Answer.objects.get(user=user, question=question, sent_as=sent_as)
    record(
        "question.answered",
        actor_id=user.id,
        subject_id=question.id,
        at=moment,
        lesson=str(question.lesson_id),
        attempt=kept.attempt,
        right=kept.right,
    )
    return kept
