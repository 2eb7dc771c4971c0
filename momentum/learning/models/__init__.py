"""A learner's place in a course, and what they have done in it."""

from momentum.learning.models.answer import Answer
from momentum.learning.models.awaited_payment import AwaitedPayment
from momentum.learning.models.certificate import Certificate
from momentum.learning.models.enrolment import Enrolment
from momentum.learning.models.idempotency_key import IdempotencyKey
from momentum.learning.models.learning_day import LearningDay, ReadingClock
from momentum.learning.models.progress import Progress
from momentum.learning.models.review import Review
from momentum.learning.models.tick import Tick

__all__ = [
    "Answer",
    "AwaitedPayment",
    "Certificate",
    "Enrolment",
    "IdempotencyKey",
    "LearningDay",
    "Progress",
    "ReadingClock",
    "Review",
    "Tick",
]
