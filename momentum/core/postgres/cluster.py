"""Make PostgreSQL's data folder, or check that the one found can be used."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from momentum.core import child_process
from momentum.core.database.errors import PostgresError
from momentum.core.postgres.account import Handover
from momentum.core.postgres.binaries import Binaries

SUPERUSER = "momentum"


def prepare(cluster: Path, binaries: Binaries, hands: Handover, *, durable: bool, keep_open: int) -> None:
    """Leave a usable cluster at `cluster`. The caller holds the locks, and `keep_open` is one of them."""
    if cluster.exists():
        _check_version(cluster, binaries)
        return
    building = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(building, ignore_errors=True)  # a first start that was killed half-way
    building.mkdir(mode=0o700)
    options = [
        *("-D", hands.name(building)),
        *("-U", SUPERUSER),
        *("-E", "UTF8"),
        *("--auth-local=trust", "--auth-host=scram-sha-256"),  # the socket's folder is closed to others
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        *([] if durable else ["--no-sync"]),
    ]
    command = child_process.command(
        [binaries.program("initdb"), *options], on_parent_death=signal.SIGKILL, uid=hands.uid, gid=hands.gid
    )
    done = subprocess.run(
        command,
        pass_fds=[*hands.descriptors, keep_open],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        shutil.rmtree(building, ignore_errors=True)
        raise PostgresError(explain(done.stderr or done.stdout, cluster.parent))
    building.rename(cluster)
    _sync(cluster.parent)


def environment() -> dict[str, str]:
    """Return the whole environment of a PostgreSQL program: nothing of ours (secrets, PG* variables) gets in."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def explain(output: str, data: Path) -> str:
    """Turn what PostgreSQL said on its way out into one sentence with what to do."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return f"The disk that holds {data} is full. Make room on it and start again."
    if (
        "Permission denied" in output
        or "has wrong ownership" in output
        or "Operation not permitted" in output
    ):
        return (
            f"PostgreSQL may not use its files in {data}. Give them to the user that runs Momentum, "
            "or set MOMENTUM_HOME to another folder."
        )
    if "Address already in use" in output:
        return "The port asked for PostgreSQL is in use by another program. Choose another one."
    if "Cannot allocate memory" in output or "could not map anonymous shared memory" in output:
        return "There is not enough memory to start PostgreSQL. Stop other programs and start again."
    lines = [line for line in output.splitlines() if "FATAL" in line or "error" in line.lower()]
    said = (lines or output.splitlines() or ["nothing"])[-1].strip()
    return f"PostgreSQL did not start; it said: {said}. See {data / 'server.log'}."


def _check_version(cluster: Path, binaries: Binaries) -> None:
    try:
        found = (cluster / "PG_VERSION").read_text().strip()
    except PermissionError:
        raise PostgresError(explain("Permission denied", cluster.parent)) from None
    except FileNotFoundError:
        raise PostgresError(
            f"{cluster} is not a PostgreSQL data folder. Move it away, or set MOMENTUM_HOME to another folder."
        ) from None
    if found != str(binaries.major):
        raise PostgresError(
            f"The data in {cluster} was made by PostgreSQL {found}, and this Momentum brings {binaries.major}. "
            "Make a backup with the Momentum that made it, and restore that into a new MOMENTUM_HOME."
        )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
