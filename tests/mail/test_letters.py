"""What mails look like: every kind, from one layout, whatever people are called."""

import re
from html import unescape
from typing import Any

import mrml
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from markupsafe import Markup

from momentum.accounts.models import User
from momentum.mail.actions import outbox
from momentum.mail.domain.blocks import (
    Block,
    Card,
    Cards,
    DayState,
    Excerpt,
    Figure,
    Items,
    Lines,
    Quotation,
    RichText,
    Week,
    WeekDay,
)
from momentum.mail.domain.kinds import EmailContent, EmailKind, kinds
from momentum.mail.domain.rendering import render
from momentum.mail.domain.subjects import fitting
from momentum.mail.models import Keeps
from momentum.payments.models import Order, Payment

# What mrml knows (0.2); it leaves out what it doesn't know without a word.
KNOWN = {
    "mjml", "mj-head", "mj-title", "mj-preview", "mj-attributes", "mj-all", "mj-class", "mj-raw", "mj-style", "mj-body",
    "mj-section", "mj-column", "mj-text", "mj-table", "mj-button", "mj-divider",
}  # fmt: skip
EVIL = "<b>x</b> <mj-raw><script>alert(1)</script></mj-raw> \"'&amp; {{ 7*7 }}"


def blocks_of(said: str) -> list[Block]:
    """Every block, each saying this wherever it can."""
    days = [WeekDay(said, state, said) for state in DayState]
    return [
        Excerpt([said], said, said, "en"),
        Quotation([said], said, "en"),
        Figure(said, said, said),
        Week(said, days, said),
        Cards([Card(said, "https://x.example/", said, said, "https://x.example/p.png")], said),
        Lines([(said, said)], (said, said), said),
        Items([said], said),
    ]


FULL = EmailContent(
    "Subject",
    ["One.", "Two."],
    [("Fact", "Value")],
    ("Go", "https://x.example/?a=1&b=2"),
    ["Fine."],
    greeting="Hello.",
    kicker="Kicker",
    heading="Heading",
    blocks=blocks_of("Block"),
    below=[RichText(Markup("<p>Rich <em>text</em>.</p>"), "Plain text.", "ar")],
    spells_link=True,
)


def words_of(block: object) -> list[str]:
    """All that a block says, apart from its addresses."""
    found: list[str] = []
    for name, value in vars(block).items() if hasattr(block, "__dict__") else ():
        if name in {"address", "picture", "language", "state", "html", "text"}:
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, tuple):
                found += one
            else:
                found += [one] if isinstance(one, str) else words_of(one)
    return [word for word in found if word]


@pytest.fixture(params=sorted(kinds()), ids=str)
def kind(request: Any) -> EmailKind:
    return kinds()[request.param]


def test_every_kind_of_mail_can_be_written_and_says_the_same_twice(kind: EmailKind) -> None:
    letter = kind.write(**kind.sample())

    parts = render(letter)

    assert parts.subject == letter.subject
    assert len(parts.subject) <= 78
    assert str(kind.title)
    assert str(kind.when)
    said = [*letter.paragraphs, *letter.fine, *(value for row in letter.facts for value in row)]
    said += [word for block in (*letter.blocks, *letter.below) for word in words_of(block)]
    plain = unescape(re.sub(r"<[^>]+>", " ", parts.html.partition("<body")[2]))
    for sentence in said:
        assert sentence in parts.text
        assert sentence.split()[0] in plain
    if letter.button is not None:
        label, address = letter.button
        assert f"{label}:\n{address}\n" in parts.text
        assert parts.html.count(f'href="{address}"') >= (2 if letter.spells_link else 1)
        assert address.startswith("http")
    preview = letter.preheader or letter.paragraphs[0]
    assert preview not in {parts.subject, letter.heading}
    assert f"{preview}\N{NO-BREAK SPACE}" in plain or len(preview) >= 120
    assert re.findall(r"%\(\w+\)|\bNone\b|\{\{", parts.subject + parts.text + plain) == []
    assert all(isinstance(value, str) and value for value in letter.values.values())
    assert "mj-" not in re.sub(r'class="[^"]*"|\.mj-[\w-]+|\.moz-text-html', "", parts.html)


@pytest.mark.parametrize("language", [*dict(settings.LANGUAGES), "ar"])
def test_every_kind_of_mail_is_laid_out_as_its_language_is_written(kind: EmailKind, language: str) -> None:
    with translation.override(language):
        letter = kind.write(**kind.sample())
        html = render(letter).html

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    heading = html.partition("<h1")[0].rpartition("<td")[2]
    assert f'align="{"right" if language == "ar" else "left"}"' in heading
    assert len(render(letter).subject) <= 78


