"""Speak what comes on standard input: `python -m momentum.providers.voice.espeak_process LANGUAGE SPEED`.

eSpeak NG is under the GPL and knows one speaker a process, so it is loaded here and nowhere else. Written to standard
output: a line of JSON with the rate and, for each word, its first letter and its moment in seconds; then the samples.
"""

import ctypes
import json
import sys
from pathlib import Path

from momentum.core.limited_process import cut_off, limit

_MEMORY, _SECONDS = 512 * 1024 * 1024, 20
_SYNCHRONOUS, _UTF8, _RATE, _WORD = 2, 1, 1, 1
_WORDS_A_MINUTE = 160


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLED = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def main(language: str, speed: float) -> None:
    """Speak; exit with 1 where it has no such voice."""
    limit(memory=_MEMORY, seconds=_SECONDS)
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = str(Path(espeakng_loader.get_data_path())).encode()
    cut_off()
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
        ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
    if rate <= 0 or library.espeak_SetVoiceByName(language.encode()) != 0:
        sys.exit(1)
    library.espeak_SetParameter(_RATE, round(_WORDS_A_MINUTE * speed), 0)
    samples, moments = bytearray(), []

    def take(wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if wave and count > 0:
            samples.extend(ctypes.string_at(wave, count * 2))
        at = 0
        while events and events[at].type:
            if events[at].type == _WORD:
                moments.append((events[at].text_position - 1, events[at].audio_position / 1000))
            at += 1
        return 0

    called = _CALLED(take)
    library.espeak_SetSynthCallback(called)
    text = sys.stdin.buffer.read()
    library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    sys.stdout.buffer.write(json.dumps({"rate": rate, "moments": moments}).encode() + b"\n" + samples)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
