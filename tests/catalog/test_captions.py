"""What browsers show of captions is known before they are kept."""

import pytest

from momentum.catalog.domain.captions import CaptionsError, as_webvtt

CUE = "00:01.000 --> 00:04.500\nThe tide turns.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{CUE}",
        f"WEBVTT - Tides\nKind: captions\n\n1\n{CUE}",
        f"WEBVTT\r\n\r\n{CUE}\r\n".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"\ufeffWEBVTT\n\nNOTE from a --> b\n\nSTYLE\n::cue {{ color: red }}\n\n{CUE}",
        f"WEBVTT\n\nNOTES 1\n{CUE}",
        "WEBVTT\n\n100:00:01.000 --> 100:00:02.000 line:0 align:start\n<v Ada>Hello\nthere\n",
    ],
)
def test_webvtt_is_kept_byte_for_byte(text: str) -> None:
    assert as_webvtt(text.encode()) == text.encode()


def test_subrip_becomes_webvtt() -> None:
    subrip = "1\n00:00:01,000 --> 00:00:02,500\nThe tide\nturns.\n\n2\n00:00:03,000 --> 00:00:04,000\nBack.\n"

    assert as_webvtt(subrip.replace("\n", "\r\n").encode()).decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nThe tide\nturns.\n\n00:00:03.000 --> 00:00:04.000\nBack.\n"
    )


NUMBERS = [
    "00:00:01.000 --> 00:00:02.000\n1999",
    "00:00:03.000 --> 00:00:04.000\n2001",
    "00:00:05.000 --> 00:00:06.000\nx\n",
]
FROG = "00:00:01.000 --> 00:00:02.500\nThe frog jumps.\n"


@pytest.mark.parametrize(
    ("subrip", "cues"),
    [
        ("00:00:01,000 --> 00:00:02,500\nThe frog jumps.\n", FROG),
        ("\ufeff\n\n1\n\n0:00:01,0 --> 00:00:02,500\nThe frog jumps.\n", FROG),
        ("1\n00:00:00,100 --> 00:00:00,900\n\n2\n00:00:01,000 --> 00:00:02,500\nThe frog jumps.\n", FROG),
        (
            "7\n0:00:01,0 --> 0:00:02,0\n1999\n\n0:00:03,0 --> 0:00:04,0\n2001\n\n9\n0:00:05,0 --> 0:00:06,0\nx",
            f"{NUMBERS[0]}\n\n{NUMBERS[1]}\n\n{NUMBERS[2]}",
        ),
        (
            '1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<font color="#ff0">If</font> <i>a</i> < b & b --> c &amp; d\n',
            "00:00:01.000 --> 00:00:02.500\nIf <i>a</i> &lt; b &amp; b --&gt; c &amp; d\n",
        ),
    ],
)
def test_subrip_as_people_have_it_loses_no_caption(subrip: str, cues: str) -> None:
    assert as_webvtt(subrip.encode()).decode() == f"WEBVTT\n\n{cues}"


@pytest.mark.parametrize(
    "text", [f"WEBVTT\n\n00:00.100 --> 00:00.200\n\n{CUE}", "WEBVTT\n\n00:01.000 --> 00:02.000\n"]
)
def test_a_caption_that_says_nothing_is_allowed_where_browsers_allow_it(text: str) -> None:
    assert as_webvtt(text.encode()) == text.encode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"WEBVTT\n\n{CUE}".ljust(1024**2 + 1), "This captions file is too large. The limit is 1 MB."),
        (f"1\n{'1' * 5_000}:00:00,000 --> 00:00:01,000\nx", "Line 2: a caption’s times are written as"),
        (f"WEBVTT\n\n{'1' * 5_000}:00:00.000 --> 00:01.000\nx", "Line 3: a caption’s times are written"),
        (
            "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHi\n",
            "Line 3: write times with a point, such as 00:00:01.000.",
        ),
        (f"WEBVTTX\n\n{CUE}", "Line 1: captions begin with a line that says WEBVTT."),
        (f"{CUE}", "Line 1: captions begin with a line that says WEBVTT."),
        ("", "Line 1: captions begin with a line that says WEBVTT."),
        (
            f"WEBVTT\n\n{CUE}\n-->\nHi\n",
            "Line 6: a caption’s times are written as 00:00:01.000 --> 00:00:02.500.",
        ),
        (f"WEBVTT\n\n{CUE}\n1:2.3 --> 00:09.000\n", "Line 6: a caption’s times are written as"),
        (f"WEBVTT\n\n{CUE}\n00:99.000 --> 01:40.000\nx\n", "Line 6: a caption’s times are written as"),
        (f"WEBVTT\n{CUE}", "Line 2: leave an empty line before each caption."),
        (f"WEBVTT\n\n{CUE}{CUE}", "Line 5: leave an empty line before each caption."),
        (
            f"WEBVTT\n\n{CUE}\nlast\n00:09.000 --> 00:08.000\nx\n",
            "Line 7: the caption ends before it begins.",
        ),
        ("WEBVTT\n\n00:09.000 --> 00:09.000\nx\n", "Line 3: the caption ends before it begins."),
        ("WEBVTT\n\nNOTE nothing yet\n", "There is no caption in this file."),
        (f"WEBVTT\n\n{CUE}\0", "Captions are text in UTF-8."),
        (f"WEBVTT\n\n{CUE}\n00:05.000 -> 00:06.000\nx\n", "Line 6: this text has no times"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\n\nx\n", "Line 5: this text has no times"),
        ("WEBVTT\n\n०० :०५.००० --> 00:06.000\nx\n", "Line 3: a caption’s times are written as"),
        ("WEBVTT\n\n００:05.000 --> 00:06.000\nx\n", "Line 3: a caption’s times are written as"),
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:0x,000 --> 00:00:04,000\nb\n",
            "Line 6: a caption’s times are written as 00:00:01,000 --> 00:00:02,500.",
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 -> 00:00:04,000\nb\n",
            "Line 6: a caption’s times are written as 00:00:01,000 --> 00:00:02,500.",
        ),
        ("1\n00:00:03,000 --> 00:00:02,000\na\n", "Line 2: the caption ends before it begins."),
    ],
)
def test_what_a_browser_would_not_show_is_refused_naming_its_line(text: str, sentence: str) -> None:
    with pytest.raises(CaptionsError) as refused:
        as_webvtt(text.encode())

    assert str(refused.value).startswith(sentence)


def test_captions_in_utf_16_are_read_and_in_an_older_encoding_refused() -> None:
    text = f"WEBVTT\n\n{CUE}"

    assert as_webvtt(text.encode("utf-16")) == text.encode()
    with pytest.raises(CaptionsError, match="UTF-8"):
        as_webvtt(text.replace("tide", "caf\u00e9").encode("cp1252"))
