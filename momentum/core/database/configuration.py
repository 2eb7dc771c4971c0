"""The database that this installation works on, as its environment says."""

from functools import cache
from typing import Any

from momentum.core import environment as env
from momentum.core.database.address import DIRECT_VARIABLE, VARIABLE, Address
from momentum.core.database.connections import libpq_options
from momentum.core.database.process_kinds import Kind, current


def address() -> Address:
    """Return where the web processes reach the database, perhaps through a pooler."""
    return _parsed(VARIABLE, env.secret(VARIABLE))


def direct_address() -> Address:
    """Return where everybody else reaches it: the server itself, past a pooler."""
    if not (direct := env.secret(DIRECT_VARIABLE)):
        return address()
    return _parsed(DIRECT_VARIABLE, direct)


def databases() -> dict[str, Any]:
    """Return Django's DATABASES for this kind of process; empty while no server is chosen."""
    if not env.secret(VARIABLE):
        return {}
    process, direct = current(), bool(env.secret(DIRECT_VARIABLE))
    web, others = address(), direct_address()
    chosen = web if process == Kind.WEB else others
    django = chosen.django(pooled=direct and process == Kind.WEB, **libpq_options(process))
    if process == Kind.WORKER:
        django["CONN_MAX_AGE"] = 0  # it has many threads, and one that waits holds nothing
    return {"default": django}


@cache
def _parsed(variable: str, url: str) -> Address:
    return Address.parse(url, variable=variable)
