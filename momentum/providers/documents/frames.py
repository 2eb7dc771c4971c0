"""Where something that was measured in the frame of a page's reader stands on the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from momentum.providers.documents.blocks import Box


@dataclass(frozen=True, slots=True)
class Extent:
    """Four sides in points, in the frame of the reader: x to the right, y upwards from the foot."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    def wider(self, by: float) -> Extent:
        """Return it with so many points more on each side."""
        return Extent(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def with_(self, other: Extent) -> Extent:
        """Return the smallest extent that holds both."""
        return Extent(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def shared(self, other: Extent) -> float:
        """Return the area that is in both."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def touches(self, other: Extent) -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Frame:
    """The sides of a page as its file counts them, and how it is turned when it is shown.

    `rotation` counts quarter turns to the right. `scale`: points of the reader for a unit of the file.
    """

    left: float = 0.0
    bottom: float = 0.0
    right: float = 1.0
    top: float = 1.0
    rotation: int = 0
    scale: float = 1.0

    def place(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Return where a point of the file is for who reads text that is turned so often to the left."""
        across, up = {
            0: (x - self.left, y - self.bottom),
            1: (y - self.bottom, self.right - x),
            2: (self.right - x, self.top - y),
            3: (self.top - y, x - self.left),
        }[turn]
        return across * self.scale, up * self.scale

    def size(self, turn: int) -> tuple[float, float]:
        """Return width and height of the page for who reads text that is turned so."""
        width, height = (self.right - self.left) * self.scale, (self.top - self.bottom) * self.scale
        return (height, width) if turn % 2 else (width, height)

    def box(self, extent: Extent, turn: int) -> Box:
        """Return the same place as parts of the page as it is shown."""
        corners = [
            self._shown(x, y, turn) for x in (extent.left, extent.right) for y in (extent.bottom, extent.top)
        ]
        across, down = zip(*corners, strict=True)
        return Box(
            left=_part(min(across)), top=_part(min(down)), right=_part(max(across)), bottom=_part(max(down))
        )

    def _shown(self, x: float, y: float, turn: int) -> tuple[float, float]:
        width, height = self.size(turn)
        across, down = x / (width or 1.0), 1 - y / (height or 1.0)
        for _ in range((self.rotation - turn) % 4):
            across, down = 1 - down, across
        return across, down


def _part(share: float) -> float:
    return round(min(max(share, 0.0), 1.0), 4)
