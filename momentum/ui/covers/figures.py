"""Motifs of made things: coins, arches, letters, halves."""

from momentum.ui.covers.palette import CREAM
from momentum.ui.covers.sheet import HEIGHT, WIDTH, Sheet


def columns(sheet: Sheet) -> None:
    """Columns of coin and ledger, shaded like an engraved banknote."""
    pick = sheet.random
    count = pick.choice((5, 6, 7))
    width = WIDTH / count
    heights = [pick.uniform(0.22, 0.5) for _ in range(count)]
    if pick.random() < 0.7:
        heights = [height + index * 0.055 for index, height in enumerate(sorted(heights))]
    place = pick.randint(0, count - 3) if heights[0] < heights[-1] else count - 2
    sheet.shaded(
        width * (place + 1),
        175,
        pick.randint(96, 116),
        sheet.sun,
        sheet.dark,
        angle=pick.choice((-30, 0, 30)),
    )
    for index, height in enumerate(heights):
        x, top = index * width, HEIGHT - HEIGHT * height
        fill = (sheet.middle, sheet.light, sheet.dark)[(index + pick.randrange(2)) % 3]
        ink = sheet.dark if fill != sheet.dark else sheet.middle
        if pick.random() < 0.62:
            _coins(sheet, x, top, width, fill, ink)
        else:
            sheet.rect(x, top, width + 1, HEIGHT, fill)
            clip = sheet.clip(f'<rect x="{x:.1f}" y="{top:.0f}" width="{width:.1f}" height="{HEIGHT}"/>')
            sheet.screen(clip, x, top, width, HEIGHT - top, ink, gap=15, thin=1, thick=12)


def _coins(sheet: Sheet, x: float, top: float, width: float, fill: str, ink: str) -> None:
    rx, ry = width / 2, width * 0.17
    sheet.path(f"M{x:.1f} {top:.1f}a{rx:.1f} {ry:.1f} 0 0 1 {width:.1f} 0V{HEIGHT}H{x:.1f}z", fill)
    shade = sheet.clip(f'<rect x="{x + rx:.1f}" y="0" width="{rx:.1f}" height="{HEIGHT}"/>')
    rims, y = "", top
    while y < HEIGHT + ry:
        rims += f"M{x:.1f} {y:.1f}a{rx:.1f} {ry:.1f} 0 0 0 {width:.1f} 0"
        y += 20
    sheet.path(rims, stroke=ink, width=2.5)
    sheet.add(
        f'<g clip-path="url(#{shade})"><path d="{rims}" fill="none" stroke="{ink}" stroke-width="9"/></g>'
    )
    face = sheet.light if fill != sheet.light else CREAM
    sheet.add(f'<ellipse cx="{x + rx:.1f}" cy="{top:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{face}"/>')
    sheet.add(
        f'<ellipse cx="{x + rx:.1f}" cy="{top:.1f}" rx="{rx * 0.62:.1f}" ry="{ry * 0.62:.1f}" fill="none" '
        f'stroke="{ink}" stroke-width="3"/>'
    )


def arcade(sheet: Sheet) -> None:
    """Nested arches, one of them open on the sun."""
    pick = sheet.random
    count = pick.choice((2, 3, 3, 4))
    pitch, open_at, base = WIDTH / count, pick.randrange(count), 520 if count < 4 else 500
    sheet.rect(0, base, WIDTH, HEIGHT - base, sheet.dark)
    for index in range(count):
        x, margin = index * pitch, pitch * 0.07
        width = pitch - 2 * margin
        radius, step = width / 2, width * 0.105
        spring = max(radius + 46 + (index * 37 % 3) * 22, base - radius * 1.25 - 90)
        fills = [sheet.light, sheet.dark, sheet.middle, sheet.ground]
        if index == open_at:
            fills = [sheet.light, sheet.middle, sheet.dark, sheet.dark]
        elif (index + open_at) % 2 and count > 2:
            fills = [sheet.middle, sheet.dark, sheet.light, sheet.middle]
        inner, shape = radius, ""
        for ring, fill in enumerate(fills):
            inner = radius - ring * step
            left = x + margin + ring * step
            shape = f"M{left:.1f} {base}V{spring:.1f}a{inner:.1f} {inner:.1f} 0 0 1 {2 * inner:.1f} 0V{base}z"
            sheet.path(shape, fill)
        clip = sheet.clip(f'<path d="{shape}"/>')
        if index == open_at:
            sheet.add(
                f'<g clip-path="url(#{clip})"><circle cx="{x + pitch / 2:.0f}" cy="{spring + inner * 0.55:.0f}" '
                f'r="{inner * 0.78:.0f}" fill="{sheet.sun}"/></g>'
            )
            below = spring + inner * 0.2
            sheet.screen(clip, x, below, pitch, base - below, sheet.dark, gap=12, thick=11)
        else:
            ink = sheet.dark if fills[-1] != sheet.dark else sheet.middle
            sheet.screen(
                clip, x, spring - inner, pitch, base - spring + inner, ink,
                gap=13, thin=9, thick=0.5, angle=pick.choice((0, 90)),
            )  # fmt: skip
    sheet.path(
        "".join(f"M0 {base + 22 + step * 22}h{WIDTH}" for step in range(3)), stroke=sheet.middle, width=3
    )


