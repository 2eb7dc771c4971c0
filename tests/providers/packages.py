"""Files of Office and EPUB made by hand: ZIP archives of the parts that a test is about."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

from PIL import Image

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:a="{_A}" xmlns:p="{_P}" xmlns:m="{_M}" xmlns:wp="{_WP}"'
    f' xmlns:mc="{_MC}"'
)


def archive(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def picture(colour: str = "firebrick", size: tuple[int, int] = (300, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def relationships(*targets: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{to}"/>' for name, kind, to in targets
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def paragraph(text: str = "", style: str = "", *, properties: str = "", inside: str = "") -> str:
    """A paragraph of Word; `inside` stands after the text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = f"<w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{words}{inside}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
    for name, called in (
        ("Title", "Title"), ("Berschrift1", "heading 1"), ("Berschrift2", "heading 2"), ("Caption", "caption"),
        ("Quote", "Quote"), ("Code", "Source Code"), ("TOC1", "toc 1"),
    )
)  # fmt: skip
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, style, text in ((0, "decimal", "%1."), (1, "lowerLetter", "%2)"))
)
_BULLETS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>' for level in range(3)
)
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{_BULLETS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def docx(
    *body: str, title: str = "", footnotes: str = "", pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """A Word document of these paragraphs and tables. List 1 is numbered, list 2 has bullets."""
    media = {f"word/media/{name}": data for name, data in (pictures or {}).items()}
    targets = [
        ("s", "styles", "styles.xml"),
        ("n", "numbering", "numbering.xml"),
        ("f", "footnotes", "footnotes.xml"),
    ]
    targets += [(name.partition(".")[0], "image", f"media/{name}") for name in pictures or {}]
    return archive({
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": relationships(("1", "officeDocument", "word/document.xml")).replace(
            "</Relationships>",
            '<Relationship Id="2" Type="x/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        ),
        "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{_NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{footnotes}</w:footnotes>",
        "word/_rels/document.xml.rels": relationships(*targets),
        **media,
    })  # fmt: skip


def drawing(reference: str, words: str = "") -> str:
    properties = f'<wp:docPr id="1" name="x" descr="{words}"/>'
    return f'<w:r><w:drawing>{properties}<a:blip r:embed="{reference}"/></w:drawing></w:r>'


def shape(*paragraphs: str, holder: str | None = None, place: tuple[int, int] | None = None) -> str:
    """A shape of a slide; `holder` is the type of its placeholder."""
    held = f'<p:nvPr><p:ph type="{holder}"/></p:nvPr>' if holder else "<p:nvPr/>"
    at = f'<a:xfrm><a:off x="{place[0]}" y="{place[1]}"/><a:ext cx="100" cy="100"/></a:xfrm>' if place else ""
    rows = "".join(
        one if one.startswith("<") else f"<a:p><a:r><a:t>{escape(one)}</a:t></a:r></a:p>"
        for one in paragraphs
    )
    about = f"<p:nvSpPr><p:cNvPr id='1' name='x'/>{held}</p:nvSpPr><p:spPr>{at}</p:spPr>"
    return f"<p:sp>{about}<p:txBody>{rows}</p:txBody></p:sp>"


def pptx(*slides: str, hidden: tuple[int, ...] = (), notes: Mapping[int, str] | None = None) -> bytes:
    """Slides of these shapes; `hidden` and `notes` are by their numbers, from 1."""
    notes = notes or {}
    members = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": relationships(("1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{255 + at}" r:id="s{at}"/>' for at in range(1, len(slides) + 1))
        + '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relationships(
            *[(f"s{at}", "slide", f"slides/slide{at}.xml") for at in range(1, len(slides) + 1)]
        ),
    }
    for at, slide in enumerate(slides, 1):
        show = ' show="0"' if at in hidden else ""
        members[f"ppt/slides/slide{at}.xml"] = (
            f"<p:sld {_SPACES}{show}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
        )
        if at in notes:
            members[f"ppt/slides/_rels/slide{at}.xml.rels"] = relationships(
                ("n", "notesSlide", f"../notesSlides/notes{at}.xml")
            )
            members[f"ppt/notesSlides/notes{at}.xml"] = (
                f"<p:notes {_SPACES}><p:cSld><p:spTree>{shape(notes[at], holder='body')}</p:spTree></p:cSld></p:notes>"
            )
    return archive(members)


def epub(
    *chapters: str, title: str = "The book of tides", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A book whose files hold these bodies."""
    items = "".join(
        f'<item id="c{at}" href="text/c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    return archive({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OEBPS/book.opf"/></container>',
        "OEBPS/book.opf": "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>",
        **{
            f"OEBPS/text/c{at}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
            for at, body in enumerate(chapters)
        },
        **(more or {}),
    })  # fmt: skip
