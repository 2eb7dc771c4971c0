"""Random histories, a few for each change and many for the whole gate."""

from collections.abc import Sequence
from typing import Any

import pytest


def seeds(few: int, many: int) -> Sequence[Any]:
    """Return the seeds below `many` to parametrize a test with; from `few` on they are part of `make ci` alone."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(few, many))]
