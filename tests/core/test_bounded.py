"""What strangers send is measured before it is read."""

from typing import Any

import pytest
import yaml

from momentum.catalog.rich_text import clean, from_markdown
from momentum.core.bounded import UnreadableError, check_html, read_json, read_yaml
from momentum.core.errors import InvalidError


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '"\\u0000"',
        '{"a\\u0000": 1}',
        '"\\ud800"',
        "NaN",
        "[1e999]",
        "[-Infinity]",
        "9" * 5_000,
        "[" * 60 + "]" * 60,
        "[" * 200_000,
        '{"a":' * 100_000,
        " " * 3_000_000,
        b"\xff",
    ],
)
def test_json_that_no_table_could_hold_is_refused(text: Any) -> None:
    with pytest.raises(UnreadableError):
        read_json(text)


def test_other_json_is_read() -> None:
    assert read_json('{"a": [1, 2.5, null, true, "\\ud83d\\ude00"]}') == {"a": [1, 2.5, None, True, "😀"]}


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "a: &a\n  b: *a",
        "[" * 1_000,
        "- " * 1_000,
        "? " * 1_000,
        "a: 1\na: 2",
        "{[1]: 2}",
        "? {a: b}\n: 1",
        "a: !!python/name:os.system ''",
        "a: !unknown x",
        "a: !!int x",
        "a: !!bool maybe",
        "a: !!float x",
        "a: !!timestamp x",
        "a: !!binary é",
        "a: !!binary x",
        "!!omap x",
        "!!set [a]",
        "a: 2026-13-45",
        "a: 2026-01-01T99:99:99",
        f"a: {'9' * 5_000}",
        "<<: 5",
        "a: \x00",
        "a: \ud800",
        "a: \x07",
        "a: [x" + ", x" * 20_000 + "]",
        "x" * 200_000,
        "%YAML 9.9\n---\na: 1",
        "a: b\n---\nc: d",
    ],
)
def test_yaml_that_is_huge_deep_or_strange_is_refused(text: str) -> None:
    with pytest.raises((UnreadableError, yaml.MarkedYAMLError)):
        read_yaml(text)


def test_other_yaml_is_read() -> None:
    assert read_yaml("title: Tides\nlist:\n- a: 1\n- 2.5") == {"title": "Tides", "list": [{"a": 1}, 2.5]}


@pytest.mark.parametrize(
    "html", ["<div>" * 100, "<b>" * 100_000, "<i></i>" * 30_000, "x" * 500_000, "<a><B><PRE >" * 30]
)
def test_html_that_is_huge_or_deep_is_refused(html: str) -> None:
    with pytest.raises(UnreadableError):
        check_html(html)
    with pytest.raises(InvalidError):
        clean(html)


def test_other_html_is_read() -> None:
    check_html("<p>a" * 5_000)
    check_html("<ul>" + "<li>a" * 2_000 + "</ul>")
    check_html("<p><strong>a</strong></p>" * 3_000)


@pytest.mark.parametrize(
    "markdown", ["> " * 40_000, "- " * 40_000, "*a " * 30_000, "<b>" * 30_000, "[" * 90_000]
)
def test_markdown_that_nests_ends(markdown: str) -> None:
    try:
        html = from_markdown(markdown)
    except InvalidError:
        return
    check_html(html)


def test_markdown_longer_than_any_lesson_is_refused() -> None:
    with pytest.raises(InvalidError, match="too long"):
        from_markdown("word " * 30_000)
