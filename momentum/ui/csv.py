"""Tables to take away, as CSV."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# A spreadsheet takes what begins so for a formula; the last is a minus sign.
_FORMULA = frozenset("=+-@\u2212")
# What some programs end a cell at, so that the next begins behind it; others in a cell of ours change nothing there.
_SEPARATORS = frozenset(",;|\t\r\n\v\f\x85\u2028\u2029，；｜﹐﹔︐︔")
# A formula begins behind quotes too, and behind what is a letter or a sign by its kind, and nothing to see.
_PASSED_OVER = frozenset("\"'\u115f\u1160\u2800\u3164\uffa0")
# Without it Excel reads the file in the letters of its own country.
_BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """Stands in for a file: whatever is written comes back."""

    def write(self, text: str) -> str:
        return text


def download(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Return a CSV file that is sent row by row as `rows` yields them; text never becomes a formula."""
    response = StreamingHttpResponse(_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: object) -> object:
    return _as_text(value) if isinstance(value, str) else value


def _as_text(text: str) -> str:
    """Return what a spreadsheet shows as this text and never works out, whatever it takes for a separator."""
    parts: list[str] = []
    begins, dangerous = True, False
    for character in text.replace("\0", ""):
        # In whatever width and height it is written: a spreadsheet reads "＝" as "=".
        if begins and unicodedata.normalize("NFKC", character)[0] in _FORMULA:
            dangerous = True
            parts.append("'" if parts else "")
            begins = False
        elif character in _SEPARATORS:
            begins = True
        else:
            begins = begins and (character in _PASSED_OVER or unicodedata.category(character)[0] in "CMZ")
        parts.append(character)
    return ("'" if dangerous else "") + "".join(parts)
