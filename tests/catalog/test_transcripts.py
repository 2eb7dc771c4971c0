"""What is said in a video, to read: captions joined into paragraphs."""

import pytest

from momentum.catalog.domain.transcripts import Chapter, chapters_of, clock, transcript


def _captions(*cues: tuple[str, str, str]) -> bytes:
    return "\n\n".join(["WEBVTT", *(f"{at} --> {until}\n{text}" for at, until, text in cues)]).encode()


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (65.9, "1:05"), (3599, "59:59"), (3725, "1:02:05"), (36000, "10:00:00")],
)
def test_moments_are_written_as_players_write_them(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_captions_are_joined_and_their_markup_goes() -> None:
    data = _captions(
        ("00:00.500", "00:02.250", "<v Ann>The tide &amp; the\nmoon"),
        ("00:02.250", "00:04.000", "are <i>one</i>."),
    )
    (paragraph,) = transcript(data)
    assert [(cue.at, cue.until, cue.text) for cue in paragraph.cues] == [
        (0.5, 2.25, "The tide & the moon"),
        (2.25, 4.0, "are one."),
    ]
    assert paragraph.clock == "0:00"


def test_a_pause_and_a_chapter_begin_a_paragraph_each() -> None:
    data = _captions(
        ("00:00.000", "00:02.000", "First."),
        ("00:02.000", "00:04.000", "Second."),
        ("00:07.000", "00:08.000", "After a pause."),
        ("00:08.000", "00:09.000", "Of the chapter."),
    )
    chapters = chapters_of([{"at": 8, "title": "Later"}, {"at": 0, "title": "Start"}])

    said = [(one.title, " ".join(cue.text for cue in one.cues)) for one in transcript(data, chapters)]

    assert said == [("Start", "First. Second."), ("", "After a pause."), ("Later", "Of the chapter.")]


def test_a_long_speech_ends_its_paragraphs_at_the_end_of_a_sentence() -> None:
    cues = [
        (f"00:{at:02d}.000", f"00:{at + 1:02d}.000", "x" * 60 + ("." if at % 3 == 2 else ""))
        for at in range(30)
    ]
    paragraphs = transcript(_captions(*cues))
    assert len(paragraphs) > 1
    assert all(paragraph.cues[-1].text.endswith(".") for paragraph in paragraphs)


def test_words_without_spaces_are_joined_without() -> None:
    (paragraph,) = transcript(
        _captions(("00:00.000", "00:01.000", "潮は"), ("00:01.000", "00:02.000", "月が動かす"))
    )
    assert [cue.gap for cue in paragraph.cues] == ["", ""]


@pytest.mark.parametrize("data", [b"", b"no captions", b"\xff\xfe\x00", b"WEBVTT\n\n"])
def test_what_cannot_be_read_says_nothing(data: bytes) -> None:
    assert transcript(data) == []


def test_one_chapter_is_none() -> None:
    assert chapters_of([{"at": 0, "title": "All"}]) == []
    assert chapters_of([]) == []
    assert [one.title for one in chapters_of([{"at": 5, "title": "B"}, {"at": 0, "title": "A"}])] == [
        "A",
        "B",
    ]
    assert Chapter(65, "Later").clock == "1:05"
