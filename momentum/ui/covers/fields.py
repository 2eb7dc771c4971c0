"""Motifs of wiring and evidence."""

import math

from momentum.ui.covers.palette import CREAM
from momentum.ui.covers.sheet import HEIGHT, WIDTH, Sheet


def wiring(sheet: Sheet) -> None:
    """Truchet tiles: every route can be followed by eye."""
    pick = sheet.random
    unit = pick.choice((100, 133.34))
    half, across, down = unit / 2, round(WIDTH / unit), round(HEIGHT / unit) + 1
    arcs = []
    for row in range(down):
        for column in range(across):
            x, y = column * unit, row * unit
            if pick.random() < 0.5:
                arcs.append(f"M{x + half:.1f} {y:.1f}a{half:.1f} {half:.1f} 0 0 1 -{half:.1f} {half:.1f}")
                arcs.append(
                    f"M{x + unit:.1f} {y + half:.1f}a{half:.1f} {half:.1f} 0 0 0 -{half:.1f} {half:.1f}"
                )
            else:
                arcs.append(f"M{x + half:.1f} {y:.1f}a{half:.1f} {half:.1f} 0 0 0 {half:.1f} {half:.1f}")
                arcs.append(f"M{x:.1f} {y + half:.1f}a{half:.1f} {half:.1f} 0 0 1 {half:.1f} {half:.1f}")
    routes = "".join(arcs)
    x, y, radius = pick.choice((267, 400, 533)), pick.choice((200, 300, 400)), pick.randint(150, 175)
    sheet.path(routes, stroke=sheet.light, width=unit * 0.46)
    sheet.path(routes, stroke=sheet.dark, width=unit * 0.2)
    _sun_over(sheet, x, y, radius, routes, unit * 0.2)
    for _ in range(pick.randint(5, 7)):
        node_x, node_y = pick.randrange(across) * unit + half, pick.randrange(down) * unit
        if math.hypot(node_x - x, node_y - y) > radius + 40:
            sheet.disc(node_x, node_y, unit * 0.2, sheet.middle)
            sheet.disc(node_x, node_y, unit * 0.075, sheet.ground)


def _sun_over(sheet: Sheet, x: float, y: float, radius: float, routes: str, width: float) -> None:
    clip = sheet.clip(f'<circle cx="{x}" cy="{y}" r="{radius}"/>')
    sheet.disc(x, y, radius, sheet.sun)
    sheet.add(
        f'<g clip-path="url(#{clip})"><path d="{routes}" fill="none" stroke="{CREAM}" stroke-width="{width:.1f}"/></g>'
    )
    sheet.screen(clip, x - radius, y, 2 * radius, radius, sheet.dark, thin=0.4, thick=7)


def buses(sheet: Sheet) -> None:
    """Parallel lines that bend together at forty-five degrees and end in pads."""
    pick = sheet.random
    sheet.shaded(
        pick.choice((190, 610)), pick.choice((170, 420)), pick.randint(105, 130), sheet.sun, sheet.dark
    )
    for bundle in range(3):
        lines, pitch = pick.choice((3, 4, 5)), 26
        y, bend, drop = 70 + bundle * 190, pick.randint(140, 520), pick.choice((-120, -80, 80, 120))
        ink = (sheet.dark, sheet.middle, sheet.dark)[bundle]
        for line in range(lines):
            start, turn = y + line * pitch, bend + line * pitch * (0.41 if drop > 0 else -0.41)
            end = pick.choice((WIDTH + 10, WIDTH - pick.randint(60, 170)))
            sheet.path(
                f"M-10 {start}H{turn:.0f}l{abs(drop)} {drop}H{end}", stroke=ink, width=11,
                extra=' stroke-linejoin="round"',
            )  # fmt: skip
            if end < WIDTH:
                sheet.disc(end, start + drop, 17, ink)
                sheet.disc(end, start + drop, 7, sheet.ground)
    clip = sheet.clip(f'<rect x="0" y="540" width="{WIDTH}" height="60"/>')
    sheet.screen(clip, 0, 544, WIDTH, 54, sheet.light, gap=10, thin=1, thick=7)


def spiral(sheet: Sheet) -> None:
    """A sunflower's dots, sized by a wave."""
    pick = sheet.random
    x, y = pick.randint(280, 520), pick.randint(240, 340)
    sheet.shaded(x, y, 118, sheet.sun, sheet.dark, thick=8)
    for index in range(56, 900):
        angle, distance = index * math.pi * (3 - math.sqrt(5)), 17.5 * math.sqrt(index)
        dot_x, dot_y = x + distance * math.cos(angle), y + distance * math.sin(angle)
        if -20 < dot_x < WIDTH + 20 and -20 < dot_y < HEIGHT + 20:
            ink = (sheet.light, sheet.dark, sheet.light, sheet.middle)[index % 4]
            sheet.disc(dot_x, dot_y, 2.2 + 6.2 * (0.5 + 0.5 * math.sin(distance / 36)), ink)


def heap(sheet: Sheet) -> None:
    """Dots heaped under a bell curve, with its mean."""
    pick, grid = sheet.random, 30
    phase, mean, spread = pick.uniform(0, 6), pick.randint(320, 480), pick.randint(105, 150)
    sheet.shaded(pick.choice((150, 650)), 150, 88, sheet.sun, sheet.dark, thick=8, gap=10)
    for column in range(WIDTH // grid + 1):
        x = column * grid + 10
        bell = math.exp(-(((x - mean) / spread) ** 2) / 2)
        count = int((500 * bell * (1 + 0.07 * math.sin(column * 1.7 + phase)) + 50) / grid)
        for row in range(count):
            ink = sheet.light if row < count * 0.55 or row == count - 1 else sheet.dark
            sheet.disc(x, HEIGHT - 18 - row * grid, 12.5 - row / max(1, count) * 2.5, ink)
    sheet.path(f"M{mean} 60V{HEIGHT}", stroke=sheet.sun, width=4)


def lattice(sheet: Sheet) -> None:
    """Cells of a table, some filled, one of them the sun."""
    pick, unit = sheet.random, 100
    lit = (pick.randrange(1, 7), pick.randrange(1, 5))
    for column in range(8):
        for row in range(6):
            x, y = column * unit, row * unit
            if (column, row) == lit:
                continue
            kind = pick.random()
            if kind < 0.22:
                sheet.rect(x + 8, y + 8, 84, 84, sheet.dark)
            elif kind < 0.4:
                sheet.disc(x + 50, y + 50, 40, sheet.middle)
            elif kind < 0.58:
                clip = sheet.clip(f'<rect x="{x + 8}" y="{y + 8}" width="84" height="84"/>')
                sheet.screen(
                    clip, x - 20, y - 20, 140, 140, sheet.dark,
                    gap=12, thin=2, thick=7, angle=pick.choice((0, 45, 90)),
                )  # fmt: skip
            elif kind < 0.8:
                sheet.rect(x + 8, y + 8, 84, 84, sheet.light)
    x, y = lit[0] * unit + 50, lit[1] * unit + 50
    sheet.disc(x, y, 128, sheet.ground)
    sheet.shaded(x, y, 112, sheet.sun, sheet.dark, thick=8)