def test_a_subject_of_ours_fits_a_line_however_long_a_title_is() -> None:
    long = "Why the sea goes further out in some weeks than in others, and how to know when it will"

    said = fitting("Day %(day)d: %(lesson)s", day=4, lesson=f"{long}\n{long}")

    assert said == "Day 4: Why the sea goes further out in some weeks than in others, and how to…"
    assert fitting("Day %(day)d: %(lesson)s", day=4, lesson="Neaps") == "Day 4: Neaps"
    assert len(fitting("%(a)s and %(b)s", a="x" * 200, b="y" * 200)) <= 78
    assert len(fitting("x" * 100)) <= 78


def test_a_long_name_without_a_space_widens_no_mail() -> None:
    user = User(email="x@example.com", name="Wolfeschlegelsteinhausenbergerdorff" * 3)
    about = kinds()["engagement.lesson_reminder"].sample() | {"user": user}

    html = render(kinds()["engagement.lesson_reminder"].write(**about)).html

    assert user.name in html
    assert "overflow-wrap: anywhere" in html


def test_a_link_that_lets_somebody_in_is_never_kept(kind: EmailKind) -> None:
    letter = kind.write(**kind.sample())
    address = letter.button[1] if letter.button else ""

    lets_in = re.search(r"confirm|invitation|/key/|deletion/", address)

    assert kind.keeps != Keeps.ALL or not lets_in


def test_the_layout_uses_only_what_the_compiler_knows() -> None:
    context = {
        "content": FULL, "subject": "S", "preheader": "P", "language": "en", "direction": "ltr", "unsubscribe_url": "",
    }  # fmt: skip
    source = render_to_string("mail/email.mjml", context)

    assert set(re.findall(r"<(mj[\w-]*)", source)) <= KNOWN
    for tag in KNOWN - {"mjml", "mj-head", "mj-attributes", "mj-all", "mj-class", "mj-body"}:
        assert tag in source
    html = mrml.to_html(source).content
    for said in (
        "One.",
        "Two.",
        "Fact",
        "Value",
        "Go",
        "Fine.",
        "Hello.",
        "Kicker",
        "Heading",
        "<p>Rich <em>text</em>.</p>",
        '<div lang="ar" dir="rtl">',
        "color-scheme",
        "prefers-color-scheme: dark",
    ):
        assert said in html
    assert '<div style="display:none' in html  # the preheader


@pytest.mark.parametrize(
    "place",
    [
        "subject", "greeting", "preheader", "paragraphs", "facts", "fine", "button", "kicker", "heading", "blocks",
        "below",
    ],
)  # fmt: skip
def test_nothing_that_people_write_becomes_markup(place: str) -> None:
    said: Any = {
        "paragraphs": [EVIL], "fine": [EVIL], "facts": [(EVIL, EVIL)], "button": (EVIL, f"https://x.example/?{EVIL}"),
        "blocks": blocks_of(EVIL), "below": blocks_of(EVIL),
    }.get(place, EVIL)  # fmt: skip
    letter = EmailContent(**{"subject": "S", "paragraphs": ["P."], place: said})

    parts = render(letter)

    assert "<script" not in parts.html
    assert "<b>x" not in parts.html
    assert "mj-raw>" not in parts.html.replace("&lt;mj-raw&gt;", "").replace("&lt;/mj-raw&gt;", "")
    assert "alert(1)" in parts.html
    assert "{{ 7*7 }}" in parts.html
    if place != "preheader":
        assert "<b>x</b> <mj-raw>" in parts.text + parts.subject


def test_a_name_and_a_title_stay_what_they_are() -> None:
    user = User(email="x@example.com", name="<mj-raw><img src=x>")
    order = Order(title="<b>Tides</b>", amount=1, list_amount=1, currency="EUR")
    payment = Payment(order=order, amount=1, currency="EUR", paid_at=timezone.now(), receipt="2026-000001")

    parts = render(kinds()["payments.receipt"].write(user=user, payment=payment))

    assert "<img" not in parts.html
    assert "<b>Tides" not in parts.html
    assert "Hello &lt;mj-raw&gt;&lt;img src=x&gt;," in parts.html
    assert "Hello <mj-raw><img src=x>," in parts.text


def test_a_subject_is_one_line() -> None:
    assert render(EmailContent("One\r\nBcc: all@example.com", ["P."])).subject == "One Bcc: all@example.com"


def test_a_mail_is_written_in_its_readers_language_and_zone(learner: Any) -> None:
    learner.time_zone, learner.language = "Pacific/Auckland", "de"
    zones = []

    def write() -> EmailContent:
        zones.append((timezone.get_current_timezone_name(), translation.get_language()))
        return EmailContent("S", ["P."])

    message = outbox.enqueue(EmailKind("test.kind", "T", "W", write, dict), user=learner)

    assert zones == [("Pacific/Auckland", "de")]
    assert message.language == "de"
    assert '<html lang="de"' in message.html
    assert timezone.get_current_timezone_name() == "UTC"
