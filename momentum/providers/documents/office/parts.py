"""The parts of an Office file and how they refer to each other (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from momentum.providers.documents.packages import Package, beside
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.xml import attribute, children, name, parsed

if TYPE_CHECKING:
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element


class Office:
    """An open Office file; `main` is the name of the part that the others hang on."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        found = [
            target
            for kind, target in self._related("", "_rels/.rels").values()
            if kind.endswith("/officeDocument")
        ]
        if not found or found[0] not in self._package:
            raise RefusedError("broken")
        self.main = found[0]

    def part(self, path: str) -> Element | None:
        """The root of a part; None where there is none of that name."""
        data = self._package.read(path) if path else b""
        return parsed(data) if data.strip() else None

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: kind and name of each part, by the references in it."""
        folder, file = posixpath.split(path)
        return self._related(path, posixpath.join(folder, "_rels", f"{file}.rels"))

    def one(self, path: str, kind: str) -> str:
        """The first part of a kind, such as "styles", that a part refers to; empty where there is none."""
        return next((to for of, to in self.related(path).values() if of.endswith(f"/{kind}")), "")

    def picture(self, pictures: Pictures, target: str) -> str:
        """Keep the picture of that name; return what it is kept under."""
        return pictures.add(self._package.read(target)) if target else ""

    def said(self, wanted: str) -> str:
        """The title or language that the file's properties name."""
        root = next(
            (
                self.part(to)
                for kind, to in self._related("", "_rels/.rels").values()
                if kind.endswith("/core-properties")
            ),
            None,
        )
        if root is None:
            return ""
        return next((" ".join((one.text or "").split()) for one in root if name(one) == wanted), "")

    def _related(self, path: str, relationships: str) -> dict[str, tuple[str, str]]:
        data = self._package.read(relationships)
        if not data:
            return {}
        return {
            attribute(one, "Id"): (attribute(one, "Type"), beside(path, attribute(one, "Target")))
            for one in children(parsed(data), "Relationship")
            if attribute(one, "TargetMode") != "External"
        }
