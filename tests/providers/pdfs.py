"""Makes PDFs for tests: good ones of several kinds, and hostile ones."""

import io
from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import AccessPermission, Align
from PIL import Image, ImageDraw

from tests.providers.prose import CHAPTERS, LISTS, endless

TITLE = "A Handbook of Bees"


class _Book(FPDF):
    """With a running header and a page number on every page but the first."""

    running = ""

    def header(self) -> None:
        if self.running and self.page_no() > 1:
            self.set_font("helvetica", size=8)
            self.cell(
                0, 5, f"{self.running}   {self.page_no()}", align=Align.R, new_x="LMARGIN", new_y="NEXT"
            )
            self.ln(4)

    def footer(self) -> None:
        if self.running:
            self.set_y(-15)
            self.set_font("helvetica", size=8)
            self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align=Align.C)


def _book(running: str = "", title: str = "") -> _Book:
    pdf = _Book(format=(148, 210))
    pdf.running = running
    if title:
        pdf.set_title(title)
    pdf.add_page()
    return pdf


def _heading(pdf: FPDF, text: str, size: int = 16) -> None:
    if pdf.get_y() > 150:
        pdf.add_page()
    pdf.set_font("helvetica", style="B", size=size)
    pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _paragraph(pdf: FPDF, text: str, width: float = 0) -> None:
    pdf.set_font("times", size=11)
    pdf.multi_cell(width, 5, text, align=Align.J, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _list(pdf: FPDF, lead: str, items: Sequence[str], *, numbered: bool) -> None:
    _paragraph(pdf, lead)
    for number, item in enumerate(items, 1):
        mark = f"{number}." if numbered else "\x95"
        pdf.multi_cell(0, 5, f"{mark} {item}", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _bytes(pdf: FPDF) -> bytes:
    return bytes(pdf.output())


def handbook(*, outline: bool = True, title: str = TITLE) -> bytes:
    """Eight chapters with headers, footers, lists and steps; `outline` adds a table of contents to the file."""
    pdf = _book(running=title, title=title)
    pdf.set_font("helvetica", style="B", size=26)
    pdf.multi_cell(0, 14, title, new_x="LMARGIN", new_y="NEXT")
    pdf.add_page()
    for number, (name, paragraphs) in enumerate(CHAPTERS.items(), 1):
        _heading(pdf, f"{number}. {name}")
        if outline:
            pdf.start_section(f"{number}. {name}")
            pdf.set_y(pdf.get_y())
        for paragraph in paragraphs:
            _paragraph(pdf, paragraph)
        if name in LISTS:
            lead, items, numbered = LISTS[name]
            _list(pdf, lead, items, numbered=numbered)
    return _bytes(pdf)


def standard() -> bytes:
    """A cover set as large as its chapters, and under each chapter nothing but its purpose."""
    pdf = _book()
    _heading(pdf, "The Hive Standard", 24)
    for name, paragraphs in CHAPTERS.items():
        pdf.add_page()
        _heading(pdf, name, 24)
        _heading(pdf, "Purpose", 16)
        for paragraph in paragraphs:
            _paragraph(pdf, paragraph)
        _paragraph(pdf, "Line 3 names the keeper of the hive and is read by everybody.")
    return _bytes(pdf)


def covered() -> bytes:
    """A cover with names on it, and contents with leaders, set as large as headings; no outline in the file."""
    pdf = _book()
    _heading(pdf, "The Hive Manual", 26)
    _heading(pdf, "Ann Keeper, School of Bees", 14)
    pdf.add_page()
    for page, name in enumerate(CHAPTERS, 3):
        _heading(pdf, f"{name} . . . . {page}", 14)
    for name, paragraphs in CHAPTERS.items():
        pdf.add_page()
        _heading(pdf, name, 18)
        for paragraph in paragraphs:
            _paragraph(pdf, paragraph)
    return _bytes(pdf)


def essay() -> bytes:
    """A flat text of a few pages without a heading."""
    pdf = _book()
    for paragraphs in CHAPTERS.values():
        for paragraph in paragraphs:
            _paragraph(pdf, paragraph)
    return _bytes(pdf)


def short() -> bytes:
    """One chapter: too little for a week."""
    pdf = _book()
    for paragraph in CHAPTERS["Opening the Hive"]:
        _paragraph(pdf, paragraph)
    return _bytes(pdf)


def two_columns() -> bytes:
    """The left column is read before the right one."""
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("times", size=11)
    with pdf.text_columns(ncols=2, gutter=8, text_align="J") as columns:
        for paragraphs in CHAPTERS.values():
            for text in paragraphs:
                columns.write(text)
                columns.ln()
                columns.ln()
    return _bytes(pdf)


def hyphenated() -> bytes:
    """Words broken at the end of lines: one that is a compound, and one that is not."""
    pdf = _book()
    pdf.set_font("times", size=11)
    for line in (
        "The keeper looks after a well-known apiary near the old mill, and every inspec-",
        "tion begins with a look at the entrance. Visitors know the place as a well-",
        "known garden, where an inspection is open to all who ask for it in good time.",
    ):
        pdf.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    return _bytes(pdf)


def manual(pages: int = 150) -> bytes:
    """A long manual: parts, chapters and sections in its outline, a page or so each."""
    pdf = _book(running="The House Manual", title="The House Manual")
    _heading(pdf, "The House Manual", 26)
    number = 0
    while pdf.page_no() < pages:
        if number % 3 == 0:
            pdf.add_page()
            pdf.start_section(f"Chapter {number // 3 + 1}", level=0)
            _heading(pdf, f"Chapter {number // 3 + 1}", 18)
        words = endless(number)[0].split()
        name = f"The {words[words.index('of') + 1]} and its {words[8]} {number}"
        pdf.start_section(name, level=1)
        _heading(pdf, name, 14)
        for paragraph in endless(number):
            _paragraph(pdf, paragraph)
        number += 1
    return _bytes(pdf)


def encrypted() -> bytes:
    """Opens with a password only."""
    pdf = _book()
    _paragraph(pdf, "This text is a secret that only the password shows.")
    pdf.set_encryption(owner_password="owner", user_password="reader", permissions=AccessPermission.none())
    return _bytes(pdf)


def _scan(pdf: FPDF) -> None:
    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).text((50, 50), "A page that was only photographed", fill=0)
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    pdf.image(stored, x=10, y=10, w=120)


def scanned() -> bytes:
    """Pictures of pages, and no text."""
    pdf = _book()
    _scan(pdf)
    pdf.add_page()
    _scan(pdf)
    return _bytes(pdf)


def partly_scanned() -> bytes:
    """The handbook's text with a photographed page in its middle: page 3."""
    pdf = _book()
    names = list(CHAPTERS)
    for name in names[:2]:
        _heading(pdf, name)
        for paragraph in CHAPTERS[name]:
            _paragraph(pdf, paragraph)
    while pdf.page_no() < 3:
        pdf.add_page()
    _scan(pdf)
    for name in names[2:]:
        pdf.add_page()
        _heading(pdf, name)
        for paragraph in CHAPTERS[name]:
            _paragraph(pdf, paragraph)
    return _bytes(pdf)


def empty_pages(count: int = 3) -> bytes:
    """Pages with nothing on them."""
    pdf = FPDF()
    for _ in range(count):
        pdf.add_page()
    return _bytes(pdf)


def kerned() -> bytes:
    """A line whose spaces are set as groff sets them: white without a space, and a space without white."""
    text = (
        b"BT /F1 10 Tf 50 200 Td (Bash has indexe) Tj 2.5 Tc (da) Tj 0 Tc [250 (nd associative arrays, giv) ( ) 250"
        b" (en by name.)] TJ ET"
    )
    return _one_page(text)


def bomb(megabytes: int = 150) -> bytes:
    """A page whose content is a few kilobytes that unpack to hundreds of megabytes."""
    import zlib

    packer = zlib.compressobj(9)
    chunk = b"BT /F1 9 Tf (bees) Tj ET\n" * 40_000
    packed = b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()
    return _one_page(packed, b"/Filter/FlateDecode")


def _one_page(content: bytes, how: bytes = b"") -> bytes:
    """A file with one page of this content, written by hand."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        ),
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), how, content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    )
