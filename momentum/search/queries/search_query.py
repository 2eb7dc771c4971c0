"""What somebody typed, as PostgreSQL is asked for it."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery as DjangoSearchQuery
from django.db import connection

from momentum.search.domain import ngrams

_LAST_WORD = re.compile(r"(?:^|(?<=\s))[^\W_]{2,}$")
_OPERATOR = re.compile(r'"|(?:^|\s)(?:-\S|or(?=\s|$))', re.IGNORECASE)

# The configurations in use, without reading every document: from each to the next. A document of another language
# has other words, so that the query is the query in each of them.
_ASKED = """
with recursive known (config) as (
    (select config from search_document order by config limit 1)
    union all
    select (select config from search_document where config > known.config order by config limit 1)
    from known where known.config is not null
)
select string_agg('(' || query::text || ')', ' | ' order by config)
from (select config, {query} as query from known where config is not null offset 0) asked
where numnode(query) > 0
"""
_WHOLE = "websearch_to_tsquery(config::regconfig, %(text)s)"
# Both, because stemming takes an ending off a whole word that isn't the ending of a part of it.
_BEGUN = """
websearch_to_tsquery(config::regconfig, %(before)s)
    && (websearch_to_tsquery(config::regconfig, %(last)s) || to_tsquery(config::regconfig, %(last)s || ':*'))
"""


@dataclass(frozen=True)
class SearchQuery:
    """A query: quotes, `or` and a minus mean what they do elsewhere; the last word may be unfinished.

    Of a run of letters without spaces any part is found, so that its end needs no such help.
    """

    text: str

    def asked(self) -> str:
        """Return the query as a `tsquery` is written, in every language that there are courses in; "" for no words."""
        last = _LAST_WORD.search(self.text)
        if last is None or _OPERATOR.search(self.text) or ngrams.has_runs(last[0]):
            sql, values = _WHOLE, {"text": ngrams.rewritten(self.text)}
        else:
            before = ngrams.rewritten(self.text[: last.start()])
            sql, values = _BEGUN, {"before": before, "last": last[0]}
        with connection.cursor() as cursor:
            cursor.execute(_ASKED.format(query=sql), values)
            return str(cursor.fetchone()[0] or "")


class RawTSQuery(DjangoSearchQuery):
    """A query as it is written already, for Django to put into its own statements."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.query = query

    def as_sql(self, *args: object, **kwargs: object) -> tuple[str, tuple[str]]:
        """Return the SQL and its parameters."""
        return "(select %s::tsquery)", (self.query,)  # not a constant: see statements.py
