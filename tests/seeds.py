"""Random histories, a few for each change and many for the whole gate."""

from collections.abc import Sequence
from typing import Any

import pytest


def seeds(few: int, many: int, more: int = 0) -> Sequence[Any]:
    """Return the seeds to parametrize a test with.

    From `few` on they are part of `make ci` alone, and those from `many` up to `more` of `make soak`.
    """
    return [
        *range(few),
        *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(few, many)),
        *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(many, more)),
    ]