def halves(sheet: Sheet) -> None:
    """Two sides of a table: facing half-discs that interleave."""
    pick = sheet.random
    radius, y, gap, rings = (
        pick.choice((175, 200, 225)) * 1.22,
        300,
        pick.choice((0, 46, -40)),
        pick.choice((4, 5)),
    )
    left, right, shift = 400 - gap / 2 - 10, 400 + gap / 2 + 10, pick.choice((-75, -50, 50, 75))
    for x, middle, sweep, inks in (
        (left, y + shift, 0, (sheet.dark, sheet.light, sheet.middle, sheet.dark, sheet.light)),
        (right, y - shift, 1, (sheet.middle, sheet.dark, sheet.light, sheet.middle, sheet.dark)),
    ):
        for ring in range(rings):
            inner = radius - ring * radius / rings
            sheet.path(
                f"M{x:.0f} {middle - inner:.0f}a{inner:.0f} {inner:.0f} 0 0 {sweep} 0 {2 * inner:.0f}z",
                inks[ring],
            )
    side = -1 if pick.random() < 0.5 else 1
    sun_y = y + (shift if side > 0 else -shift) * 2.05
    sheet.shaded(
        400 + side * pick.randint(245, 275), sun_y, 70, sheet.sun, sheet.dark, angle=30, thick=7, gap=10
    )
    sheet.rect(0, 556, WIDTH, 44, sheet.dark)
    clip = sheet.clip(f'<rect x="0" y="500" width="{WIDTH}" height="56"/>')
    sheet.screen(clip, 0, 502, WIDTH, 52, sheet.dark, thin=0.6, thick=7)


def type_case(sheet: Sheet) -> None:
    """Counters, bowls, stops and commas on a grid of four by three."""
    pick, unit = sheet.random, 200
    kinds = ["bowl", "bowl", "arch", "lines", "comma", "stop", "stem", "quarter", "quarter", "lines"]
    kinds += [pick.choice(("bowl", "quarter", "stem")) for _ in range(2)]
    pick.shuffle(kinds)
    kinds[pick.choice((1, 2, 5, 6, 9, 10))] = "sun"
    for index, kind in enumerate(kinds):
        x, y, turn = (index % 4) * unit, (index // 4) * unit, pick.randrange(4)
        fill = pick.choices((sheet.dark, sheet.light, sheet.middle), (5, 3, 2))[0]
        if (index + index // 4) % 2 and kind != "sun" and pick.random() < 0.55:
            sheet.rect(x, y, unit, unit, sheet.middle)
            fill = sheet.dark if fill == sheet.middle else fill
        if kind == "sun":
            sheet.shaded(
                x + 100, y + 100, 88, sheet.sun, sheet.dark, angle=pick.choice((0, 90, 45)), thick=8, gap=10
            )
        elif kind == "lines":
            lengths = (160, 160, 148, 160, 154, pick.randint(50, 110))
            for row, length in enumerate(lengths):
                sheet.rect(x + 20, y + 24 + row * 28, length, 11, sheet.dark)
        elif kind == "stop":
            sheet.disc(x + 100, y + 100, 52, fill)
        else:
            rotation = "" if kind == "comma" else f' transform="rotate({turn * 90} {x + 100} {y + 100})"'
            sheet.path(_glyph(kind, x, y), fill, extra=f'{rotation} fill-rule="evenodd"')


def _glyph(kind: str, x: int, y: int) -> str:
    return {
        "quarter": f"M{x} {y}h200a200 200 0 0 1 -200 200z",
        "bowl": f"M{x} {y}h100a100 100 0 0 1 0 200h-100zM{x + 62} {y + 62}v76h36a38 38 0 0 0 0 -76z",
        "arch": f"M{x} {y + 200}v-100a100 100 0 0 1 200 0v100h-66v-96a34 34 0 0 0 -68 0v96z",
        "stem": f"M{x + 66} {y}h68v200h-68z",
        "comma": (
            f"M{x + 100} {y + 30}a54 54 0 0 1 54 54c0 52 -34 84 -84 96v-30c26 -8 40 -22 42 -42"
            "a54 54 0 1 1 -12 -78z"
        ),
    }[kind]


def echoes(sheet: Sheet) -> None:
    """Rings spreading from two places until they meet."""
    pick = sheet.random
    y = pick.choice((240, 300, 360))
    places = [(pick.randint(120, 260), y, sheet.dark), (pick.randint(540, 680), 600 - y, sheet.light)]
    pitch = pick.choice((34, 42))
    for x, middle, ink in places:
        for ring in range(2, 13):
            sheet.add(
                f'<circle cx="{x}" cy="{middle}" r="{ring * pitch}" fill="none" stroke="{ink}" '
                f'stroke-width="{max(3, 15 - ring)}"/>'
            )
    sheet.shaded(places[0][0], places[0][1], pitch * 1.5, sheet.sun, sheet.dark, thick=7, gap=9)
    sheet.disc(places[1][0], places[1][1], pitch * 1.2, sheet.middle)
    clip = sheet.clip(f'<rect x="0" y="500" width="{WIDTH}" height="100"/>')
    sheet.rect(0, 500, WIDTH, 100, sheet.dark)
    sheet.screen(clip, 0, 504, WIDTH, 90, sheet.middle, thin=0.5, thick=9)
