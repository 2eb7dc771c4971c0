"""Plain text and transcripts."""

from momentum.providers.documents.reading_process import read

TIDES = (
    "The sea rises and falls twice a day because the moon pulls at the water and the earth turns below it."
)
EBB = (
    "When the water runs off, the flats lie dry for some hours, and people walk out to gather mussels there."
)


def test_plain_text_is_read_by_how_it_is_set() -> None:
    wrapped = TIDES.replace("moon ", "moon\n")
    text = (
        "Living with tides\n=================\n\n"
        f"{wrapped}\n\nCHAPTER 1. HIGH WATER\n\n{EBB}\n\n"
        "- Boots\n- A map of\n  the flats\n\n1. Look.\n2. Wait.\n\n"
        "    $ tide --today\n    03:10 high\n\n* * *\n\nHarbour\tTime\nHusum\t03:10\n"
    )

    document = read(text.encode(), kind="text", name="tides.txt").document

    assert document.unit == "section"
    assert [(block.kind, block.text.replace("\t", " ")) for block in document.blocks] == [
        ("heading", "Living with tides"),
        ("paragraph", TIDES),
        ("heading", "CHAPTER 1. HIGH WATER"),
        ("paragraph", EBB),
        ("item", "Boots"),
        ("item", "A map of the flats"),
        ("step", "Look."),
        ("step", "Wait."),
        ("code", "$ tide --today\n03:10 high"),
        ("table", "Harbour Time\nHusum 03:10"),
    ]


def test_text_without_headings_is_cited_by_the_lines_of_its_parts() -> None:
    text = "\n\n".join([TIDES, EBB] * 12)

    document = read(text.encode("utf-16"), kind="text", name="sea.txt").document

    assert (document.name, document.unit) == ("Sea", "line")
    assert [page.label for page in document.pages] == ["1", "31"]


def test_old_encodings_are_told_by_their_letters() -> None:
    text = (
        "Die Flut kommt zweimal am Tag, weil der Mond das Wasser anzieht. Über die Dünen weht es kühl und trüb.\n"
        * 4
    )

    document = read(text.encode("cp1252"), kind="text", name="flut.txt").document

    assert document.language == "de"
    assert "Über die Dünen weht es kühl" in document.pages[0].text


def test_cues_become_paragraphs_of_whole_sentences_with_who_said_them() -> None:
    text = (
        "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Anna Smith>The sea rises and falls\n\n"
        "00:00:04.000 --> 00:00:07.000\n<v Anna Smith>twice a day. [applause]\n\n"
        "00:00:07.500 --> 00:00:09.000\n<v Bo>Why is that so?\n\n"
        "00:01:20.000 --> 00:01:24.000 align:start\n<v Anna Smith>Because the moon &amp; the sun pull.\n"
    )

    document = read(text.encode(), kind="vtt", name="talk.vtt").document

    assert (document.unit, [page.label for page in document.pages]) == ("minute", ["0:01", "1:20"])
    assert [(block.page, block.text) for block in document.blocks] == [
        (1, "Anna Smith: The sea rises and falls twice a day."),
        (1, "Bo: Why is that so?"),
        (2, "Anna Smith: Because the moon & the sun pull."),
    ]


def test_subtitles_that_scroll_say_each_line_once() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:03,000\n>> JO: The sea rises\n\n"
        "2\n00:00:03,000 --> 00:00:05,000\n>> JO: The sea rises\n"
        "and falls twice a day.\n\n3\n01:00:05,000 --> 01:00:06,000\n<i>It</i> always did.\n"
    )

    document = read(text.encode("utf-8-sig"), kind="srt", name="talk.srt").document

    assert [block.text for block in document.blocks] == [
        "The sea rises and falls twice a day.",
        "It always did.",
    ]
    assert [page.label for page in document.pages] == ["0:01", "1:00:05"]


def test_the_language_is_that_of_the_paragraphs_not_of_headings_or_of_what_a_template_claims() -> None:
    blocks = "".join(f"<h2>Menü {at}</h2><p>{EBB} {at}</p>" for at in range(70))
    page = f"<html lang='de'><body>{blocks}</body></html>"

    document = read(page.encode(), kind="html", name="ebb.html").document

    assert document.language == "en"
