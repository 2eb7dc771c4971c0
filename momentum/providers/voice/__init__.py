"""Voices: what speaks a sentence, and how to get one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Voice:
    """`id` names the provider and its own name, such as "piper:en_US-joe-medium" or "polly:Joanna".

    `language` is a code such as "en-US". `natural` is false of a voice that sounds like a machine (espeak-ng).
    """

    id: str
    name: str
    language: str
    gender: str = ""
    natural: bool = True


@dataclass(frozen=True)
class Word:
    """A word of what was spoken: where it stands in the text (characters), and when it is heard, in seconds."""

    start: int
    end: int
    at: float
    until: float


@dataclass(frozen=True)
class Speech:
    """One sentence, spoken: 16-bit mono samples at `rate` a second.

    `words` are exact or, where the provider tells no times, an estimate from their length.
    """

    samples: bytes
    rate: int
    words: tuple[Word, ...] = ()
    usd_micros: int = 0

    @property
    def seconds(self) -> float:
        return len(self.samples) / 2 / self.rate


class VoiceError(Exception):
    """Something can't be spoken: `message` says in a plain sentence what happened and what to do next."""

    def __init__(self, code: str, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.code, self.message, self.permanent = code, message, permanent


class VoiceProvider(Protocol):
    """Speaks. All methods raise VoiceError and nothing else for what they cannot do."""

    name: str

    def voices(self) -> Sequence[Voice]:
        """The voices that are there now."""
        ...

    def speak(
        self, text: str, voice: Voice, *, speed: float = 1.0, pronunciations: Mapping[str, str] | None = None
    ) -> Speech:
        """Speak one sentence; `speed` from 0.5 to 1.5. `pronunciations` say how words are spoken, by the word."""
        ...
