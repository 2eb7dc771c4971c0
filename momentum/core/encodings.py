"""Text files as people's programs save them."""

import codecs


def decoded(data: bytes) -> str:
    """Return a text file's text, with plain line ends: UTF-8, with or without a mark, or UTF-16 with one.

    Raises:
        UnicodeDecodeError: for anything else; which of a hundred older encodings it is can only be guessed.
    """
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")
