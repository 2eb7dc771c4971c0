"""Course files in a directory or a ZIP, read with suspicion: nothing in them is trusted."""

import io
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NoReturn

from django.utils.translation import gettext as _

from momentum.catalog import captions
from momentum.catalog.layout import arranged, name_of
from momentum.catalog.packages import refuse_other_files, refuse_other_packages
from momentum.core.errors import InvalidError

MAX_FILES = 200
MAX_ENTRIES = 2 * MAX_FILES  # with room for folders and what macOS adds
MAX_FILE = 5 * 1024 * 1024
MAX_TEXT = 512 * 1024
MAX_VIDEO = 500 * 1024 * 1024
# Of all files of a kind together: what is parsed, what is held in memory, and what is on disk.
MAX_TEXTS = 3 * 1024 * 1024
MAX_CAPTIONS = 3 * 1024 * 1024 // 2
MAX_TOTAL = 30 * 1024 * 1024
MAX_VIDEOS = 2 * 1024 * 1024 * 1024
# How much more may come out than lies in the ZIP, where that is much: no film, picture or text comes near it.
MAX_RATIO = 50
_SMALL = 1024 * 1024
# The list at the end of a ZIP is read before its entries can be counted.
MAX_LIST = 256 * 1024
_END = struct.Struct("<4s4H2LH")  # APPNOTE.TXT of PKWARE, 4.3.16
VIDEOS = (".mp4", ".webm")
# The last for names that say they are UTF-8, and aren't.
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, UnicodeDecodeError
)  # fmt: skip
# A fixed moment, so that the same course is the same ZIP, byte for byte.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1024 * 1024
_HEAD = 64 * 1024  # of a file that is no ZIP; what it may be shows there
# What Windows and macOS put into folders without being asked.
_ADDED = {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"}
# What editors and disks add: copies of before, and folders of their own.
_ADDED_ENDS = ("~", ".bak", ".swp", ".lnk")
_ADDED_FOLDERS = {"__MACOSX", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "Network Trash Folder"}


@dataclass(frozen=True)
class Stream:
    """A file too large to hold in memory: its size in bytes, and how it is opened, as often as need be."""

    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


type Content = bytes | Stream


def read(source: Path | BinaryIO) -> dict[str, Content]:
    """Return the files of a course folder, of a ZIP on disk, or of an open ZIP, by their path.

    Hidden files are left out, those that Windows and macOS add, and whatever lies around the folder with course.md.
    Names are read as other systems write them; see `layout.py`. Videos are given as streams, which `source` has to
    outlive.

    Raises:
        InvalidError: for anything that isn't plain files of a sensible size.
    """
    if isinstance(source, Path) and source.is_dir():
        return arranged(_read_directory(source))
    try:
        _check_list(source)
        with zipfile.ZipFile(source) as archive:
            refuse_other_packages(archive)
            return arranged(_read_zip(archive, source))
    except FileNotFoundError:
        raise InvalidError(_("File or folder not found."), code="course_file_missing") from None
    except _UNREADABLE as error:
        refuse_other_files(_head(source))
        raise InvalidError(_("This isn’t a ZIP file of a course."), code="archive_unreadable") from error


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


class _Allowance:
    """What may still be read of a course, whatever its files are."""

    def __init__(self) -> None:
        self._files = 0
        self._left = {"text": MAX_TEXTS, "captions": MAX_CAPTIONS, "file": MAX_TOTAL, "video": MAX_VIDEOS}

    def of(self, name: str) -> int:
        """Return how long the next file may be, which has this name."""
        if self._files >= MAX_FILES:
            raise _too_much()
        return min(_limit(name), self._left[_kind(name)])

    def take(self, name: str, length: int) -> None:
        """Note that a file was read.

        Raises:
            InvalidError: where it was longer than allowed.
        """
        if length > _limit(name):
            _refuse(name, _("it is too large"))
        self._files += 1
        self._left[_kind(name)] -= length
        if self._left[_kind(name)] < 0:
            raise _too_much()


def _read_directory(root: Path) -> dict[str, Content]:
    files: dict[str, Content] = {}
    allowance = _Allowance()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if _hidden(name):
            continue
        if path.is_symlink():
            _refuse(name, _("it is a link to somewhere else"))
        if path.is_dir():
            continue
        if not path.is_file():
            _refuse(name, _("it is not a regular file"))
        allowance.of(name)
        size = path.stat().st_size
        allowance.take(name, size)
        files[name] = Stream(size, partial(_open, path)) if _is_video(name) else path.read_bytes()
    return files


def _read_zip(archive: zipfile.ZipFile, source: Path | BinaryIO) -> dict[str, Content]:
    files: dict[str, Content] = {}
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise InvalidError(_("It contains too many files."), code="archive_too_large")
    if sum(entry.compress_size for entry in entries) > _length(source):
        # Several entries share the same bytes, so that little becomes a lot.
        raise InvalidError(_("This isn’t a ZIP file of a course."), code="archive_unreadable")
    allowance = _Allowance()
    for entry in entries:
        name = name_of(entry)
        if not name or _hidden(name):
            continue
        if entry.flag_bits & 0x1:
            _refuse(name, _("it is encrypted"))
        if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            _refuse(name, _("it is a link or a device, not a regular file"))
        _safe(name)
        if name.endswith("/"):
            continue
        if name in files:
            _refuse(name, _("it appears twice"))
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            _refuse(name, _("it is compressed in a way that isn’t read here"))
        data = _unpacked(archive, entry, name, allowance.of(name))
        allowance.take(name, data if isinstance(data, int) else len(data))
        files[name] = Stream(data, partial(_Entry, source, entry)) if isinstance(data, int) else data
    return files


def _check_list(source: Path | BinaryIO) -> None:
    """Refuse a ZIP whose list of entries is longer than that of any course."""
    length = _length(source)
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
        file.seek(max(length - 65_535 - _END.size, 0))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place >= 0 and len(tail) >= place + _END.size and _END.unpack_from(tail, place)[5] > MAX_LIST:
        raise _too_much()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limit: int) -> bytes | int:
    """Return what is in it; of a video, which may not fit into memory, how long it is.

    The sizes that the entry states may be lies, so what counts is what comes out: reading ends one byte beyond the
    limit, and as soon as much more has come out than went in.
    """
    length, parts = 0, []
    try:
        with archive.open(entry) as stream:
            while length <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - length))):
                length += len(chunk)
                if length > max(_SMALL, MAX_RATIO * entry.compress_size):
                    _refuse(name, _("it unpacks to far more than it is"))
                if not _is_video(name):
                    parts.append(chunk)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        _refuse(name, _("it is damaged"))
    return length if _is_video(name) else b"".join(parts)


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
                return file.read(_HEAD)
        source.seek(0)
        return source.read(_HEAD)
    except OSError:
        return b""


