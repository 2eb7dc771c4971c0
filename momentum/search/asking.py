"""What somebody typed, as PostgreSQL is asked for it."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.db import connection

from momentum.search.texts import SIMPLE

_LAST_WORD = re.compile(r"(?:^|(?<=\s))[^\W_]{2,}$")
_OPERATOR = re.compile(r'"|(?:^|\s)(?:-\S|or(?=\s|$))', re.IGNORECASE)

type Query = SearchQuery | CombinedSearchQuery

# The configurations in use, without reading every document: from each to the next.
_CONFIGS = """
with recursive known (config) as (
    (select config from search_document order by config limit 1)
    union all
    select (select config from search_document where config > known.config order by config limit 1)
    from known where known.config is not null
)
select config from known where config is not null
"""


@dataclass(frozen=True)
class Question:
    """A query: quotes, `or` and a minus mean what they do elsewhere; the last word may be unfinished."""

    text: str

    @property
    def normal(self) -> str:
        """The form in which queries are counted: the same for who shouts and who doesn't."""
        return self.text.lower()

    def query(self, configs: list[str]) -> Query:
        """Return the query in each of these languages; a document of another language has other words."""
        return reduce(or_, [self._in(config) for config in configs or [SIMPLE]])

    def _in(self, config: str) -> Query:
        whole = SearchQuery(self.text, config=config, search_type="websearch")
        last = _LAST_WORD.search(self.text)
        if last is None or _OPERATOR.search(self.text):
            return whole
        # Both, because stemming takes an ending off a whole word that isn't the ending of a part of it.
        begun = SearchQuery(f"{last[0]}:*", config=config, search_type="raw")
        ended = SearchQuery(last[0], config=config, search_type="websearch") | begun
        before = self.text[: last.start()].strip()
        if not before:
            return ended
        return SearchQuery(before, config=config, search_type="websearch") & ended


def configs() -> list[str]:
    """Return the PostgreSQL configurations of the languages that there are courses in."""
    with connection.cursor() as cursor:
        cursor.execute(_CONFIGS)
        return [str(row[0]) for row in cursor.fetchall()]
