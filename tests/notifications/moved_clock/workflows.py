"""A worker whose clock a test moves: it shows what stands in a file. The queue itself goes by the machine's."""

import os
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from momentum.core.durable.decorators import workflow
from momentum.notifications import workflows

_CLOCK = Path(os.environ["MOMENTUM_TEST_CLOCK"])

timezone.now = lambda: datetime.fromisoformat(_CLOCK.read_text())


@workflow
def minute(at: str) -> None:
    """Do what the worker does in this minute."""
    workflows.tick(datetime.fromisoformat(at), None)
