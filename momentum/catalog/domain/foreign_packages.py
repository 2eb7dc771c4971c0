"""Packages of other systems: told apart by the files that their specifications demand, and named."""

import re
import zipfile
import zlib
from typing import NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from momentum.catalog.domain.file_layout import name_of, root_of
from momentum.core.errors import InvalidError

_MANIFEST_BYTES = 256 * 1024
_VERSION = re.compile(rb"<schemaversion>\s*([^<]{1,40}?)\s*</schemaversion>", re.IGNORECASE)
_CARTRIDGE = re.compile(rb"imscc|IMS\s+Common\s+Cartridge", re.IGNORECASE)
_THIN = re.compile(rb"imslticc|IMS\s+Thin\s+Common\s+Cartridge", re.IGNORECASE)
_SHARABLE = re.compile(rb"adlcp|a\0d\0l\0c\0p|ADL\s+SCORM", re.IGNORECASE)
_QUESTIONS_ALONE = re.compile(rb"imsqti|/qti/|<schema>\s*QTI", re.IGNORECASE)

# A file that only this kind of package has, beside the names that people know it by.
_MARKS = (
    ("h5p.json", gettext_noop("an H5P package")),
    ("META-INF/container.xml", gettext_noop("an EPUB book")),
    ("cmi5.xml", gettext_noop("a cmi5 package")),
    ("tincan.xml", gettext_noop("an xAPI (Tin Can) package")),
    ("course.crs", gettext_noop("an AICC package")),
    ("moodle_backup.xml", gettext_noop("a Moodle backup")),
    ("course.xml", gettext_noop("an Open edX course (OLX)")),
    ("collection.anki2", gettext_noop("an Anki deck")),
    ("word/document.xml", gettext_noop("a Word document")),
    ("ppt/presentation.xml", gettext_noop("a PowerPoint presentation")),
    ("xl/workbook.xml", gettext_noop("an Excel workbook")),
    ("META-INF/manifest.xml", gettext_noop("an OpenDocument file")),
    ("Index/Document.iwa", gettext_noop("a Pages, Keynote or Numbers document")),
)
# Notion ends every name with the page's number, and puts what it exports into a ZIP in the ZIP where it is much.
_NOTION = re.compile(
    r"(?:.*[ -])?[0-9a-f]{32}(?:_all)?(?:\.(?:md|html|csv))?|ExportBlock-[0-9a-f-]{36}.*\.zip"
)
_WEB = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive")
_HEADS = (
    (b"\xd0\xcf\x11\xe0", gettext_noop("an Office document of before 2007")),
    (b"{\\rtf", gettext_noop("a rich text document (RTF)")),
    (b"bplist00", gettext_noop("a web page saved by Safari")),
    (b"\x89PNG", gettext_noop("a picture")),
    (b"\xff\xd8\xff", gettext_noop("a picture")),
)
_PACKERS = (
    (b"\x1f\x8b", gettext_noop("a .tar.gz or .gz archive")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("a 7-Zip archive")),
    (b"Rar!", gettext_noop("a RAR archive")),
    (b"BZh", gettext_noop("a .bz2 archive")),
    (b"\xfd7zXZ\0", gettext_noop("an .xz archive")),
    (b"\x28\xb5\x2f\xfd", gettext_noop("a Zstandard archive")),
)
_IN_GZIP = (
    (gettext_noop("a Moodle backup"), (b"moodle_backup.xml", b".ARCHIVE_INDEX")),
    (
        gettext_noop("an Open edX course (OLX)"),
        (b"course.xml\0", b"/chapter/", b"/sequential/", b"/vertical/"),
    ),
)
_TAR = slice(257, 262)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SAVED_WEB_PAGE = re.compile(rb"(?:From:.*\n|[A-Z][-\w]+:.*\n)*MIME-Version:", re.IGNORECASE)


def refuse_other_packages(archive: zipfile.ZipFile) -> None:
    """Let a course pass; of a package of another system, say what it is and what can be done.

    Raises:
        InvalidError: with the code `other_package` and the package's name as data.
    """
    names = {name for name in map(name_of, archive.infolist()) if name}
    if root_of(names) is not None:
        return
    manifest = _shallowest(names, "imsmanifest.xml")
    if manifest is not None:
        _refuse(_of_manifest(archive, manifest))
    for mark, known_as in _MARKS:
        if _shallowest(names, mark) is not None:
            _refuse(_(known_as))
    pages = {name.rpartition("/")[2] for name in names if not name.endswith("/")}
    if any(_NOTION.fullmatch(page) for page in pages):
        _refuse(_("a Notion export"))
    _refuse_packed(names)
    if any(page.lower().endswith(_WEB) for page in pages):
        _refuse(_("a saved web page"))


