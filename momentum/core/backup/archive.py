"""Copy a database, and the media that belong to it, into one file and back."""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO, cast

import psycopg
from psycopg import sql

from momentum.core.backup.encryption import seal
from momentum.core.backup.manifest import Manifest, mark
from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.database.errors import PostgresError
from momentum.core.database.process_kinds import Kind
from momentum.core.database.version_check import Migration
from momentum.core.postgres.binaries import locate

DUMP = "database.dump"
MEDIA = "media"
MANIFEST = "manifest.json"
RESTORING = "momentum-restore-"
END = "complete"  # the last entry: a tar that was cut off between two files looks whole otherwise
SCHEMAS = """
select distinct n.nspname from pg_namespace n left join pg_class c on c.relnamespace = n.oid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and (c.oid is not null or n.nspname <> 'public')
"""


def backup(
    address: Address, file: Path, *, media: Path | None = None, secret_key: str = "", passphrase: str = ""
) -> Manifest:
    """Write the database at this address and the files under `media` to `file`, a tar archive; say what is in it.

    With a passphrase the secret key travels along, sealed. The file appears under its name only when it is complete,
    and only its owner may read it.
    """
    file = file.absolute()
    manifest = Manifest(
        migrations=_migrations(address),
        key=seal(secret_key, passphrase) if secret_key and passphrase else None,
        key_mark=mark(secret_key) if secret_key else "",
    )
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as workshop:
            dump = Path(workshop) / DUMP
            _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"], address)
            archive = Path(workshop) / "archive"
            with os.fdopen(os.open(archive, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as written:
                with tarfile.open(fileobj=written, mode="w") as tar:
                    _add(tar, dump, DUMP, manifest)
                    for path in _uploads(media):
                        _add(tar, path, f"{MEDIA}/{path.relative_to(media or path)}", manifest)
                    _add_words(tar, MANIFEST, manifest.dumps())
                    _add_words(tar, END, b"")
                written.flush()
                os.fsync(written.fileno())
            archive.replace(file)
    except OSError as error:
        raise PostgresError(f"The backup could not be written to {file}: {error.strerror}.") from error
    return manifest


def restore(
    address: Address,
    file: Path,
    *,
    media: Path | None = None,
    replace: bool = False,
    known: Collection[Migration] | None = None,
) -> Manifest | None:
    """Bring back what `backup` wrote into the empty database at this address, or with `replace`, over what is there.

    The archive is read to its end and each file held against its checksum before anything is changed, and the database
    changes in one transaction. `known` are the migrations of this code: a backup that has others is refused. Return
    what the backup says of itself; one that an older version made says nothing.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=RESTORING, dir=_roomy(media)) as workshop:
            manifest = _unpack(file, Path(workshop))
            if manifest and known is not None:
                manifest.refuse_newer(known)
            script = Path(workshop) / "script.sql"
            dump = Path(workshop) / DUMP
            whole = Path(workshop) / "whole.sql"
            _run("pg_restore", ["--no-owner", "--no-privileges", f"--file={whole}", str(dump)])
            _for_any_server(whole, script)
            existing = _schemas(address)
            if existing and not replace:
                raise PostgresError(
                    "This database is not empty. Restore into a new MOMENTUM_HOME, or add --replace to put the "
                    "backup in its place; what is there now will be gone."
                )
            _load(address, script, existing)
            restored = Path(workshop) / MEDIA
            if media and restored.is_dir():
                _put_in_place(restored, media)
            return manifest
    except (tarfile.TarError, EOFError, ValueError):
        raise PostgresError(f"{file} is not a complete Momentum backup.") from None
    except FileNotFoundError:
        raise PostgresError(f"There is no file {file}.") from None
    except OSError as error:
        raise PostgresError(f"The backup {file} could not be restored: {error.strerror}.") from error


def read_manifest(file: Path) -> Manifest | None:
    """Return what a backup says of itself; None for what is none, or was made before backups said anything."""
    try:
        with tarfile.open(file, "r:") as tar:
            found = tar.extractfile(MANIFEST)
            return Manifest.loads(found.read()) if found else None
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError):
        return None


def _uploads(media: Path | None) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file()) if media and media.is_dir() else []


def _add(tar: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    info = tar.gettarinfo(str(path), name)
    with path.open("rb") as source:
        summed = _Summed(source)
        tar.addfile(info, cast("BinaryIO", summed))
    manifest.files[name] = summed.digest.hexdigest()


def _add_words(tar: tarfile.TarFile, name: str, words: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(words)
    tar.addfile(info, io.BytesIO(words))


class _Summed:
    """A file that is added up while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def _migrations(address: Address) -> list[Migration]:
    """Return what has been applied to a database, which may be empty."""
    with _connect(address) as connection:
        row = connection.execute("select to_regclass('public.django_migrations') is not null").fetchone()
        if not (row and row[0]):
            return []
        return [
            (str(app), str(name))
            for app, name in connection.execute("select app, name from django_migrations")
        ]


def _roomy(media: Path | None) -> Path | None:
    """Unpack beside the media folder, so that putting it in place is a rename."""
    if media is None:
        return None
    media.parent.mkdir(parents=True, exist_ok=True)
    return media.parent


def _unpack(file: Path, into: Path) -> Manifest | None:
    with tarfile.open(file, "r:") as tar:
        tar.extractall(into, filter="data")
    if not (into / DUMP).is_file() or not (into / END).is_file():
        raise tarfile.TarError
    if not (into / MANIFEST).exists():
        return None
    manifest = Manifest.loads((into / MANIFEST).read_bytes())
    found = {str(path.relative_to(into)): path for path in into.rglob("*") if path.is_file()}
    for name in (MANIFEST, END):
        del found[name]
    for name in sorted(found.keys() | manifest.files.keys()):
        if name not in found or name not in manifest.files or _sum(found[name]) != manifest.files[name]:
            raise PostgresError(
                f"The backup is damaged: {name} in it isn't what was written. Use another copy of it."
            )
    return manifest


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _schemas(address: Address) -> list[str]:
    """Return the schemas that hold anything."""
    with _connect(address) as connection:
        rows = connection.execute(SCHEMAS)
        return [name for (name,) in rows]


def _for_any_server(whole: Path, script: Path) -> None:
    """Leave out the one setting that our programs write and a server older than PostgreSQL 17 does not know."""
    with whole.open("rb") as source, script.open("wb") as target:
        for _ in range(100):
            line = source.readline()
            if not line.startswith(b"SET transaction_timeout"):
                target.write(line)
        shutil.copyfileobj(source, target)
    whole.unlink()


def _load(address: Address, script: Path, existing: Iterable[str]) -> None:
    """Run the script and, before it, the removal of what is there, as one transaction."""
    prelude = script.with_name("prelude.sql")
    with _connect(address) as connection:
        lines: list[sql.Composable] = [
            sql.SQL("drop schema {} cascade;").format(sql.Identifier(name)) for name in existing
        ]
        if "public" in existing:
            lines.append(sql.SQL("create schema public;"))
        prelude.write_text(
            "\n".join(["set client_min_messages = warning;", *(line.as_string(connection) for line in lines)])
        )
    options = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run("psql", [*options, f"--file={prelude}", f"--file={script}"], address)


def _put_in_place(restored: Path, media: Path) -> None:
    before = restored.with_name("media-before")
    if media.exists():
        media.rename(before)  # removed with the workshop
    try:
        restored.rename(media)
    except OSError:
        shutil.copytree(restored, media, dirs_exist_ok=True)


def _connect(address: Address) -> psycopg.Connection:
    try:
        return connect(address, Kind.MIGRATION, autocommit=True)
    except psycopg.OperationalError as error:
        raise PostgresError(f"The database does not answer: {str(error).strip().splitlines()[0]}.") from error


def _run(name: str, options: list[str], address: Address | None = None) -> None:
    """Run one of PostgreSQL's own programs; the password goes through the environment, where `ps` cannot see it."""
    environment = {"PATH": os.defpath, "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}
    if address:
        environment["PGPASSWORD"] = address.password
        options = [*options, f"--dbname={address.libpq()}"]
    done = subprocess.run(
        [str(locate().program(name)), *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise PostgresError(_explain(name, done.stderr))


def _explain(name: str, said: str) -> str:
    if "server version mismatch" in said:
        return (
            f"The database server is newer than the programs Momentum brings (PostgreSQL {locate().major}). "
            "Use the pg_dump and pg_restore that came with your server."
        )
    if "No space left on device" in said:
        return "The disk is full. Make room on it and try again."
    if "does not appear to be a valid archive" in said or "could not read from input file" in said:
        return "The backup file is damaged or not complete. Nothing was changed."
    if "unrecognized configuration parameter" in said:
        return (
            "The database server is older than the one the backup was made from. "
            "Restore into a server of that version."
        )
    lines = (
        [line for line in said.splitlines() if "error" in line.lower()] or said.splitlines() or ["nothing"]
    )
    return f"{name} failed; it said: {lines[0].strip()}"
