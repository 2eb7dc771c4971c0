"""Reads transcripts in WebVTT and SubRip: who said what when becomes paragraphs of whole sentences."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import Block
from momentum.providers.documents.composition import Found
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.text_encoding import text_of

if TYPE_CHECKING:
    from momentum.providers.documents.pictures import Pictures

_TIMES: Final = re.compile(
    r"^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})"
)
_VOICE: Final = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:[a-z][^>]*|\d[\d:.]*)>|\{\\[^}]*\}", re.IGNORECASE)
# "ANNA:", ">> Anna Smith:", "[Speaker 1]:" before what is said.
_SPEAKER: Final = re.compile(
    r"^(?:>>+\s*|[-–]\s+)?\[?((?:[A-ZÀ-ÞΑ-ΩА-Я][\w.’'-]*)(?: [A-ZÀ-ÞΑ-ΩА-Я\d][\w.’'-]*){0,3})\]?:\s+(?=\S)"
)
_TURN: Final = re.compile(r"^(?:>>+|[-–])\s*")
_SOUND: Final = re.compile(r"\[[^\]]{1,40}\]|\([^)]{1,40}\)|[♪♫][^♪♫]*[♪♫]?|^\*[^*]{1,40}\*$")
_SAID_OF_SOUND: Final = re.compile(
    r"(?i)music|applause|laugh|noise|silence|inaudible|crosstalk|cough|sigh|bell|beep|musik|applaus|lachen|musique|rires"
    r"|música|risas|aplausos|musica|risate|muziek|gelach|♪|♫"
)
_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_PAUSE: Final = 2.0  # seconds
_LONG: Final = 70  # words: the paragraph ends with its sentence
_LONGEST: Final = 140  # or else at the next line
_MINUTE: Final = 60


@dataclass
class _Cue:
    start: float
    end: float
    speaker: str
    text: str
    turn: bool


@dataclass
class _Paragraph:
    start: float
    end: float
    speaker: str
    text: str


def read_transcript(data: bytes, pictures: Pictures) -> Found:
    """Read a transcript; it is cited by the minute and second at which a paragraph begins."""
    text = text_of(data)
    if text is None:
        raise RefusedError("broken")
    paragraphs = _paragraphs(_cues(text))
    several = len({paragraph.speaker for paragraph in paragraphs if paragraph.speaker}) > 1
    blocks: list[Block] = []
    labels: list[str] = []
    last, speaker = -1.0, ""
    for one in paragraphs:
        if last < 0 or one.start >= last + _MINUTE:
            last = one.start
            labels.append(clock(one.start))
        named = several and one.speaker and one.speaker != speaker
        said = f"{one.speaker}: {one.text}" if named else one.text
        speaker = one.speaker or speaker
        blocks.append(Block(kind="paragraph", page=len(labels), text=said))
    return Found(blocks, unit="minute", labels=labels)


def clock(seconds: float) -> str:
    """A moment of a recording as players show it: "2:05" or "1:02:05"."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _cues(text: str) -> list[_Cue]:
    cues: list[_Cue] = []
    shown: list[str] = []  # the lines of the cue before: what scrolls up is said again by programs
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if at is None:
            continue
        times = _TIMES.match(lines[at])
        rest = [line for line in lines[at + 1 :] if line.strip()]
        own = [line for line in map(_plain, rest) if line]
        fresh = [line for line in own if line not in shown]
        shown = own or shown
        if times is None or not fresh:
            continue
        cues += _voices(fresh, rest, _seconds(times.group(1)), _seconds(times.group(2)))
    return cues


def _voices(lines: list[str], raw: list[str], start: float, end: float) -> list[_Cue]:
    """The lines of a cue, of which each may be somebody else's."""
    voices = [" ".join(name.split()) for line in raw for name in _VOICE.findall(line)]
    cues: list[_Cue] = []
    for at, line in enumerate(lines):
        named = _SPEAKER.match(line)
        speaker = named.group(1) if named else (voices[min(at, len(voices) - 1)] if voices else "")
        said = line[named.end() :] if named else _TURN.sub("", line)
        turn = bool(named) or bool(_TURN.match(line))
        if cues and not turn and speaker == cues[-1].speaker:
            cues[-1].text += f" {said}"
        else:
            cues.append(_Cue(start, end, speaker, said, turn))
    return cues


def _plain(line: str) -> str:
    text = html.unescape(_TAG.sub("", _VOICE.sub("", line)))
    text = _SOUND.sub(lambda sound: "" if _SAID_OF_SOUND.search(sound.group()) else sound.group(), text)
    return " ".join(text.split())


def _seconds(said: str) -> float:
    parts = [float(part) for part in said.replace(",", ".").split(":")]
    return float(sum(part * 60**at for at, part in enumerate(reversed(parts))))


def _paragraphs(cues: list[_Cue]) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    for cue in cues:
        open_now = found[-1] if found else None
        if open_now is None or _is_new(open_now, cue):
            found.append(
                _Paragraph(
                    cue.start, cue.end, cue.speaker or (open_now.speaker if open_now else ""), cue.text
                )
            )
            continue
        open_now.end = cue.end
        open_now.text = _with(open_now.text, cue.text)
    return [one for one in found if one.text.strip()]


def _is_new(paragraph: _Paragraph, cue: _Cue) -> bool:
    if (cue.speaker and cue.speaker != paragraph.speaker) or (cue.turn and not cue.speaker):
        return True
    words, ended = len(paragraph.text.split()), bool(_END.search(paragraph.text))
    pause = cue.start - paragraph.end
    if words >= _LONGEST:
        return True
    return ended and (words >= _LONG or pause >= _PAUSE)


def _with(text: str, more: str) -> str:
    if text.endswith("-") and more[:1].islower():
        return f"{text[:-1]}{more}"
    tight = "\u3040" <= text[-1:] <= "\u9fff" and "\u3040" <= more[:1] <= "\u9fff"
    return f"{text}{more}" if tight else f"{text} {more}"
