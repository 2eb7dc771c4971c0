"""Runs an embedded server until told to stop: `python -m tests.core.serve DATA`. Killed without mercy by the tests."""

import json
import os
import signal
import sys
from pathlib import Path

from momentum.core import postgres


def main() -> None:
    """Start the server, say where it is as one line of JSON, and stop it on SIGTERM."""
    os.umask(0o022)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with postgres.start(Path(sys.argv[1])) as server:
            sys.stdout.write(json.dumps({"pid": server.pid, "url": server.url}) + "\n")
            sys.stdout.flush()
            server.wait()
    except postgres.PostgresError as error:
        sys.exit(f"refused: {error}")


if __name__ == "__main__":
    main()