def refuse_other_files(head: bytes) -> None:
    """Say what a file is that begins with these bytes, if it isn't a ZIP but something people know by name.

    Raises:
        InvalidError: as above.
    """
    if head.startswith(b"%PDF-"):
        raise InvalidError(
            _("This is a PDF. To make a course from it, choose Generate from documents."),
            code="other_package",
            data={"package": _("a PDF")},
        )
    _refuse_other_archives(head)
    for mark, known_as in _HEADS:
        if head.startswith(mark):
            _refuse(_(known_as))
    if head[4:8] == b"ftyp":
        _refuse(_("a video"))
    if _WEB_PAGE.match(head) or _SAVED_WEB_PAGE.match(head):
        _refuse(_("a saved web page"))
    if head.startswith((b"---\n", b"---\r\n", b"# ")):
        raise InvalidError(
            _(
                "This is a single text file. Put it into a folder with course.md and lessons, and that into a ZIP."
            ),
            code="other_package",
            data={"package": _("a text file")},
        )


def _refuse_other_archives(head: bytes) -> None:
    if head.startswith(b"\x1f\x8b"):
        _refuse_course_in_gzip(head)
    for mark, known_as in _PACKERS:
        if head.startswith(mark):
            _refuse_archive(_(known_as))
    if head[_TAR] == b"ustar":
        _refuse_archive(_("a .tar archive"))


def _refuse_course_in_gzip(head: bytes) -> None:
    """Name a course of a system that packs it as a tar; the names at its beginning tell."""
    try:
        beginning = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _MANIFEST_BYTES)
    except zlib.error:
        return
    for known_as, signs in _IN_GZIP:
        if any(sign in beginning for sign in signs):
            _refuse(_(known_as))


def _refuse_packed(names: set[str]) -> None:
    """Refuse a ZIP that has nothing in it but another one."""
    files = [name for name in names if not name.endswith("/") and not _is_added(name)]
    if len(files) == 1 and files[0].lower().endswith(".zip"):
        raise InvalidError(
            _("This is a ZIP with another ZIP in it. Unpack it, and import “%(name)s”.")
            % {"name": files[0].rpartition("/")[2]},
            code="other_package",
            data={"package": _("a ZIP in a ZIP")},
        )


def _is_added(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in {
        ".ds_store",
        "thumbs.db",
        "desktop.ini",
    }


def _shallowest(names: set[str], wanted: str) -> str | None:
    """Return where `wanted` lies: at the top, or in the one folder that is wrapped around everything."""
    found = [name for name in names if name == wanted or name.endswith(f"/{wanted}")]
    places = [name for name in found if name.removesuffix(wanted).count("/") <= 1]
    return min(places, key=len, default=None)


def _of_manifest(archive: zipfile.ZipFile, name: str) -> str:
    entry = next(one for one in archive.infolist() if name_of(one) == name)
    try:
        with archive.open(entry) as stream:
            text = stream.read(_MANIFEST_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        text = b""
    if _THIN.search(text):
        return _("a Thin Common Cartridge")
    if _CARTRIDGE.search(text):
        return _("a Common Cartridge")
    if b"adlcp" not in text and _QUESTIONS_ALONE.search(text):
        return _("a QTI package of questions")
    if text and not _SHARABLE.search(text):
        return _("an IMS content package")
    version = _VERSION.search(text)
    said = version[1].decode("ascii", "replace") if version else ""
    return _("a SCORM package (%(version)s)") % {"version": said} if said else _("a SCORM package")


def _refuse_archive(known_as: str) -> NoReturn:
    raise InvalidError(
        _(
            "This is %(package)s, which Momentum doesn’t open. Unpack it, and make a ZIP of the folder with course.md."
        )
        % {"package": known_as},
        code="other_package",
        data={"package": known_as},
    )


def _refuse(known_as: str) -> NoReturn:
    raise InvalidError(
        _(
            "This is %(package)s, which Momentum can’t import. A course comes in as a ZIP of Markdown with a "
            "course.md; or save its text as a PDF and generate a course from that."
        )
        % {"package": known_as},
        code="other_package",
        data={"package": known_as},
    )
