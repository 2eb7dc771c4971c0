"""Where a course's files lie in what people send: names of other systems, folders around it, papers beside it."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from momentum.core.errors import InvalidError

COURSE = "course.md"
_FOLDERS = {"lessons", "pictures", "videos"}
_COVER = re.compile(r"cover\.[a-z]+", re.IGNORECASE)
_MARKDOWN = re.compile(r"\.md$", re.IGNORECASE)
# What explains a folder to people, and isn't part of the course.
_PAPERS = re.compile(r"(?:readme|licen[cs]e|copying|changelog|notice)(?:[.-][^/]*)?", re.IGNORECASE)
_NO_COURSE = gettext_noop(
    "There are Markdown files in it, but no course.md, which says what the course is called and how long it is. "
    "Export any course to see how its files are laid out."
)
_UTF_8_NAMES = 0x800  # APPNOTE.TXT of PKWARE, 4.4.4, bit 11


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of a ZIP's entry as a path; that of a folder ends with a slash, and "." is "".

    Windows writes backslashes, other programs put "./" before everything, and macOS writes UTF-8 without saying so,
    and letters apart from their marks.
    """
    name = entry.orig_filename
    if not entry.flag_bits & _UTF_8_NAMES:
        with suppress(UnicodeError):  # or it is what it says: the alphabet of MS-DOS
            name = name.encode("cp437").decode()
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    while name.startswith("./"):
        name = name[2:]
    return "" if name == "." else name


def root_of(names: Iterable[str]) -> str | None:
    """Return the folder of the course, which has course.md in it: "", or one that ends with a slash; None without one.

    Raises:
        InvalidError: where there are several.
    """
    found = {name[: -len(COURSE)] for name in names if name.rpartition("/")[2].lower() == COURSE}
    if not found:
        return None
    top = min(root.count("/") for root in found)
    roots = sorted(root for root in found if root.count("/") == top)
    if len(roots) > 1:
        shown = ", ".join(root.rstrip("/") for root in roots[:5])
        raise InvalidError(
            _("There are several courses in it: %(names)s. Import them one by one.") % {"names": shown},
            code="several_courses",
        )
    return roots[0]


def arranged[Content](files: Mapping[str, Content]) -> dict[str, Content]:
    """Return a course's files by their names in it, in our spelling; what lies around it or explains it is left out.

    Raises:
        InvalidError: where two have the same name, but for capitals, or there are several courses.
    """
    root = root_of(files)
    if root is None:
        if any(_MARKDOWN.search(name) for name in files):
            raise InvalidError(_(_NO_COURSE), code="course_file_missing")
        return dict(files)
    found: dict[str, Content] = {}
    for path, content in files.items():
        if not path.startswith(root):
            continue
        name = _spelled(path.removeprefix(root))
        if _PAPERS.fullmatch(name):
            continue
        if name in found:
            raise InvalidError(
                _("“%(name)s” appears twice in it, in different capitals.") % {"name": name},
                code="archive_refused",
                data={"file": name},
            )
        found[name] = content
    return found


def _spelled(name: str) -> str:
    first, slash, rest = name.partition("/")
    if not slash:
        return name.lower() if name.lower() == COURSE or _COVER.fullmatch(name) else name
    if first.lower() in _FOLDERS:
        first = first.lower()
    return f"{first}/{_MARKDOWN.sub('.md', rest)}" if first == "lessons" else f"{first}/{rest}"
