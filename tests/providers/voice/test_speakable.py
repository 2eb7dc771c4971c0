"""What is spoken of a sentence, and which word on the screen is heard when."""

import itertools

import pytest

from momentum.providers.voice import VoiceError
from momentum.providers.voice.speakable import estimated, speakable, told


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Say when\nand  where.", "Say when and where."),
        ("Well done 🎉, 👍🏽 everybody.", "Well done , everybody."),
        ("A \x00null and a \ue000private sign", "A null and a private sign"),
        ("Water boils at 100 °C.", "Water boils at 100 °C."),
        ("潮は月が動かす。", "潮は月が動かす。"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_cannot_be_spoken_is_left_out(written: str, spoken: str) -> None:
    assert speakable(written).text == spoken


@pytest.mark.parametrize("written", ["", "  ", "🎉", "…", "→ ←", "\ue000"])
def test_a_sentence_of_which_nothing_can_be_spoken_is_refused(written: str) -> None:
    with pytest.raises(VoiceError) as refused:
        speakable(written)
    assert refused.value.code == "nothing_to_speak"
    assert "Write it in words" in refused.value.message


def test_words_are_pronounced_as_the_list_says() -> None:
    spoken = speakable("“SQL” and MySQL: use sql.", {"SQL": "sequel"})
    assert spoken.text == "“sequel” and MySQL: use sequel."


def test_moments_belong_to_the_words_that_are_written() -> None:
    written = "Use SQL 🎉 daily."
    spoken = speakable(written, {"SQL": "structured query language"})

    words = estimated(spoken, begin=0.5, end=4.5)

    assert [written[word.start : word.end] for word in words] == ["Use", "SQL", "daily."]
    assert (words[0].at, words[-1].until) == (0.5, 4.5)
    assert all(one.until == other.at for one, other in itertools.pairwise(words))
    assert words[1].until - words[1].at > words[0].until - words[0].at


def test_each_letter_of_a_language_without_spaces_is_a_word() -> None:
    words = estimated(speakable("潮は月。"), begin=0, end=4)
    assert [(word.start, word.end) for word in words] == [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_told_moments_are_kept_and_several_in_one_word_count_once() -> None:
    spoken = speakable("Use SQL daily.", {"SQL": "structured query"})
    words = told(spoken, [(0, 0.1), (4, 0.4), (15, 0.9), (21, 1.5)], end=2.0)
    assert [(word.at, word.until) for word in words] == [(0.1, 0.4), (0.4, 1.5), (1.5, 2.0)]
