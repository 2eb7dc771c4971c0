"""The voices that are really there: Piper and eSpeak NG, each a program of its own."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from momentum.providers.voice import Speech, Voice, VoiceError
from momentum.providers.voice import piper as piper_module
from momentum.providers.voice.configured import default_voice, speak, voice_named, voices
from momentum.providers.voice.piper import Piper
from momentum.providers.voice.piper_models import broken

SENTENCE = "Say when and where."
ESPEAK = "espeak:en-us"


@pytest.fixture(autouse=True, scope="module")
def _programs_end() -> Iterator[None]:
    yield
    piper_module.close()


@pytest.fixture
def own_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder into which an operator puts voices."""
    monkeypatch.setenv("MOMENTUM_HOME", str(tmp_path))
    folder = tmp_path / "voices"
    folder.mkdir()
    return folder


def _described(folder: Path, name: str, language: str = "de_DE") -> None:
    facts = {"audio": {"sample_rate": 22050}, "espeak": {"voice": "de"}, "language": {"code": language}}
    (folder / f"{name}.onnx.json").write_text(json.dumps(facts))


def _loud(speech: Speech) -> int:
    return max(abs(sample) for sample in memoryview(speech.samples).cast("h"))


def test_the_voice_that_ships_speaks(own_voices: Path) -> None:
    voice = default_voice("en")
    assert voice == Voice("piper:en_US-joe-medium", "Joe", "en-US")

    speech = speak(SENTENCE, voice)
    slower = speak(SENTENCE, voice, speed=0.6)

    assert 0.8 < speech.seconds < 3
    assert _loud(speech) > 3000
    assert [SENTENCE[word.start : word.end] for word in speech.words] == ["Say", "when", "and", "where."]
    assert 0 <= speech.words[0].at < speech.words[-1].until < speech.seconds
    assert slower.seconds > speech.seconds * 1.2


def test_a_machine_speaks_what_no_voice_does(own_voices: Path) -> None:
    voice = default_voice("sv")
    assert not voice.natural

    speech = speak("Tidvattnet kommer sent.", voice)

    assert speech.seconds > 0.8
    assert _loud(speech) > 3000
    assert len(speech.words) == 3
    assert speech.words[0].at < speech.words[1].at < speech.words[2].at < speech.seconds


def test_machine_voices_pronounce_what_the_list_says(own_voices: Path) -> None:
    voice = voice_named(ESPEAK)
    plain = speak("Use SQL.", voice)
    pronounced = speak("Use SQL.", voice, pronunciations={"SQL": "a structured query language"})
    assert pronounced.seconds > plain.seconds + 0.3
    assert len(pronounced.words) == 2


def test_a_region_is_preferred_and_a_natural_voice_even_more(own_voices: Path) -> None:
    _described(own_voices, "de_DE-lea-medium")
    (own_voices / "de_DE-lea-medium.onnx").write_bytes(bytes(1_000_001))
    assert default_voice("de-AT").id == "piper:de_DE-lea-medium"
    assert default_voice("pt-BR").id == "espeak:pt-br"


def test_a_language_that_nobody_speaks_is_named() -> None:
    with pytest.raises(VoiceError) as refused:
        default_voice("xx")
    assert refused.value.code == "no_voice"
    assert "xx" in refused.value.message


def test_files_that_are_no_voice_are_left_out_and_named(own_voices: Path) -> None:
    (own_voices / "alone.onnx").write_bytes(bytes(1_000_001))
    (own_voices / "torn.onnx").write_bytes(bytes(1_000_001))
    (own_voices / "torn.onnx.json").write_text('{"audio": ')
    _described(own_voices, "half")
    (own_voices / "half.onnx").write_bytes(bytes(10))

    assert [voice.id for voice in voices() if voice.natural] == ["piper:en_US-joe-medium"]
    said = broken()
    assert said.keys() == {"alone.onnx", "torn.onnx", "half.onnx"}
    assert said["alone.onnx"] == "alone.onnx.json is missing. Copy it into the same folder."
    assert said["half.onnx"] == "half.onnx isn’t whole. Copy it again."


def test_a_voice_that_went_away_is_said(own_voices: Path) -> None:
    gone = Voice("piper:de_DE-gone-medium", "Gone", "de-DE")
    with pytest.raises(VoiceError, match="isn’t there any more"):
        speak(SENTENCE, gone)
    with pytest.raises(VoiceError, match="There is no voice"):
        voice_named(gone.id)


def test_a_voice_that_breaks_while_speaking_says_so_and_harms_no_other(own_voices: Path) -> None:
    _described(own_voices, "de_DE-noise-medium")
    (own_voices / "de_DE-noise-medium.onnx").write_bytes(bytes(1_000_001))
    with pytest.raises(VoiceError) as failed:
        speak(SENTENCE, default_voice("de"))
    assert (failed.value.code, failed.value.permanent) == ("voice_failed", False)

    assert speak(SENTENCE, default_voice("en")).seconds > 0.8


def test_a_killed_program_is_started_again(own_voices: Path) -> None:
    voice = default_voice("en")
    speak(SENTENCE, voice)
    for program in piper_module._programs._loaded.values():
        program._process.kill()
        program._process.wait()

    with pytest.raises(VoiceError) as failed:
        speak(SENTENCE, voice)
    assert not failed.value.permanent
    assert speak(SENTENCE, voice).seconds > 0.8


def test_what_looks_like_sounds_in_brackets_is_read_as_text(own_voices: Path) -> None:
    assert speak("The array [[1, 2]] has two rows.", default_voice("en")).seconds > 1.5


def test_two_threads_get_each_its_own_sentence(own_voices: Path) -> None:
    voice, sentences = (
        default_voice("en"),
        [SENTENCE, f"{SENTENCE[:-1]}, and say what you saw or heard there."],
    )
    found: dict[int, list[float]] = {0: [], 1: []}

    def say(which: int) -> None:
        found[which] = [Piper().speak(sentences[which], voice).seconds for _turn in range(3)]

    threads = [threading.Thread(target=say, args=(which,)) for which in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(found[0]) < min(found[1])


def test_programs_leave_no_files(own_voices: Path) -> None:
    speak(SENTENCE, default_voice("en"))
    folders = [Path(program._folder.name) for program in piper_module._programs._loaded.values()]
    assert folders
    assert not any(list(folder.iterdir()) for folder in folders)

    piper_module.close()

    assert not any(folder.exists() for folder in folders)
