"""Packages of other systems: told apart by the files that their specifications demand, and named."""

import re
import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
    ("word/document.xml", gettext_noop("a Word document")),
    ("ppt/presentation.xml", gettext_noop("a PowerPoint presentation")),
    ("xl/workbook.xml", gettext_noop("an Excel workbook")),
    ("META-INF/manifest.xml", gettext_noop("an OpenDocument file")),
)
_HEADS = (
    (b"%PDF-", gettext_noop("a PDF")),
    (b"\x1f\x8b", gettext_noop("a compressed archive of another kind, such as a Moodle backup")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("a 7-Zip archive")),
    (b"Rar!", gettext_noop("a RAR archive")),
)


def refuse_other_packages(archive: zipfile.ZipFile) -> None:
    """Let a course pass; of a package of another system, say what it is and what can be done.

    Raises:
        InvalidError: with the code `other_package` and the package's name as data.
    """
    names = {name.replace("\\", "/") for name in archive.namelist()}
    if any(name.rpartition("/")[2] == "course.md" for name in names):
        return
    manifest = _shallowest(names, "imsmanifest.xml")
    if manifest is not None:
        _refuse(_of_manifest(archive, manifest))
    for mark, known_as in _MARKS:
        if _shallowest(names, mark) is not None:
            _refuse(_(known_as))


def refuse_other_files(head: bytes) -> None:
    """Say what a file is that begins with these bytes, if it isn't a ZIP but something people know by name.

    Raises:
        InvalidError: as above.
    """
    for mark, known_as in _HEADS:
        if head.startswith(mark):
            _refuse(_(known_as))


def _shallowest(names: set[str], wanted: str) -> str | None:
    """Return where `wanted` lies: at the top, or in the one folder that is wrapped around everything."""
    found = [name for name in names if name == wanted or name.endswith(f"/{wanted}")]
    places = [name for name in found if name.removesuffix(wanted).count("/") <= 1]
    return min(places, key=len, default=None)


def _of_manifest(archive: zipfile.ZipFile, name: str) -> str:
    entry = next(one for one in archive.infolist() if one.filename.replace("\\", "/") == name)
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


def _refuse(known_as: str) -> None:
    raise InvalidError(
        _(
            "This is %(package)s, which Momentum can’t import. A course comes in as a ZIP of Markdown with a "
            "course.md; or save its text as a PDF and generate a course from that."
        )
        % {"package": known_as},
        code="other_package",
        data={"package": known_as},
    )
