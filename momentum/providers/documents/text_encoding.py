"""The text of files that don't say which encoding they are in."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 64 * 1024
_LONGEST_LETTER: Final = 4  # bytes: a sample may end in the middle of one
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW: Final = 0.005  # control characters among the others, such as form feeds


def text_of(data: bytes, *, declared: str = "") -> str | None:
    """Return the text with plain line ends, or None for bytes that aren't text in any usual encoding.

    Args:
        data: a whole file, or the start of one.
        declared: the encoding that the file names, which is often wrong: it counts after UTF-8.
    """
    encoding = _encoding(data[:_SAMPLE], declared)
    if encoding is None:
        return None
    text = data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return None if _is_binary(text[:_SAMPLE]) else text.lstrip("\ufeff")


def _encoding(sample: bytes, declared: str) -> str | None:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if nulls := sample.count(0):  # UTF-16 without a mark has a zero beside each Latin letter
        little = sample[1::2].count(0) > sample[::2].count(0)
        return ("utf-16-le" if little else "utf-16-be") if nulls > len(sample) // 8 else None
    if _decodes(sample, "utf-8"):
        return "utf-8"
    if declared and _decodes(sample, declared):
        return declared
    # Loaded only for files in older encodings: it takes a while.
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - _LONGEST_LETTER and len(sample) == _SAMPLE
    except LookupError:
        return False
    return True


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) + text.count("\ufffd") > _FEW * len(text)
