"""The sheet that a cover is drawn on: flat shapes and line-screen shading, as SVG."""

import hashlib
import random

from momentum.ui.covers.palette import Palette

WIDTH, HEIGHT = 800, 600


class Sheet:
    """800 by 600 units; `random` is seeded by `seed`, so the same seed draws the same picture."""

    def __init__(self, seed: str, palette: Palette) -> None:
        self.random = random.Random(int(hashlib.sha256(seed.encode()).hexdigest(), 16))  # noqa: S311 - a drawing
        self.ground, self.dark, self.middle, self.light, self.sun = palette
        self._shapes: list[str] = []
        self._clips: list[str] = []

    def add(self, shape: str) -> None:
        """Add an SVG element as it is; only constants and numbers may reach it."""
        self._shapes.append(shape)

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.add(f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{fill}"/>')

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>')

    def path(self, d: str, fill: str = "none", stroke: str = "", width: float = 0, extra: str = "") -> None:
        line = f' stroke="{stroke}" stroke-width="{width:.1f}"' if stroke else ""
        self.add(f'<path d="{d}" fill="{fill}"{line}{extra}/>')

    def clip(self, shape: str) -> str:
        """Keep a shape to draw inside of, and return its id."""
        self._clips.append(shape)
        return f"c{len(self._clips)}"

    def screen(
        self, clip: str, x: float, y: float, width: float, height: float, fill: str,
        *, gap: float = 11, thin: float = 0.5, thick: float = 8, angle: float = 0,
    ) -> None:  # fmt: skip
        """Fill the clip with rules that swell from `thin` to `thick` down the box."""
        count = max(2, int(height / gap))
        rules = []
        for index in range(count):
            at = index / (count - 1)
            weight = thin + (thick - thin) * at**1.25
            rules.append(
                f"M{x:.0f} {y + height * at - weight / 2:.1f}h{width:.0f}v{weight:.1f}h-{width:.0f}z"
            )
        turn = f' transform="rotate({angle} {x + width / 2:.0f} {y + height / 2:.0f})"' if angle else ""
        self.add(f'<g clip-path="url(#{clip})"><path{turn} d="{"".join(rules)}" fill="{fill}"/></g>')

    def shaded(
        self, x: float, y: float, radius: float, fill: str, ink: str,
        *, angle: float = 0, thick: float = 9, gap: float = 11,
    ) -> None:  # fmt: skip
        """Draw a disc whose lower part is shaded with rules."""
        self.disc(x, y, radius, fill)
        clip = self.clip(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
        self.screen(
            clip, x - radius * 1.1, y - radius * 0.55, radius * 2.2, radius * 1.65, ink,
            gap=gap, thin=0.4, thick=thick, angle=angle,
        )  # fmt: skip

    def svg(self) -> str:
        """Return the finished document."""
        clips = "".join(
            f'<clipPath id="c{number}">{shape}</clipPath>' for number, shape in enumerate(self._clips, 1)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><defs>{clips}</defs>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{self.ground}"/>{"".join(self._shapes)}</svg>'
        )
