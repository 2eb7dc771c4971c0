"""A real PgBouncer in front of a server: on the PATH, or the distribution's package.

Run as a module it installs one where it can, and says in one sentence where it can't.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from momentum.core.database.address import Address
from tests.processes import free_port

MISSING = (
    "The tests of poolers need PgBouncer, and none could be found or installed. Install pgbouncer so that it is on "
    "the PATH, or in /usr/sbin, and try again."
)
SETTINGS = """
[databases]
* = host={host} port={port} user={user} password={password} pool_size=4
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
logfile = {log}
"""


def find() -> str | None:
    return shutil.which("pgbouncer", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


def install() -> str | None:
    """Try (Debian, as root) the distribution's package."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "pgbouncer"]):
            subprocess.run(command, check=False, timeout=900, env=environment, stdout=subprocess.DEVNULL)
    return find()


@contextmanager
def pooling(server: Address) -> Iterator[str]:
    """Run one that gives each transaction whichever connection is free; give the URL that leads through it."""
    with tempfile.TemporaryDirectory(prefix="momentum-pool-") as folder:
        yield from _pooling(server, Path(folder))


def _pooling(server: Address, folder: Path) -> Iterator[str]:
    program, port = find(), free_port()
    assert program, MISSING
    place = server.parameters
    file = folder / "pgbouncer.ini"
    file.write_text(
        SETTINGS.format(
            host=place["host"],
            port=place["port"],
            user=place["user"],
            password=server.password,
            listen=port,
            log=folder / "pgbouncer.log",
        )
    )
    user = []
    if os.geteuid() == 0:  # it doesn't run as root
        user = ["-u", "nobody"]
        for path in (folder, file):
            shutil.chown(path, "nobody")
    process = subprocess.Popen([program, "-q", *user, str(file)], stderr=subprocess.DEVNULL)
    url = f"postgresql://{place['user']}@127.0.0.1:{port}/{place['dbname']}?prepare_threshold=off"
    try:
        _wait_for(url)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            psycopg.connect(Address.parse(url).libpq()).close()
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PgBouncer didn't start"
            time.sleep(0.05)
        else:
            return


def main() -> None:
    """Make sure that there is one, or leave with a sentence."""
    found = find() or install()
    if not found:
        raise SystemExit(MISSING)
    sys.stdout.write(f"PgBouncer: {found}\n")


if __name__ == "__main__":
    main()
