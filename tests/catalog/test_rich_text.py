"""Rich text is safe, has one spelling, and survives Markdown whatever it holds."""

import random

import pytest

from momentum.catalog.rich_text import clean, from_markdown, is_blank, to_markdown
from momentum.core.errors import InvalidError

CITED = '<p>A fact.<sup class="cite"><a href="#source-3" rel="noopener">3</a></sup></p>'

NASTY = [
    "",
    "<p>One</p><p>Two</p>",
    "<p>--- title: x</p><hr><p>---</p><p>***</p>",
    "<p>1. not a list</p><p>- nor this</p><p># nor a heading</p><p>+ x</p><p>&gt; y</p>",
    "<p>&amp;amp; &lt;b&gt; &amp;lt; &nbsp; &copy; 5 &lt; 6 &amp; 7</p>",
    "<p>*not* _em_ `code` [a](b) ![c](d) [^3] ~~x~~ a\\b \\* | pipe</p>",
    "<p>trailing<br>break</p><p>two<br><br>breaks</p>",
    "<pre><code>  kept   space  \n\n\n---\n```\n````\n&lt;p&gt;\n\ttab\n</code></pre>",
    "<pre><code>no newline at the end</code></pre>",
    "<pre>bare</pre><pre><code></code></pre>",
    "<p><code>`tick`</code> <code>``</code> <code> padded </code> <code>a\\b|c</code></p>",
    "<ul><li>a<ul><li>b<ol><li>c</li><li>d</li></ol></li></ul></li><li>e</li></ul>",
    "<ul><li><p>loose</p></li><li><p>list</p></li></ul>",
    "<ul><li><p>mixed</p></li><li>list</li></ul>",
    '<ol start="7"><li>seven</li></ol>',
    "<ul><li>one</li></ul><ul><li>another</li></ul>",
    (
        "<table><thead><tr><th>a | b</th><th></th></tr></thead>"
        "<tbody><tr><td>1</td><td><em>2</em></td></tr></tbody></table>"
    ),
    '<table><tbody><tr><td colspan="2">no head</td></tr></tbody></table>',
    "<blockquote><p>q</p><ul><li>l</li></ul></blockquote><blockquote><p>r</p></blockquote>",
    '<p><a href="https://example.com/a_(b)?x=1&amp;y=2#z" title="say &quot;hi&quot;">link *x*</a></p>',
    '<p><a href="/catalogue/">ours</a> <a href="#source-2">2</a> <a href="mailto:a@b.example">mail</a></p>',
    CITED,
    '<p id="section-one">own id</p>',
    (
        '<figure><img src="/media/a b.png" alt="x &gt; y" width="3">'
        "<figcaption>cap <strong>tion</strong></figcaption></figure>"
    ),
    "<p>ünïcödé 漢字 \U0001f9ed \u2028 \u00ad \u200b \ufeff \u202e ﷽ e\u0301</p>",
    "<p>a <strong> b </strong>c<em>d</em>e <strong><em>f</em></strong><strong>g</strong></p>",
    "bare text <strong>bold</strong> and <ul><li>list</li></ul> tail",
    "<h2>Two # </h2><h3>Three</h3><h4>## Four</h4><p>Setext\n===\n</p>",
    "<p>http://example.com www.example.com a@b.example &lt;http://x.example&gt;</p>",
    "<p>    four spaces</p><p>\ttab</p>",
    "<div><div>&lt;/div&gt;</div></div>",
    "<p>line\none\r\ntwo\rthree</p>",
    "<p>H<sub>2</sub>O, <del>was</del> <kbd>Ctrl</kbd>+<kbd>C</kbd> <mark>m</mark> <abbr title='t'>z</abbr></p>",
    "<p><ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby> <bdi>שלום</bdi> ~~not~~ ~one~</p>",
    "<dl><dt>Ebb</dt><dd>Out</dd><dd><p>Water</p><p>Goes</p></dd></dl>",
    "<details><summary>More</summary><p>Hidden</p><ul><li>one</li></ul></details>",
    "<table><tbody><tr><td align='left'>1</td><td align='right'>2</td></tr></tbody></table>",
    '<pre><code class="language-c++">int x;\n</code></pre>',
    '<h2 lang="he" dir="rtl">שלום</h2><p lang="fr">Bonjour</p><blockquote dir="auto"><p>x</p></blockquote>',
    "<p>$x_1$ \\(y\\) {{ jinja }} {% raw %} %(name)s</p>",
]


@pytest.mark.parametrize("html", NASTY)
def test_text_survives_markdown_exactly(html: str) -> None:
    text = clean(html)

    assert from_markdown(to_markdown(text)) == text


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="/media/a.png" alt="x" width="3" height="4"><figcaption>y</figcaption></figure>',
        '<table><tbody><tr><th scope="col" colspan="2" align="right">x</th></tr></tbody></table>',
        '<p lang="fr" dir="ltr">La mer.</p>',
    ],
)
def test_what_markdown_cannot_say_leaves_the_rest_of_the_text_readable(html: str) -> None:
    markdown = to_markdown(f"<p>One *word*.</p>{html}<p>The end.</p>")

    assert markdown.startswith("One \\*word\\*.\n\n<div><")
    assert markdown.endswith("</div>\n\nThe end.")


