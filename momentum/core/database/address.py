"""Where a database is, read once from a URL, and written down as each library wants to read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

import psycopg
from psycopg import conninfo

from momentum.core.environment import BadSettingError

VARIABLE = "MOMENTUM_DATABASE_URL"
DIRECT_VARIABLE = "MOMENTUM_DATABASE_DIRECT_URL"

# What is asked again and again is planned once, from the sixth time on.
PREPARE_AFTER = 5
_PREPARE = "prepare_threshold"
_EXPECTED = "like postgresql://user:password@host:5432/database; Momentum runs on PostgreSQL only"


@dataclass(frozen=True)
class Address:
    """A database: libpq's own parameters, and after how many times a statement is prepared (never: None)."""

    parameters: Mapping[str, str] = field(repr=False)  # a password is among them
    prepare_after: int | None = PREPARE_AFTER

    @classmethod
    def parse(cls, url: str, *, variable: str = VARIABLE) -> Self:
        """Read a URL as libpq does, and `prepare_threshold`, which is ours, beside its parameters.

        Raises:
            BadSettingError: naming `variable`, and never what is secret in the URL.
        """
        place, _, query = url.partition("?")
        pieces = [piece for piece in query.split("&") if piece]
        ours = [piece.partition("=")[2] for piece in pieces if piece.startswith(f"{_PREPARE}=")]
        rest = "&".join(piece for piece in pieces if not piece.startswith(f"{_PREPARE}="))
        if urlsplit(place).scheme not in {"postgresql", "postgres"}:
            raise BadSettingError(variable, "(hidden)", _EXPECTED)
        try:
            parameters = conninfo.conninfo_to_dict(f"{place}?{rest}" if rest else place)
        except psycopg.ProgrammingError:
            raise BadSettingError(variable, "(hidden)", _EXPECTED) from None
        if not parameters.get("dbname"):
            raise BadSettingError(variable, "(hidden)", _EXPECTED)
        return cls(
            {name: str(value) for name, value in parameters.items() if value is not None},
            _prepare_after(ours[-1], variable) if ours else PREPARE_AFTER,
        )

    def named(self, database: str) -> Self:
        """Return the address of another database of the same server."""
        return type(self)({**self.parameters, "dbname": database}, self.prepare_after)

    def libpq(self) -> str:
        """Return it as PostgreSQL's own programs and psycopg read it, without the password."""
        return conninfo.make_conninfo("", **{k: v for k, v in self.parameters.items() if k != "password"})

    @property
    def password(self) -> str:
        """Return the password, or nothing."""
        return self.parameters.get("password", "")

    def url(self) -> str:
        """Return it as a URL, secrets and all; SQLAlchemy reads it too."""
        rest = dict(self.parameters)
        user, password = (quote(rest.pop(name, ""), safe="") for name in ("user", "password"))
        person = f"{user}:{password}@" if password else f"{user}@" if user else ""
        name = quote(rest.pop("dbname"), safe="")
        query = urlencode(rest, quote_via=quote, safe="/")
        return f"postgresql://{person}/{name}{'?' if query else ''}{query}"

    def django(self, *, pooled: bool = False, **options: str) -> dict[str, Any]:
        """Return it as an entry of DATABASES, with further options for libpq.

        Behind a pooler that gives each transaction another connection, a cursor on the server would outlive its
        own; `pooled` says that there may be one.
        """
        rest = dict(self.parameters)
        return {
            "ENGINE": "momentum.core.database",
            "NAME": rest.pop("dbname"),
            "USER": rest.pop("user", ""),
            "PASSWORD": rest.pop("password", ""),
            "HOST": rest.pop("host", ""),
            "PORT": rest.pop("port", ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": pooled or self.prepare_after is None,
            "OPTIONS": {
                "server_side_binding": True,
                "prepare_threshold": self.prepare_after,
                **options,
                **rest,
            },
        }


def _prepare_after(times: str, variable: str) -> int | None:
    if times != "off" and not times.isdecimal():
        expected = f"{_PREPARE}=5, or another number, or off"
        raise BadSettingError(variable, f"{_PREPARE}={times}", expected)
    return None if times == "off" else int(times)
