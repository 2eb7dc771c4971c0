"""Copy a database, and the media that belong to it, into one file and back."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.database.errors import PostgresError
from momentum.core.database.kinds import Kind
from momentum.core.postgres.binaries import locate

DUMP = "database.dump"
MEDIA = "media"
END = "complete"  # the last entry: a tar that was cut off between two files looks whole otherwise
SCHEMAS = """
select distinct n.nspname from pg_namespace n left join pg_class c on c.relnamespace = n.oid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and (c.oid is not null or n.nspname <> 'public')
"""


def backup(address: Address, file: Path, *, media: Path | None = None) -> Path:
    """Write the database at this address and the files under `media` to `file`, a tar archive; return its path.

    The file appears under its name only when it is complete.
    """
    file = file.absolute()
    _connect(address).close()  # refused here, where a server is too old or a pooler answers
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as workshop:
            dump = Path(workshop) / DUMP
            _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"], address)
            archive = Path(workshop) / "archive"
            with tarfile.open(archive, "w") as tar:
                tar.add(dump, DUMP)
                if media and media.is_dir():
                    tar.add(media, MEDIA)
                tar.addfile(tarfile.TarInfo(END))
            with archive.open("rb") as written:
                os.fsync(written.fileno())
            archive.replace(file)
    except OSError as error:
        raise PostgresError(f"The backup could not be written to {file}: {error.strerror}.") from error
    return file


def restore(address: Address, file: Path, *, media: Path | None = None, replace: bool = False) -> None:
    """Bring back what `backup` wrote into the empty database at this address, or with `replace`, over what is there.

    The archive is read to its end before anything is changed, and the database changes in one transaction.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="momentum-restore-", dir=_roomy(media)) as workshop:
            _unpack(file, Path(workshop))
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
    except (tarfile.TarError, EOFError):
        raise PostgresError(f"{file} is not a complete Momentum backup.") from None
    except FileNotFoundError:
        raise PostgresError(f"There is no file {file}.") from None
    except OSError as error:
        raise PostgresError(f"The backup {file} could not be restored: {error.strerror}.") from error


def _roomy(media: Path | None) -> Path | None:
    """Unpack beside the media folder, so that putting it in place is a rename."""
    if media is None:
        return None
    media.parent.mkdir(parents=True, exist_ok=True)
    return media.parent


def _unpack(file: Path, into: Path) -> None:
    with tarfile.open(file, "r:") as tar:
        tar.extractall(into, filter="data")
    if not (into / DUMP).is_file() or not (into / END).is_file():
        raise tarfile.TarError


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
