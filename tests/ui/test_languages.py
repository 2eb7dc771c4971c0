"""What somebody wrote stands on a page in its own language and direction."""

import pytest

from momentum.ui.languages import direction, isolated, lang_attrs, marked
from momentum.ui.rich_text import shown


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("en", "ltr"), ("pt-BR", "ltr"), ("zh-Hant", "ltr"), ("az", "ltr"), ("pa", "ltr"), ("xx", "ltr"),
        ("ar", "rtl"), ("AR-eg", "rtl"), ("he", "rtl"), ("iw", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ckb", "rtl"),
        ("dv", "rtl"), ("az-Arab", "rtl"), ("pa-PK", "rtl"), ("uz-AF", "rtl"), ("ks-Deva", "ltr"), ("prs", "rtl"),
    ],
)  # fmt: skip
def test_the_direction_of_a_language_is_that_of_its_script(code: str, way: str) -> None:
    assert direction(code) == way
    assert lang_attrs(code) == f' lang="{code}" dir="{way}"'


def test_where_nobody_knows_the_language_the_text_decides_its_direction() -> None:
    assert lang_attrs("") == ' dir="auto"'
    assert isolated("a < b") == "<bdi>a &lt; b</bdi>"


def test_a_title_in_a_sentence_says_its_language_and_nothing_in_it_is_markup() -> None:
    said = marked("You bought بستان & span, <b>not</b> Span.", [("بستان & span", "ar"), ("Span", "de")])

    assert said == (
        'You bought <bdi lang="ar" dir="rtl">بستان &amp; span</bdi>, &lt;b&gt;not&lt;/b&gt; '
        '<bdi lang="de" dir="ltr">Span</bdi>.'
    )


def test_a_table_stands_in_a_region_that_has_its_name_and_takes_the_keyboard() -> None:
    rows = "<tbody><tr><td>Bee<table><tr><td>within</td></tr></table></td></tr></tbody>"
    named = f"<table><caption>Who <em>visits</em> &amp; when</caption>{rows}</table>"
    text = f"<p>First.</p>{named}<p>Then.</p><table>{rows}</table><table>{rows}</table>"

    region = '<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>'
    assert shown(text) == (
        f"<p>First.</p>{region.format('Who visits &amp; when', named)}<p>Then.</p>"
        f"{region.format('Table', f'<table>{rows}</table>')}{region.format('Table 2', f'<table>{rows}</table>')}"
    )


def test_code_runs_from_left_to_right_and_can_be_copied() -> None:
    assert shown("<pre><code>a = 1</code></pre><p>So.</p>") == (
        '<copyable-code data-copy="Copy" data-copied="Copied"><div class="scroll" role="region" tabindex="0" dir="ltr" '
        'aria-label="Code"><pre><code>a = 1</code></pre></div></copyable-code><p>So.</p>'
    )


def test_a_text_without_tables_and_code_is_shown_as_it_is_stored() -> None:
    assert shown("<h2>Tea</h2><p>Leaves.</p>") == "<h2>Tea</h2><p>Leaves.</p>"
