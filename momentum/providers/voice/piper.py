"""Piper: neural voices on a processor. It is under the GPL, so it is a program that we start and never import.

Loading a voice takes most of a second, so a program stays for the next sentences. It reads one sentence a line from its
standard input, and says on its error output where it wrote each. It ends when that input does, so with us.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from momentum.providers.voice import Speech, Voice, VoiceError
from momentum.providers.voice.piper_models import Model, models
from momentum.providers.voice.speakable import estimated, speakable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "piper"
# A minute's sentence takes ten seconds of a busy processor, and loading the voice some.
PATIENCE = 120.0
IDLE = 120.0
_MOST = 2  # programs at once, some 150 MB each
_WROTE = "Wrote "
_SILENCE = 300  # of 32,767: what is quieter is no speech yet


class Piper:
    """The voices of Piper."""

    name = NAME

    def voices(self) -> Sequence[Voice]:
        """Those that ship and those that an operator added."""
        return [Voice(f"{NAME}:{model.name}", _shown(model), model.language) for model in models()]

    def speak(
        self, text: str, voice: Voice, *, speed: float = 1.0, pronunciations: Mapping[str, str] | None = None
    ) -> Speech:
        """Speak one sentence. When its words are heard is estimated; how long it is in all is exact."""
        spoken = speakable(text, pronunciations)
        model = _model(voice)
        samples = _programs.speak(model, round(model.length_scale / speed, 3), spoken.text)
        begin, end = _audible(samples, model.rate)
        return Speech(samples, model.rate, estimated(spoken, begin=begin, end=end))


class _Program:
    """One voice at one pace, loaded."""

    def __init__(self, model: Model, scale: float) -> None:
        self.used = time.monotonic()
        self._folder = tempfile.TemporaryDirectory(prefix="momentum-voice-")
        self._said: queue.Queue[str | None] = queue.Queue()
        arguments = ["-m", "piper", "-m", str(model.path), "--output-dir", self._folder.name]
        # It gets no secret of ours to leak.
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", *arguments, "--length-scale", str(scale)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=environment, cwd=self._folder.name, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._process.stderr is not None  # noqa: S101 - a pipe
        threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True).start()

    def speak(self, text: str) -> bytes:
        """Return the samples of a line; raise OSError where the program ended or took too long."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        # What stands in double brackets would be taken for sounds.
        self._process.stdin.write(text.replace("[[", "[ [") + "\n")
        self._process.stdin.flush()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._said.get(timeout=max(until - time.monotonic(), 0.0))
            except queue.Empty:
                raise TimeoutError from None
            if line is None:
                raise BrokenPipeError
            if _WROTE in line:
                return _taken(Path(line.partition(_WROTE)[2].strip()))

    def close(self) -> None:
        """End it and take its files away."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._folder.cleanup()

    def _listen(self, lines: Iterable[str]) -> None:
        try:
            for line in lines:
                self._said.put(line)
        except ValueError:
            pass  # closed
        self._said.put(None)


class _Programs:
    """The programs that are loaded. One speaks at a time: each takes all processors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[tuple[Path, float], _Program] = {}

    def speak(self, model: Model, scale: float, text: str) -> bytes:
        with self._lock:
            self._make_room((model.path, scale))
            program = self._loaded.get((model.path, scale)) or _Program(model, scale)
            self._loaded[model.path, scale] = program
            try:
                samples = program.speak(text)
            except OSError:
                self._loaded.pop((model.path, scale)).close()
                raise VoiceError(
                    "voice_failed",
                    _("The voice %(voice)s stopped while it spoke. Try again, or choose another voice.")
                    % {"voice": model.name},
                    permanent=False,
                ) from None
            program.used = time.monotonic()
            return samples

    def close(self) -> None:
        """End all programs."""
        with self._lock:
            while self._loaded:
                self._loaded.popitem()[1].close()

    def _make_room(self, wanted: tuple[Path, float]) -> None:
        now = time.monotonic()
        others = sorted(
            (key for key in self._loaded if key != wanted), key=lambda key: self._loaded[key].used
        )
        for place, key in enumerate(others):
            if now - self._loaded[key].used > IDLE or place < len(others) - _MOST + 1:
                self._loaded.pop(key).close()


_programs = _Programs()
close = _programs.close


def _model(voice: Voice) -> Model:
    for model in models():
        if voice.id == f"{NAME}:{model.name}":
            return model
    raise VoiceError(
        "voice_missing",
        _("The voice %(voice)s isn’t there any more. Choose another, or put its files back.")
        % {"voice": voice.name},
    )


def _shown(model: Model) -> str:
    """Return "Joe" for "en_US-joe-medium"."""
    parts = model.name.split("-")
    return (parts[1] if len(parts) > 1 else model.name).replace("_", " ").capitalize()


def _taken(path: Path) -> bytes:
    with wave.open(str(path)) as spoken:
        samples: bytes = spoken.readframes(spoken.getnframes())
    path.unlink()
    return samples


def _audible(samples: bytes, rate: int) -> tuple[float, float]:
    """Return when speech begins and ends, in seconds."""
    loud = [at for at, sample in enumerate(memoryview(samples).cast("h")) if abs(sample) > _SILENCE]
    return (loud[0] / rate, loud[-1] / rate) if loud else (0.0, len(samples) / 2 / rate)
