"""Working recommendations out, and asking for that. It takes nobody's permission: nothing here tells anything."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.core import durable
from momentum.events.models import Event
from momentum.learning.models import Enrolment
from momentum.recommendation.actions import candidates, similarity
from momentum.recommendation.models import Recommendation

BATCH = 2_000
QUEUE = "recommendation"
FOR_ONE = "recommendation.choose_for_one"
FOR_ALL = "recommendation.choose_for_all"
_HOUR = timedelta(hours=1)
# A site gets its first courses one after the other.
_A_MOMENT = timedelta(minutes=1)


@transaction.atomic
def measure_courses() -> None:
    """Work out which courses are alike and which stand out, and what newcomers see."""
    similarity.measure(timezone.now())
    candidates.choose_for_newcomers()


@transaction.atomic
def choose_for_next(*, after: uuid.UUID | None = None) -> uuid.UUID | None:
    """Work out what is recommended to the next learners, in order of id; return the last, or None at the end."""
    begun = Enrolment.objects.order_by("user_id").distinct("user_id")
    if after:
        begun = begun.filter(user_id__gt=after)
    learners = list(begun.values_list("user_id", flat=True)[:BATCH])
    if not learners:
        return None
    candidates.choose(learners)
    return learners[-1]


@transaction.atomic
def choose_for(*, learner_id: uuid.UUID) -> None:
    """Work out what is recommended to one learner, from likenesses as they were measured last."""
    candidates.choose([learner_id])


def choose_for_everybody() -> None:
    """Work everything out, a batch of learners a transaction; at once, where no worker does it."""
    measure_courses()
    after = choose_for_next()
    while after:
        after = choose_for_next(after=after)


def ask_for_one(event: Event) -> None:
    """After somebody took or finished a course: choose for them anew, soon."""
    durable.enqueue(FOR_ONE, str(event.actor_id), workflow_id=f"{FOR_ONE}:{event.id}")


def ask_for_all(event: Event) -> None:
    """After the catalogue changed: choose for everybody at the next full hour, once.

    Where nothing is recommended to anybody yet, as on a new site, that is too long: a minute is enough.
    """
    if not Recommendation.objects.exists():
        soon = timezone.now() + _A_MOMENT
        durable.enqueue(FOR_ALL, queue=QUEUE, workflow_id=f"{FOR_ALL}:first", not_before=soon)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) + _HOUR
    durable.enqueue(FOR_ALL, queue=QUEUE, workflow_id=f"{FOR_ALL}:{hour:%Y-%m-%dT%H}", not_before=hour)
