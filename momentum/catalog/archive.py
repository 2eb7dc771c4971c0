"""Course files in a directory or a ZIP, read with suspicion: nothing in them is trusted."""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn

from django.utils.translation import gettext as _

from momentum.core.errors import InvalidError

MAX_FILES = 200
MAX_FILE = 5 * 1024 * 1024
MAX_TEXT = 1024 * 1024
MAX_TOTAL = 30 * 1024 * 1024
# A fixed moment, so that the same course is the same ZIP, byte for byte.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read(source: Path | BinaryIO) -> dict[str, bytes]:
    """Return the files of a course folder, of a ZIP on disk, or of an open ZIP, by their path.

    Hidden files are left out, and so is the one folder that a ZIP program wraps around everything.

    Raises:
        InvalidError: for anything that isn't plain files of a sensible size.
    """
    if isinstance(source, Path) and source.is_dir():
        return _read_directory(source)
    try:
        with zipfile.ZipFile(source) as archive:
            return _unwrapped(_read_zip(archive))
    except FileNotFoundError:
        raise InvalidError(_("There is no such file or folder."), code="course_file_missing") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise InvalidError(
            _("This can't be opened as a ZIP of a course."), code="archive_unreadable"
        ) from error


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def to_directory(files: Mapping[str, bytes], directory: Path) -> None:
    """Write these files under `directory`, which is made if need be; others in it stay."""
    for name, data in files.items():
        path = directory / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read_directory(root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if _hidden(name):
            continue
        if path.is_symlink():
            _refuse(name, _("it is a link to somewhere else"))
        if path.is_dir():
            continue
        if not path.is_file():
            _refuse(name, _("it is no ordinary file"))
        if path.stat().st_size > _limit(name):
            _refuse(name, _("it is too large"))
        files[name] = path.read_bytes()
        _check_total(files)
    return files


def _read_zip(archive: zipfile.ZipFile) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    entries = archive.infolist()
    if len(entries) > MAX_FILES * 2:  # with room for folders and what macOS adds
        raise InvalidError(_("There are too many files in it."), code="archive_too_large")
    for entry in entries:
        name = entry.orig_filename
        if _hidden(name):
            continue
        if entry.flag_bits & 0x1:
            _refuse(name, _("it is encrypted"))
        if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            _refuse(name, _("it is a link or a device, no ordinary file"))
        _safe(name)
        if entry.is_dir():
            continue
        if name in files:
            _refuse(name, _("it is in there twice"))
        files[name] = _unpacked(archive, entry, name)
        _check_total(files)
    return files


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    # The size that the entry states may be a lie, so what counts is what comes out.
    limit = _limit(name)
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        _refuse(name, _("it is damaged"))
    if len(data) > limit:
        _refuse(name, _("it is too large"))
    return data


def _unwrapped(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {name.partition("/")[0] for name in files}
    if "course.md" in files or len(tops) != 1:
        return files
    prefix = f"{tops.pop()}/"
    if not all(name.startswith(prefix) for name in files):
        return files
    return {name.removeprefix(prefix): data for name, data in files.items()}


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    parts = name.rstrip("/").split("/")
    if path.is_absolute() or {"", ".", ".."} & set(parts) or any(sign in name for sign in "\\:\0\n\r"):
        _refuse(name, _("its name leads out of the course"))
    return path


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part.strip(".") for part in parts)


def _limit(name: str) -> int:
    return MAX_TEXT if name.endswith(".md") else MAX_FILE


def _check_total(files: dict[str, bytes]) -> None:
    if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_TOTAL:
        raise InvalidError(_("There is too much in it for a course."), code="archive_too_large")


def _refuse(name: str, problem: str) -> NoReturn:
    shown = name.encode("utf-8", "replace").decode()[:120]
    raise InvalidError(f"{shown!r}: {problem}.", code="archive_refused", data={"file": shown})
