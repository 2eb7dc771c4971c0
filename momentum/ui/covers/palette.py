"""The inks of covers: a ground, three inks from dark to light, and a sun."""

import math
from typing import NamedTuple


class Palette(NamedTuple):
    """Five colours as #rrggbb."""

    ground: str
    dark: str
    middle: str
    light: str
    sun: str


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the sRGB colour, clipped, as #rrggbb. Matrices: Björn Ottosson, "A perceptual color space" (2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, value)))):02x}" for value in linear)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


CREAM, INK, SUN = oklch(0.955, 0.018, 85), oklch(0.24, 0.02, 50), oklch(0.64, 0.205, 33)

NIGHT = Palette(
    oklch(0.37, 0.068, 262), oklch(0.28, 0.055, 265), oklch(0.52, 0.085, 255), oklch(0.76, 0.062, 245),
    oklch(0.83, 0.12, 82),
)  # fmt: skip
TYPE = Palette(oklch(0.83, 0.125, 87), INK, oklch(0.66, 0.13, 70), CREAM, SUN)
BANK = Palette(
    oklch(0.42, 0.068, 168), oklch(0.31, 0.05, 172), oklch(0.60, 0.085, 165), oklch(0.88, 0.045, 150),
    oklch(0.80, 0.14, 80),
)  # fmt: skip
BRICK = Palette(
    oklch(0.60, 0.175, 34), oklch(0.33, 0.075, 25), oklch(0.74, 0.125, 48), oklch(0.93, 0.035, 70),
    oklch(0.86, 0.12, 85),
)  # fmt: skip
SHORE = Palette(
    oklch(0.81, 0.062, 205), oklch(0.36, 0.06, 225), oklch(0.60, 0.085, 212), oklch(0.95, 0.018, 95), SUN
)
ROSE = Palette(
    oklch(0.84, 0.068, 42), oklch(0.34, 0.085, 355), oklch(0.66, 0.13, 22), oklch(0.95, 0.025, 65), SUN
)
WIRE = Palette(oklch(0.925, 0.018, 88), INK, oklch(0.50, 0.165, 262), oklch(0.80, 0.035, 85), SUN)
FIELD = Palette(
    oklch(0.57, 0.078, 128), oklch(0.33, 0.05, 135), oklch(0.73, 0.10, 122), oklch(0.94, 0.035, 105),
    oklch(0.85, 0.145, 88),
)  # fmt: skip
ALL = (NIGHT, TYPE, BANK, BRICK, SHORE, ROSE, WIRE, FIELD)
