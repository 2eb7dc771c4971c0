"""Rich text in a mail: what mail programs show, addresses in full, and the same as plain text."""

import random

import mrml
import pytest

from momentum.catalog.domain.mail_text import first_lines, mail_text
from momentum.catalog.domain.rich_text import clean
from tests.seeds import seeds

PAGE = "https://learn.example/courses/tides/lessons/4/"


def test_a_text_keeps_what_mail_programs_show_and_its_addresses_are_full() -> None:
    stored = clean(
        '<h2>Twice a month</h2><p>The sun &amp; the <strong>moon</strong>,<br>in <a href="/courses/moon/">line</a>'
        '<sup class="cite"><a href="#source-2">2</a></sup>.</p>'
        '<figure><img src="/media/pictures/a.webp" alt="A &quot;spring&quot; tide" width="1600" height="900">'
        "<figcaption>Far out</figcaption></figure>"
        '<details><summary>Why?</summary><p>Because.</p></details><pre lang="en"><code>a  &lt; b</code></pre>'
        "<table><thead><tr><th>Day</th></tr></thead><tbody><tr><td>4</td></tr></tbody></table>"
        '<ol start="3"><li>Wait<ul><li>and see</li></ul></li><li>Go</li></ol>'
    )

    made = mail_text(stored, page=PAGE)

    assert 'src="https://learn.example/media/pictures/a.webp"' in made.html
    assert 'width="552"' in made.html
    assert "height=" not in made.html
    assert 'href="https://learn.example/courses/moon/"' in made.html
    assert f'href="{PAGE}#source-2"' in made.html
    for gone in ("<details", "<summary", "class=", "id="):
        assert gone not in made.html
    assert made.text == (
        "Twice a month\n\nThe sun & the moon,\nin line (https://learn.example/courses/moon/).\n\n"
        '[A "spring" tide]\nFar out\n\nWhy?\n\nBecause.\n\na  < b\n\nDay\n4\n\n3. Wait\n  - and see\n4. Go'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed" class="page" onclick="alert(1)">x</p>',
        "</mj-text><mj-raw><script>alert(1)</script></mj-raw><mj-text>",
        "<mj-include path=/etc/passwd />",
        '<iframe src="https://x.example/"></iframe>',
        '<img src="//x.example/p.png"><img src="https://x.example/p.png">',
        "<style>body { display: none }</style>",
        '<a href="//x.example/">x</a>',
    ],
)
def test_whatever_reaches_a_text_is_not_what_a_mail_sends(hostile: str) -> None:
    made = mail_text(clean(f"<p>Before.</p>{hostile}<p>After.</p>"), page=PAGE)
    bare = mail_text(f"<p>Before.</p>{hostile}<p>After.</p>", page=PAGE)

    for one in (made, bare):
        sent = mrml.to_html(
            f"<mjml><mj-body><mj-text><div>{one.html}</div></mj-text></mj-body></mjml>"
        ).content
        body = sent.partition("<body")[2]
        assert "Before." in body
        assert "After." in body
        for never in (
            "<script",
            "onerror",
            "onclick",
            "javascript:",
            "<mj-",
            "<iframe",
            "position:",
            '//x.example/"',
            "passwd",
        ):
            assert never not in body
    assert "x.example/p.png" not in made.html


def test_first_lines_are_the_paragraphs_that_a_text_begins_with() -> None:
    stored = clean(
        '<p>Stand on <em>a beach</em>.<sup class="cite"><a href="#source-1">1</a></sup></p><h2>Later</h2>'
        "<ul><li>Nothing of this</li></ul><p></p><p>&lt;Wait&gt; a week&nbsp;or two.</p>"
        f"<p>{'And then more. ' * 60}</p><p>No.</p>"
    )

    lines = first_lines(stored, about=120)

    assert lines[:2] == ["Stand on a beach.", "<Wait> a week or two."]
    assert len(lines) == 3
    assert lines[2].startswith("And then more. And")
    assert lines[2].endswith(" …")
    assert len(lines[2]) <= 120
    assert first_lines("<h2>Only a heading</h2>") == []
    assert first_lines("<p>" + "x" * 2_000 + "</p>")[0].endswith("x …")


_TAGS = (
    "p",
    "h2",
    "ul",
    "li",
    "pre",
    "code",
    "a",
    "br",
    "hr",
    "table",
    "thead",
    "th",
    "td",
    "figure",
    "sup",
    "details",
)
_BITS = (
    *(
        "a",
        " ",
        "\n",
        "<",
        ">",
        "&",
        "&nbsp;",
        "'",
        '"',
        "ü",
        "العربية",
        "{{x}}",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
    ),
    *(
        "</mj-text>",
        "<?xml?>",
        "<br>",
        '<img src="/media/a.png" alt="a<b>&quot;">',
        "<a href='/x?a=1&b=\"2'>",
        "/>",
    ),
)


@pytest.mark.parametrize("seed", seeds(20, 500))
def test_whatever_an_author_stores_a_mail_of_it_can_be_made(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        tags = [*(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS)]
        stored = clean("".join(chance.choice(chance.choice((tags, _BITS))) for _place in range(12)))

        made = mail_text(stored, page=PAGE)

        sent = mrml.to_html(
            f"<mjml><mj-body><mj-text><div>{made.html}</div></mj-text></mj-body></mjml>"
        ).content
        assert _without_space(made.html) in _without_space(sent)


def _without_space(html: str) -> str:
    return "".join(html.split())


@pytest.mark.parametrize(
    ("start", "said"), [("3", "3. x"), ("-1", "-1. x"), ("abc", "1. x"), ("9" * 5000, "1. x")]
)
def test_a_list_begins_where_it_says_if_that_is_a_number(start: str, said: str) -> None:
    made = mail_text(f'<ol start="{start}"><li>x</li></ol>', page=PAGE)

    assert made.text == said
    assert ("start=" in made.html) == (said != "1. x")
