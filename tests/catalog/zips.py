"""Courses as ZIPs in memory."""

import io
from collections.abc import Mapping

from momentum.catalog import archive


def zipped(files: Mapping[str, archive.Content]) -> io.BytesIO:
    """Return an open ZIP of these files."""
    out = io.BytesIO()
    archive.to_zip(files, out)
    out.seek(0)
    return out
