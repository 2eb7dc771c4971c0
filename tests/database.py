"""One throw-away PostgreSQL for a test run."""

import shutil
import tempfile
from pathlib import Path

from momentum.core import postgres
from momentum.core.database.address import Address


def start_for_tests() -> postgres.Server:
    """Start a server in the system's temporary folder; end it with `stop_for_tests`."""
    return postgres.start(Path(tempfile.mkdtemp(prefix="momentum-test-")), durable=False)


def url_of_test_database() -> str:
    """Return the URL of the database that the tests of this process write to."""
    from django.db import connection

    place = connection.settings_dict
    return f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"


def make_queue_tables() -> None:
    """Add the durable queue's tables to the test database, as `momentum migrate` does to others."""
    from momentum.core import durable

    if not durable.schema_is_current():
        durable.create_schema(Address.parse(url_of_test_database()))


def stop_for_tests(server: postgres.Server) -> None:
    """Stop the server and remove its data."""
    server.stop()
    shutil.rmtree(server.data, ignore_errors=True)
