"""Course files in a directory or a ZIP, read with suspicion: nothing in them is trusted."""

import io
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NoReturn

from django.utils.translation import gettext as _

from momentum.catalog.packages import refuse_other_files, refuse_other_packages
from momentum.core.errors import InvalidError

MAX_FILES = 200
MAX_FILE = 5 * 1024 * 1024
MAX_TEXT = 1024 * 1024
MAX_TOTAL = 30 * 1024 * 1024
MAX_VIDEO = 500 * 1024 * 1024
VIDEOS = (".mp4", ".webm")
# A fixed moment, so that the same course is the same ZIP, byte for byte.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1024 * 1024
# What Windows and macOS put into folders without being asked.
_ADDED = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}


@dataclass(frozen=True)
class Stream:
    """A file too large to hold in memory: its size in bytes, and how it is opened, as often as need be."""

    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


type Content = bytes | Stream


def read(source: Path | BinaryIO) -> dict[str, Content]:
    """Return the files of a course folder, of a ZIP on disk, or of an open ZIP, by their path.

    Hidden files are left out, those that Windows and macOS add, and the folders that a ZIP program wraps around
    everything. Names with backslashes, as Windows PowerShell writes them, are read as paths. Videos are given as
    streams, which `source` has to outlive.

    Raises:
        InvalidError: for anything that isn't plain files of a sensible size.
    """
    if isinstance(source, Path) and source.is_dir():
        return _read_directory(source)
    try:
        with zipfile.ZipFile(source) as archive:
            refuse_other_packages(archive)
            return _unwrapped(_read_zip(archive, source))
    except FileNotFoundError:
        raise InvalidError(_("There is no such file or folder."), code="course_file_missing") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        refuse_other_files(_head(source))
        raise InvalidError(
            _("This can’t be opened as a ZIP of a course."), code="archive_unreadable"
        ) from error


def to_zip(files: Mapping[str, Content], out: IO[bytes]) -> None:
    """Write a ZIP of these files to `out`."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            # Videos are compressed as they are.
            entry.compress_type = zipfile.ZIP_DEFLATED if isinstance(data, bytes) else zipfile.ZIP_STORED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.file_size = len(data) if isinstance(data, bytes) else data.size
            with _opened(data) as stream, archive.open(entry, "w") as target:
                shutil.copyfileobj(stream, target, _CHUNK)


def to_directory(files: Mapping[str, Content], directory: Path) -> None:
    """Write these files under `directory`, which is made if need be; others in it stay."""
    for name, data in files.items():
        path = directory / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _opened(data) as stream, path.open("wb") as target:
            shutil.copyfileobj(stream, target, _CHUNK)


def _opened(data: Content) -> AbstractContextManager[IO[bytes]]:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open()


def _read_directory(root: Path) -> dict[str, Content]:
    files: dict[str, Content] = {}
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
        size = path.stat().st_size
        if size > _limit(name):
            _refuse(name, _("it is too large"))
        files[name] = Stream(size, partial(_open, path)) if _is_video(name) else path.read_bytes()
        _check_total(files)
    return files


def _read_zip(archive: zipfile.ZipFile, source: Path | BinaryIO) -> dict[str, Content]:
    files: dict[str, Content] = {}
    entries = archive.infolist()
    if len(entries) > MAX_FILES * 2:  # with room for folders and what macOS adds
        raise InvalidError(_("There are too many files in it."), code="archive_too_large")
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        if _hidden(name):
            continue
        if entry.flag_bits & 0x1:
            _refuse(name, _("it is encrypted"))
        if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            _refuse(name, _("it is a link or a device, no ordinary file"))
        _safe(name)
        if name.endswith("/"):
            continue
        if name in files:
            _refuse(name, _("it is in there twice"))
        data = _unpacked(archive, entry, name)
        files[name] = Stream(data, partial(_Entry, source, entry)) if isinstance(data, int) else data
        _check_total(files)
    return files


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes | int:
    """Return what is in it; of a video, which may not fit into memory, how long it is."""
    # The size that the entry states may be a lie, so what counts is what comes out.
    limit = _limit(name)
    try:
        with archive.open(entry) as stream:
            if _is_video(name):
                length = 0
                while length <= limit and (chunk := stream.read(_CHUNK)):
                    length += len(chunk)
                data: bytes | int = length
            else:
                data = stream.read(limit + 1)
                length = len(data)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        _refuse(name, _("it is damaged"))
    if length > limit:
        _refuse(name, _("it is too large"))
    return data


class _Entry:
    """An entry of a ZIP, which is opened anew for it."""

    def __init__(self, source: Path | BinaryIO, entry: zipfile.ZipInfo) -> None:
        self._archive = zipfile.ZipFile(source)
        self._stream = self._archive.open(entry)

    def __enter__(self) -> IO[bytes]:
        return self._stream

    def __exit__(self, *error: object) -> None:
        self._stream.close()
        self._archive.close()


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _head(source: Path | BinaryIO) -> bytes:
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                return file.read(16)
        source.seek(0)
        return source.read(16)
    except OSError:
        return b""


def _is_video(name: str) -> bool:
    return name.endswith(VIDEOS)


def _unwrapped(files: dict[str, Content]) -> dict[str, Content]:
    while "course.md" not in files and len({name.partition("/")[0] for name in files}) == 1:
        if any("/" not in name for name in files):
            break
        files = {name.partition("/")[2]: data for name, data in files.items()}
    return files


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    parts = name.rstrip("/").split("/")
    if path.is_absolute() or {"", ".", ".."} & set(parts) or any(sign in name for sign in "\\:\0\n\r"):
        _refuse(name, _("its name leads out of the course"))
    return path


def _hidden(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    if parts[0] == "__MACOSX" or parts[-1].lower() in _ADDED or parts[-1].startswith("~$"):
        return True
    return any(part.startswith(".") and part.strip(".") for part in parts)


def _limit(name: str) -> int:
    if _is_video(name):
        return MAX_VIDEO
    return MAX_TEXT if name.endswith((".md", ".vtt")) else MAX_FILE


def _check_total(files: dict[str, Content]) -> None:
    in_memory = sum(len(data) for data in files.values() if isinstance(data, bytes))
    if len(files) > MAX_FILES or in_memory > MAX_TOTAL:
        raise InvalidError(_("There is too much in it for a course."), code="archive_too_large")


def _refuse(name: str, problem: str) -> NoReturn:
    shown = name.encode("utf-8", "replace").decode()[:120]
    raise InvalidError(f"{shown!r}: {problem}.", code="archive_refused", data={"file": shown})
