"""Keeps what a model said, for the call that has to be made again: after a crash, a failure, or a wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from momentum.studio.actions.model_calls import Place
from momentum.studio.models import KeptAnswer


class JobsAnswers:
    """The answers of one job, or of one proposal: writing a lesson again is to say something new."""

    def __init__(self, place: Place) -> None:
        self._job, self._proposal = place.job, place.proposal
        self._caller = threading.get_ident()

    def find(self, key: str) -> str | None:
        """Return the answer kept under this key."""
        with self._connected():
            kept = KeptAnswer.objects.filter(job=self._job, proposal=self._proposal, key=key)
            return kept.values_list("answer", flat=True).first()

    def keep(self, key: str, answer: str) -> None:
        """Keep an answer, for good as soon as this returns."""
        with self._connected():
            KeptAnswer.objects.get_or_create(
                job=self._job, proposal=self._proposal, key=key, defaults={"answer": answer}
            )

    @contextmanager
    def _connected(self) -> Iterator[None]:
        try:
            yield
        finally:
            if threading.get_ident() != self._caller:
                # A thread has a connection of its own, and ends with the call.
                connection.close()
