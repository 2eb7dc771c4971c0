"""The time zone of this machine, for accounts that are made at its keyboard."""

import os
from pathlib import Path

LOCALTIME = Path("/etc/localtime")


def local_zone() -> str:
    """Return its name, as TZ or /etc/localtime say; UTC where neither names one."""
    from momentum.accounts.actions.time_zones import known

    named = os.environ.get("TZ", "").lstrip(":")
    linked = str(LOCALTIME.resolve()).partition("zoneinfo/")[2]
    return known(named) or known(linked) or "UTC"