@pytest.mark.parametrize("html", NASTY)
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    assert clean(clean(html)) == clean(html)


def test_whatever_is_thrown_together_survives_markdown() -> None:
    chance = random.Random(7)
    pieces = [
        *NASTY,
        "<p>",
        "</p>",
        "<li>",
        "</ul>",
        "<pre>",
        "</code>",
        "\n\n",
        "  ",
        "---\n",
        "`",
        "&",
        "<",
        '">',
        "\0",
        "\x1b",
        "#",
        "<b>",
        "</i>",
    ]

    for _ in range(300):
        text = clean("".join(chance.choices(pieces, k=chance.randint(1, 6))))

        assert clean(text) == text
        assert from_markdown(to_markdown(text)) == text


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>x<script>alert(1)</script></p>", "<p>x</p>"),
        ('<p onclick="x()" style="color:red" class="big" id="main">x</p>', "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener">x</a>'),
        ('<p><img src="https://elsewhere.example/pixel.gif">x</p>', "<p>x</p>"),
        ('<p><img src="/media/../secret" alt="">x</p>', "<p>x</p>"),
        ('<p><img src="/media/a.png" onerror="x()">x</p>', '<p><img src="/media/a.png">x</p>'),
        ('<iframe src="https://x.example"></iframe><p>x</p>', "<p>x</p>"),
        ("<svg><script>x</script></svg><p>x</p>", "<p>x</p>"),
        ('<sup class="cite big">1</sup>', '<sup class="cite">1</sup>'),
        ("<!-- hidden --><p>x</p>", "<p>x</p>"),
        ('<form action="/x"><input name="a">x</form>', "x"),
        ('<p lang="x y" dir="up">x</p>', "<p>x</p>"),
        ('<p><code class="big language-x">x</code><s>y</s></p>', "<p><code>x</code><del>y</del></p>"),
        (
            '<table><tbody><tr><td align="justify">x</td></tr></tbody></table>',
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        (
            '<details open ontoggle="x()"><summary>x</summary></details>',
            "<details><summary>x</summary></details>",
        ),
    ],
)
def test_only_our_elements_and_attributes_are_kept(html: str, kept: str) -> None:
    assert clean(html) == kept


def test_spacing_between_blocks_and_old_names_have_one_spelling() -> None:
    html = "<h1>T</h1>\n\n<p> a  <b>b</b>\n c </p>\n<ul>\n  <li>x</li>\n</ul><p></p>"

    assert clean(html) == "<h2>T</h2><p>a <strong>b</strong> c</p><ul><li>x</li></ul>"


def test_nothing_that_a_person_would_write_in_markdown_is_lost() -> None:
    markdown = "~~no~~ H<sub>2</sub>O\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n\n```sql\nselect\n```\n"

    assert from_markdown(markdown) == (
        "<p><del>no</del> H<sub>2</sub>O</p>"
        '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead>'
        '<tbody><tr><td>1</td><td align="right">2</td></tr></tbody></table>'
        '<pre><code class="language-sql">select\n</code></pre>'
    )


def test_markdown_a_person_would_write_comes_out_as_they_mean_it() -> None:
    markdown = "## Why\n\nIt *works*.[^2]\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"

    assert from_markdown(markdown) == (
        "<h2>Why</h2><p>It <em>works</em>."
        '<sup class="cite"><a href="#source-2" rel="noopener">2</a></sup></p>'
        "<ul><li>one</li><li>two</li></ul>"
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_ordinary_text_is_exported_as_markdown_and_not_as_html() -> None:
    text = f"<h2>Why</h2>{CITED}<ul><li>one</li></ul><blockquote><p>q</p></blockquote>"

    assert to_markdown(text) == "## Why\n\nA fact.[^3]\n\n- one\n\n> q"


def test_what_markdown_cannot_say_leaves_its_neighbours_as_markdown() -> None:
    text = '<p>Before</p><p id="section-x">Here</p><p>After</p>'

    assert to_markdown(text) == 'Before\n\n<div><p id="section-x">Here</p></div>\n\nAfter'


@pytest.mark.parametrize("html", ["", "<p></p>", "<p> &nbsp; <br></p>", "<ul><li></li></ul>"])
def test_text_without_words_is_blank(html: str) -> None:
    assert is_blank(html)


def test_a_picture_alone_is_not_blank() -> None:
    assert not is_blank('<img src="/media/a.png">')


def test_what_is_kept_could_be_saved_again_however_its_signs_are_written() -> None:
    kept = clean("<p>" + "a &" * 40_000 + "</p>")

    assert clean(kept) == kept
    with pytest.raises(InvalidError) as refused:
        clean("<p>" + "&" * 100_000 + "</p>")
    assert refused.value.code == "text_too_long"
