"""Tables to take away: read right by spreadsheets, and never worked out by them."""

import csv
import io

import pytest

from momentum.ui.csv import download


def _file(*cells: object) -> bytes:
    return download("x.csv", ["a"], [[cell] for cell in cells]).getvalue()


def _cells(*cells: object) -> list[str]:
    rows = list(csv.reader(io.StringIO(_file(*cells).decode("utf-8-sig"), newline="")))
    return [cell for (cell,) in rows[1:]]


def test_it_begins_with_the_mark_by_which_excel_reads_its_letters() -> None:
    data = _file("Žižek, 山田")

    assert data.startswith(b"\xef\xbb\xbfa\r\n")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert _cells("Žižek, 山田") == ["Žižek, 山田"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹣", "⁺", "−"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        " ",
        "\t",
        "\r",
        "\n",
        "\x00",
        "\x1b",
        "\ufeff",
        "\u200b",
        "\u00a0",
        "\u3000",
        "\ufe0f",
        "\u3164",
        "\u2800",
        '"',
        " ;",
        "|",
    ],
)
def test_what_begins_like_a_formula_is_quoted(before: str, sign: str) -> None:
    (cell,) = _cells(f"{before}{sign}SUM(A1)")

    assert cell.startswith("'")


@pytest.mark.parametrize(
    "separator", [",", ";", "\t", "|", "\n", "\r\n", '","', '";"', "; ", ",\u00a0", "，", "；"]
)
def test_so_is_what_another_separator_would_make_a_cell_of_its_own(separator: str) -> None:
    (cell,) = _cells(f"Nora{separator}=SUM(A1)")

    assert cell == f"'Nora{separator}'=SUM(A1)"


@pytest.mark.parametrize(
    "text", ["Tides", "half-time", "a = b", "1+1, or 2", "nora@example.com", "", "“–5”", "a; b"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert _cells(text) == [text]


def test_numbers_stay_numbers() -> None:
    assert _cells(-5, 1.5) == ["-5", "1.5"]
