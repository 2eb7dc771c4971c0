"""An email as a mail program shows it by day or by night, whatever the screen it is previewed on is set to."""

import re
from enum import StrEnum

_ASKS_FOR_NIGHT = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
_BOTH = re.compile(r"\blight dark\b")
_ALWAYS, _NEVER = "(min-width: 0)", "(max-width: 0)"


class ColorScheme(StrEnum):
    """What the reader's device is set to."""

    LIGHT = "light"
    DARK = "dark"


def shown_in(html: str, scheme: ColorScheme) -> str:
    """Return the formatted part of an email with its styles for one color scheme always in force.

    A frame asks the device and not the page around it, so its media queries are answered here.
    """
    answer = _ALWAYS if scheme is ColorScheme.DARK else _NEVER
    head, body, rest = html.partition("<body")
    return _BOTH.sub(scheme, _ASKS_FOR_NIGHT.sub(answer, head)) + body + rest
