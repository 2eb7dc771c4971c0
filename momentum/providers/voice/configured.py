"""The voices of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from momentum.providers.voice import Speech, Voice, VoiceError, VoiceProvider
from momentum.providers.voice.espeak import Espeak
from momentum.providers.voice.piper import Piper

if TYPE_CHECKING:
    from collections.abc import Mapping

# The one that sounds best first.
_PROVIDERS: tuple[VoiceProvider, ...] = (Piper(), Espeak())


def voices() -> list[Voice]:
    """Return all voices, those that sound natural first."""
    return [voice for provider in _PROVIDERS for voice in provider.voices()]


def voice_named(identifier: str) -> Voice:
    """Return the voice of this id.

    Raises:
        VoiceError: `voice_missing`, when there is none.
    """
    for voice in voices():
        if voice.id == identifier:
            return voice
    raise VoiceError(
        "voice_missing", _("There is no voice %(voice)s here. Choose another.") % {"voice": identifier}
    )


def default_voice(language: str) -> Voice:
    """Return the voice that speaks a language best: a natural one of the same region, or another, or a machine's.

    Raises:
        VoiceError: `no_voice`, when none speaks it.
    """
    wanted = language.casefold().replace("_", "-")
    own = [voice for voice in voices() if _base(voice.language) == _base(wanted)]
    if not own:
        raise VoiceError(
            "no_voice", _("No voice here speaks this language (%(language)s).") % {"language": language}
        )
    return min(own, key=lambda voice: (not voice.natural, voice.language.casefold() != wanted))


def speak(
    text: str, voice: Voice, *, speed: float = 1.0, pronunciations: Mapping[str, str] | None = None
) -> Speech:
    """Speak one sentence with whoever has the voice. Raises VoiceError for what can't be spoken."""
    provider = next(one for one in _PROVIDERS if one.name == voice.id.partition(":")[0])
    return provider.speak(text, voice, speed=speed, pronunciations=pronunciations)


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()