def _is_video(name: str) -> bool:
    return name.endswith(VIDEOS)


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    parts = name.rstrip("/").split("/")
    if path.is_absolute() or {"", ".", ".."} & set(parts) or any(sign in name for sign in "\\:\0\n\r"):
        _refuse(name, _("its name points outside the course"))
    return path


def _hidden(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    last = parts[-1].lower()
    if _ADDED_FOLDERS & set(parts) or last in _ADDED or last.startswith("~$") or last.endswith(_ADDED_ENDS):
        return True
    return any(part.startswith(".") and part.strip(".") for part in parts)


def _limit(name: str) -> int:
    return {"text": MAX_TEXT, "captions": captions.MAX_BYTES, "file": MAX_FILE, "video": MAX_VIDEO}[
        _kind(name)
    ]


def _kind(name: str) -> str:
    if _is_video(name):
        return "video"
    if name.lower().endswith(".vtt"):
        return "captions"
    return "text" if name.lower().endswith(".md") else "file"


def _length(source: Path | BinaryIO) -> int:
    return source.stat().st_size if isinstance(source, Path) else source.seek(0, io.SEEK_END)


def _too_much() -> InvalidError:
    return InvalidError(_("It is too large for a course."), code="archive_too_large")


def _refuse(name: str, problem: str) -> NoReturn:
    shown = name.encode("utf-8", "replace").decode()[:120]
    raise InvalidError(f"{shown!r}: {problem}.", code="archive_refused", data={"file": shown})
