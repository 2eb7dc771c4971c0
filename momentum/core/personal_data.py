"""Which columns are about somebody, and what becomes of them when they go: as each app's `personal.py` declares it.

A test fails for a column that isn't declared. Each is one of four kinds:

- `mine`: about the person; they get it when they ask for everything, and it goes with them.
- `hidden`: about the person, but of no use to them and a danger in a file (hashes, keys); it goes with them.
- `trace`: names somebody for whom the row isn't kept, such as who approved a review; it is emptied when they go.
- `plain`: about nobody.
"""

from dataclasses import dataclass
from enum import StrEnum

OWNER = ("user",)
ROW = "id created_at updated_at"


class Leaving(StrEnum):
    """What becomes of a person's rows when their account is deleted."""

    DELETED = "deleted"
    # The ids that name the person are replaced by one that names nobody, the same in all rows: figures stay true.
    ANONYMISED = "anonymised"
    # The row stays, as the law wants it, and its reference to the person is emptied; so is that of what hangs on it.
    UNLINKED = "unlinked"
    # Kept as it is, because it holds an id and nothing else, and whom that belongs to is forgotten.
    KEPT = "kept"


@dataclass(frozen=True)
class Table:
    """What a table holds. `owners`: the lookups that lead from a row to the id of the person it is about."""

    owners: tuple[str, ...] = ()
    leaving: Leaving = Leaving.DELETED
    mine: str = ""
    hidden: str = ""
    trace: str = ""
    plain: str = ""

    @property
    def columns(self) -> list[str]:
        """Every column, of whatever kind."""
        return f"{self.mine} {self.hidden} {self.trace} {self.plain}".split()

    @property
    def is_personal(self) -> bool:
        return bool(self.owners)
