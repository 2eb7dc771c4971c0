"""PostgreSQL refuses to run as root: which account it runs as instead, and how that account gets at its data.

The folders above the data may be closed to that account (/root is), and changing their permissions is not ours
to do. So root opens the few folders PostgreSQL needs and hands them over as open descriptors, which it reaches
as /proc/self/fd/N. A useful side effect: no other process of that account can reach the data.
"""

import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from momentum.core.database.errors import PostgresError


@dataclass
class Handover:
    """How to name folders to a PostgreSQL program, and what to hand it when it starts."""

    uid: int | None = None
    gid: int | None = None
    descriptors: list[int] = field(default_factory=list)

    def name(self, folder: Path) -> str:
        """Return the path by which the program reaches this folder, making it the owner when we are root."""
        if self.uid is None:
            return str(folder)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        self.descriptors.append(descriptor)
        status = os.fstat(descriptor)
        if status.st_uid not in (0, self.uid):
            raise PostgresError(f"{folder} belongs to another user. Set MOMENTUM_HOME to another folder.")
        os.fchown(descriptor, self.uid, self.gid if self.gid is not None else -1)
        return f"/proc/self/fd/{descriptor}"


@contextmanager
def handover(cluster: Path) -> Iterator[Handover]:
    """Open a handover for the programs that work on `cluster`; its descriptors close when the block ends."""
    if os.geteuid() != 0:
        yield Handover()
        return
    if sys.platform != "linux":
        raise PostgresError("PostgreSQL does not run as root here. Run Momentum as an ordinary user.")
    uid, gid = _account_for(cluster)
    hands = Handover(uid, gid)
    try:
        yield hands
    finally:
        for descriptor in hands.descriptors:
            os.close(descriptor)


def _account_for(cluster: Path) -> tuple[int, int]:
    """Return the owner of existing data; for new data an account that is already there and owns nothing else."""
    try:
        owner = cluster.stat()
    except FileNotFoundError:
        pass
    else:
        if owner.st_uid != 0:
            return owner.st_uid, owner.st_gid
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if account.pw_uid != 0:
            return account.pw_uid, account.pw_gid
    raise PostgresError(
        "PostgreSQL does not run as root and this system has no account named nobody. "
        "Run Momentum as an ordinary user, or set MOMENTUM_DATABASE_URL to a server of your own."
    )
