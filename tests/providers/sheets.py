"""Writes PDFs by hand, byte by byte, so that a test decides where each letter stands and what the file says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_FONTS = {
    "plain": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "bold": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    "code": b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
}
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""
_PICTURE = b"\x80" * 300  # ten by ten grey pixels


@dataclass
class Sheet:
    """A page. `marks` are lines of PDF operators; boxes are left, bottom, right, top; `turned` is /Rotate."""

    marks: list[str] = field(default_factory=list)
    media: Sequence[float] = (0, 0, 400, 600)
    crop: Sequence[float] | None = None
    turned: int = 0
    more: str = ""

    def say(
        self, x: float, y: float, text: str, size: float = 10, font: str = "plain", *, how: str = ""
    ) -> "Sheet":
        """Print a line; `how` are operators before it, such as "1 g" for white."""
        self.marks.append(f"q BT {how} /{font} {size} Tf {x} {y} Td {_string(text, font)} Tj ET Q")
        return self

    def tell(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float = 10,
        font: str = "plain",
        *,
        how: str = "",
    ) -> "Sheet":
        """Print lines below each other."""
        for at, line in enumerate(lines):
            self.say(x, y - 1.2 * size * at, line, size, font, how=how)
        return self

    def mark(self, operators: str) -> "Sheet":
        self.marks.append(operators)
        return self


def _string(text: str, font: str) -> str:
    if font in _FONTS:
        escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return f"({escaped.decode('latin-1')})"
    return f"<{text.encode('utf-16-be').hex()}>"


def pdf(*sheets: Sheet, title: str = "", labels: str = "") -> bytes:
    """Put the sheets into a file. Fonts are plain, bold, code; "any" for every script, "mute" says no meanings."""
    objects: list[bytes] = [
        f"<</Type/Catalog/Pages 2 0 R{f'/PageLabels<</Nums[{labels}]>>' if labels else ''}>>".encode(),
        b"",
        b"<<"
        + b"".join(b"/%s %s" % (name.encode(), font) for name, font in _FONTS.items())
        + b"/any 4 0 R/mute 5 0 R>>",
        _composite(6, b"/ToUnicode 7 0 R"),
        _composite(8, b""),
        _descendant(b"AnyScript"),
        b"<</Length %d>>stream\n%s\nendstream" % (len(_TO_UNICODE), _TO_UNICODE),
        _descendant(b"AAAAAA+Mute"),
        b"<</Title (%s)>>" % title.encode("latin-1"),
        b"<</Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceRGB/Length %d>>stream\n"
        b"%s\nendstream" % (len(_PICTURE), _PICTURE),
        b"<</Faint<</ca 0/CA 0>>>>",
    ]
    pages = []
    for sheet in sheets:
        content = "\n".join(sheet.marks).encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        crop = f"/CropBox[{_box(sheet.crop)}]" if sheet.crop else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{_box(sheet.media)}]{crop}/Rotate {sheet.turned}{sheet.more}"
            f"/Contents {len(objects)} 0 R"
            "/Resources<</Font 3 0 R/XObject<</Picture 10 0 R>>/ExtGState 11 0 R>>>>".encode()
        )
        pages.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>".encode()
    return _file(objects)


def _box(sides: Sequence[float]) -> str:
    return " ".join(map(str, sides))


def _composite(descendant: int, more: bytes) -> bytes:
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/AnyScript/Encoding/Identity-H/DescendantFonts[%d 0 R]%s>>"
        % (descendant, more)
    )


def _descendant(name: bytes) -> bytes:
    return (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/%s/Flags 4/Ascent 800/Descent -200"
        b"/FontBBox[0 -200 1000 800]/ItalicAngle 0/CapHeight 700/StemV 80>>>>" % (name, name)
    )


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.6\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info 9 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(out),
    )
    return out + table + trailer
