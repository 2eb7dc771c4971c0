"""Motifs of nights, water and growth."""

import math

from momentum.ui.covers.sheet import HEIGHT, WIDTH, Sheet


def _wave(y: float, amplitude: float, period: float, phase: float) -> str:
    handle = period / 2 * 0.3642
    x = phase % period - 2 * period
    parts, up = [f"M{x:.0f} {y:.0f}"], 1
    while x < WIDTH + period:
        crest = y - up * amplitude
        parts.append(
            f"C{x + handle:.0f} {crest:.0f} {x + period / 2 - handle:.0f} {crest:.0f} {x + period / 2:.0f} {y:.0f}"
        )
        x += period / 2
        up = -up
    return "".join(parts) + f"V{HEIGHT}H-{2 * period:.0f}z"


def _swells(sheet: Sheet, base: float) -> None:
    period, phase = sheet.random.randint(420, 620), sheet.random.randint(0, 600)
    for band, ink in enumerate((sheet.light, sheet.middle, sheet.dark)):
        y = base + band * (HEIGHT - base) / 3
        shape = _wave(y, 30 - band * 4, period, phase + band * period * 0.31)
        sheet.path(shape, ink)
        if band == 0:
            clip = sheet.clip(f'<path d="{shape}"/>')
            sheet.screen(clip, 0, y + 8, WIDTH, 110, sheet.middle, gap=12, thick=9)


def night(sheet: Sheet) -> None:
    """A moon or sun over banded swells, with stars."""
    pick = sheet.random
    x = pick.randint(230, 570)
    sheet.shaded(x, 255, 165, sheet.sun, sheet.ground, angle=pick.choice((0, -18, 24)), thick=12, gap=13)
    if pick.random() < 0.5:
        sheet.disc(x + pick.choice((-62, 66)), 222, 140, sheet.ground)
    for _ in range(9):
        sheet.disc(pick.randint(30, 770), pick.randint(30, 250), pick.choice((2.5, 3.5, 5)), sheet.light)
    _swells(sheet, 350)


def path_of_the_sun(sheet: Sheet) -> None:
    """The stations of a day on an arc above the swells, one of them lit."""
    pick = sheet.random
    x, y, radius = pick.choice((250, 400, 550)), 430, pick.randint(250, 290)
    sheet.disc(x, y, radius * 1.42, sheet.dark)
    arc = radius * 1.2
    sheet.path(f"M{x - arc:.0f} {y}a{arc:.0f} {arc:.0f} 0 0 1 {2 * arc:.0f} 0", stroke=sheet.middle, width=2)
    sheet.disc(x, y, radius, sheet.ground)
    lit, stations = pick.randint(3, 4), 7
    for station in range(stations):
        angle = math.pi * (station + 0.5) / stations
        if station != lit:
            ink = sheet.light if station < lit else sheet.middle
            sheet.disc(x - arc * math.cos(angle), y - arc * math.sin(angle), 15, ink)
    angle = math.pi * (lit + 0.5) / stations
    near = radius * 0.62
    sheet.shaded(
        x - near * math.cos(angle), y - near * math.sin(angle), radius * 0.46, sheet.sun, sheet.dark,
        angle=pick.choice((0, -20, 20)),
    )  # fmt: skip
    _swells(sheet, 430)


def tides(sheet: Sheet) -> None:
    """Seigaiha: overlapping ringed scales below a rising sun."""
    pick = sheet.random
    horizon = pick.randint(215, 255)
    sheet.shaded(
        pick.choice((215, 400, 590)), horizon - 5, pick.randint(140, 165), sheet.sun, sheet.ground,
        thick=10, gap=13,
    )  # fmt: skip
    radius, row = pick.choice((100, 114, 133)), 0
    y = horizon + radius * 0.72
    inks = (sheet.light, sheet.dark, sheet.light, sheet.middle, sheet.light, sheet.dark)
    while y < HEIGHT + radius:
        offset = 0 if row % 2 else radius
        for column in range(-1, int(WIDTH / (2 * radius)) + 2):
            for ring, ink in enumerate(inks):
                sheet.disc(column * 2 * radius + offset, y, radius * (1 - ring * 0.165), ink)
        y += radius * 0.5
        row += 1


def leaves(sheet: Sheet) -> None:
    """A stand of leaves, half of each in shade."""
    pick = sheet.random
    sheet.shaded(pick.choice((170, 630)), 180, 120, sheet.sun, sheet.dark, angle=-30, thick=8)
    count = pick.choice((4, 5))
    pitch = WIDTH / count
    for index in range(count):
        x, height, width = pitch * (index + 0.5), pick.randint(330, 560), pitch * 0.5
        top = HEIGHT - height
        halves = []
        for side in (-1, 1):
            bulge, belly = x + side * width * 1.25, x + side * width
            halves.append(
                f"M{x:.0f} {top}C{bulge:.0f} {top + height * 0.36:.0f} {belly:.0f} {top + height * 0.78:.0f} "
                f"{x:.0f} {HEIGHT + 30}z"
            )
        ink = sheet.dark if index % 2 else sheet.middle
        sheet.path(halves[0], ink)
        sheet.path(halves[1], sheet.light)
        clip = sheet.clip(f'<path d="{halves[1]}"/>')
        sheet.screen(
            clip, x - 60, top - 60, width * 2.4, height + 160, ink,
            gap=17, thin=6, thick=5, angle=pick.choice((-32, -38)),
        )  # fmt: skip
        sheet.path(f"M{x:.0f} {top}V{HEIGHT}", stroke=sheet.dark, width=3)


def strata(sheet: Sheet) -> None:
    """Hills behind hills, each screened at its own slope."""
    pick = sheet.random
    sheet.shaded(pick.choice((180, 400, 620)), 190, pick.randint(105, 135), sheet.sun, sheet.dark, thick=8)
    inks = (sheet.light, sheet.middle, sheet.dark, sheet.middle)
    for band, ink in enumerate(inks):
        y = 250 + band * 92
        left, right = y + pick.randint(-70, 70), y + pick.randint(-70, 70)
        peak, height = pick.randint(150, 650), pick.randint(70, 130)
        shape = (
            f"M0 {left}C{peak * 0.5:.0f} {left - height} {peak * 0.7:.0f} {y - height} {peak} {y - height * 0.6:.0f}"
            f"S{(peak + WIDTH) / 2:.0f} {right + 40} {WIDTH} {right}V{HEIGHT}H0z"
        )
        sheet.path(shape, ink)
        clip = sheet.clip(f'<path d="{shape}"/>')
        line = sheet.dark if ink != sheet.dark else sheet.middle
        sheet.screen(
            clip, -60, y - 130, 920, 170, line, gap=13, thin=5, thick=0.5, angle=pick.choice((-8, 0, 8))
        )
