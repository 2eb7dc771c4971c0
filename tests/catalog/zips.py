"""Courses as ZIPs in memory."""

import io
from collections.abc import Mapping

from momentum.catalog.domain import packaging


def zipped(files: Mapping[str, packaging.Content]) -> io.BytesIO:
    """Return an open ZIP of these files."""
    out = io.BytesIO()
    packaging.to_zip(files, out)
    out.seek(0)
    return out
