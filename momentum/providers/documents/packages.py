"""Files that are ZIP archives of others, such as DOCX and EPUB, opened within bounds.

A few kilobytes can unpack to gigabytes, and a table of contents can name millions of files.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote

from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from momentum.providers.documents import DocumentCode

MOST_MEMBERS: Final = 10_000
_MOST_DIRECTORY: Final = 4 * 2**20
_MOST_OF_ONE: Final = 64 * 2**20
_MOST_OF_ALL: Final = 256 * 2**20
_MOST_RATIO: Final = 400  # plain XML of one repeated row comes to a hundred
_SMALL: Final = 4 * 2**20  # whatever the ratio
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_ZIP64: Final = b"PK\x06\x07"


class PackageError(Exception):
    """The archive is not opened; `code` says why."""

    def __init__(self, code: DocumentCode) -> None:
        super().__init__(code)
        self.code: DocumentCode = code


def names_in(file: BinaryIO) -> tuple[set[str], str]:
    """Return the names of the members, and what the member "mimetype" says where there is one.

    Raises:
        PackageError: for too many members, or one of more than four gigabytes.
        zipfile.BadZipFile: for a damaged archive.
    """
    with _opened(file) as archive:
        names = set(archive.namelist())
        mimetype = ""
        if "mimetype" in names:
            with archive.open("mimetype") as member:
                mimetype = member.read(200).decode("ascii", "replace").strip()
        return names, mimetype


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - 2**16 - _END_BYTES, 0))
    tail = file.read()
    at = len(tail) - _END_BYTES
    if not (tail[at : at + 4] == _END and tail[-2:] == b"\0\0"):  # as zipfile looks for it
        at = tail.rfind(_END)
    if at < 0 or at + _END_BYTES > len(tail):
        raise zipfile.BadZipFile
    members, directory = struct.unpack("<HL", tail[at + 10 : at + 16])
    if members > MOST_MEMBERS or directory > _MOST_DIRECTORY or tail[at - 20 : at - 16] == _ZIP64:
        raise PackageError("too_heavy")
    return zipfile.ZipFile(file)


class Package:
    """An open archive whose members are read whole, no more of them together than is safe.

    Names are as paths from its root; case and leading slashes don't count.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = _opened(io.BytesIO(data))
        except PackageError as error:
            raise RefusedError(error.code) from error
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise RefusedError("broken") from error
        self._members = {
            _plain(info.filename): info for info in self._archive.infolist() if not info.is_dir()
        }
        self._left = _MOST_OF_ALL

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def read(self, name: str) -> bytes:
        """Return a member; empty bytes where there is none of that name.

        Raises:
            RefusedError: for what unpacks to more than is read here, is encrypted or damaged.
        """
        info = self._members.get(_plain(name))
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise RefusedError("encrypted")
        heavy = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
        if heavy or info.file_size > _MOST_OF_ONE or info.file_size > self._left:
            raise RefusedError("too_heavy")
        try:
            with self._archive.open(info) as member:
                data = member.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as error:
            raise RefusedError("broken") from error
        self._left -= len(data)
        return data


def beside(name: str, target: str) -> str:
    """Return the member that `target`, a relative address in the member `name`, points to."""
    path = unquote(target.partition("#")[0].replace("\\", "/"))
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()
