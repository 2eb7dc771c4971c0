"""eSpeak NG: over a hundred languages, in the voice of a machine; for those that have no other voice."""

from __future__ import annotations

import json
import signal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from momentum.core import limited_process
from momentum.providers.voice import Speech, Voice, VoiceError
from momentum.providers.voice.speakable import speakable, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "espeak"
_SECONDS = 20
_PROGRAM = "momentum.providers.voice.espeak_process"


class Espeak:
    """The voices of eSpeak NG."""

    name = NAME

    def voices(self) -> Sequence[Voice]:
        """One for each language that it has rules for."""
        return _voices()

    def speak(
        self, text: str, voice: Voice, *, speed: float = 1.0, pronunciations: Mapping[str, str] | None = None
    ) -> Speech:
        """Speak one sentence, in a process of its own. It tells when it begins each word."""
        spoken = speakable(text, pronunciations)
        code, made = limited_process.run(
            _PROGRAM, voice.id.partition(":")[2], str(speed), given=spoken.text.encode(), seconds=_SECONDS
        )
        if code or not made:
            raise VoiceError(
                "voice_failed",
                _("The voice %(voice)s stopped while it spoke. Try again, or choose another voice.")
                % {"voice": voice.name},
                permanent=code in {-signal.SIGKILL, -signal.SIGXCPU},
            )
        head, _newline, samples = made.partition(b"\n")
        facts = json.loads(head)
        seconds = len(samples) / 2 / facts["rate"]
        return Speech(samples, facts["rate"], told(spoken, facts["moments"], end=seconds))


@cache
def _voices() -> list[Voice]:
    spec = find_spec("espeakng_loader")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = {}
    for place in places:
        for path in sorted(Path(place, "espeak-ng-data", "lang").rglob("*")):
            if path.is_file():
                voice = _described(path)
                found[voice.id] = voice
    return sorted(found.values(), key=lambda voice: voice.id)


def _described(path: Path) -> Voice:
    """Read a file of its own: lines of a word and what it says."""
    name, languages = path.name, []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _space, value = line.strip().partition(" ")
        if key == "name":
            name = value.strip()
        elif key == "language" and value.split():
            languages.append(value.split()[0])
    language = languages[0] if languages else path.name
    return Voice(f"{NAME}:{language}", name, language, natural=False)
