"""The embedded PostgreSQL: started, watched and stopped by Momentum, from the binaries of a wheel.

It needs no Django. The data folder holds everything: `cluster/` (PostgreSQL's own), `socket/`, `server.log`,
and the two locks explained in `server.py`.
"""

from momentum.core.database.errors import PostgresError
from momentum.core.postgres.server import Server, running_url, start

__all__ = ["PostgresError", "Server", "running_url", "start"]
