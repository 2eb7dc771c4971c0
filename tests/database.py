"""One throw-away PostgreSQL for a test run."""

import shutil
import tempfile
from pathlib import Path

from momentum.core import postgres


def start_for_tests() -> postgres.Server:
    """Start a server in the system's temporary folder; end it with `stop_for_tests`."""
    return postgres.start(Path(tempfile.mkdtemp(prefix="momentum-test-")), durable=False)


def stop_for_tests(server: postgres.Server) -> None:
    """Stop the server and remove its data."""
    server.stop()
    shutil.rmtree(server.data, ignore_errors=True)
