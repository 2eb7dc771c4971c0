"""One file out, the same things back."""

import io
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from momentum.core import backup
from momentum.core.backup import archive, leftovers, nightly
from momentum.core.backup.encryption import unseal
from momentum.core.database.address import Address
from momentum.core.database.errors import PostgresError
from momentum.core.postgres import binaries
from tests.database import url_of_test_database

PICTURE = b"\x89PNG" + bytes(50_000)

pytestmark = pytest.mark.django_db(transaction=True)


def _other(name: str) -> str:
    return url_of_test_database().replace("@/", f"@/{name}_", 1)


@pytest.fixture
def source(transactional_db: None) -> Iterator[str]:
    yield from _database("source")


@pytest.fixture
def target(transactional_db: None) -> Iterator[str]:
    yield from _database("target")


def _database(name: str) -> Iterator[str]:
    url = _other(name)
    database = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url_of_test_database(), autocommit=True) as admin:
        admin.execute(f'create database "{database}"')  # type: ignore[call-overload]
        yield url
        admin.execute(f'drop database "{database}" with (force)')  # type: ignore[call-overload]


def _fill(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create schema if not exists other")
        connection.execute(
            "create table if not exists other.words (id bigint generated always as identity, word text)"
        )
        connection.execute("insert into other.words (word) values (%s)", [word])


def _words(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("select word from other.words order by id")]


@pytest.fixture
def file(source: str, tmp_path: Path) -> Path:
    """Give a backup of a database that holds one word, and of one upload."""
    _fill(source, "quoted ' \\ and ünusual")
    (tmp_path / "uploads" / "covers").mkdir(parents=True)
    (tmp_path / "uploads" / "covers" / "a.png").write_bytes(PICTURE)
    backup.backup(Address.parse(source), tmp_path / "backup.tar", media=tmp_path / "uploads")
    return tmp_path / "backup.tar"


def test_a_backup_comes_back_whole(file: Path, target: str, tmp_path: Path) -> None:
    backup.restore(Address.parse(target), file, media=tmp_path / "new" / "media")

    assert _words(target) == ["quoted ' \\ and ünusual"]
    assert (tmp_path / "new" / "media" / "covers" / "a.png").read_bytes() == PICTURE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "new", "uploads"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["media"]


def test_restoring_over_something_needs_to_be_said(file: Path, target: str, tmp_path: Path) -> None:
    _fill(target, "here first")
    media = tmp_path / "media"
    media.mkdir()
    (media / "mine.txt").write_text("here first")

    with pytest.raises(PostgresError, match="not empty"):
        backup.restore(Address.parse(target), file, media=media)

    assert _words(target) == ["here first"]
    assert (media / "mine.txt").read_text() == "here first"

    backup.restore(Address.parse(target), file, media=media, replace=True)

    assert _words(target) == ["quoted ' \\ and ünusual"]
    assert [path.name for path in media.iterdir()] == ["covers"]


@pytest.mark.parametrize("kept", [0.02, 0.7])
def test_a_damaged_backup_changes_nothing(file: Path, target: str, tmp_path: Path, kept: float) -> None:
    _fill(target, "here first")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(PostgresError, match=r"not a complete Momentum backup|damaged"):
        backup.restore(Address.parse(target), file, replace=True)

    assert _words(target) == ["here first"]


def test_what_is_no_backup_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(PostgresError, match="There is no file"):
        backup.restore(Address.parse(target), tmp_path / "nothing.tar")
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(PostgresError, match="not a complete Momentum backup"):
        backup.restore(Address.parse(target), tmp_path / "diary.txt")


def test_a_failing_backup_leaves_the_older_one(file: Path) -> None:
    before = file.read_bytes()

    with pytest.raises(PostgresError, match="does not answer"):
        backup.backup(Address.parse(_other("nonexistent")), file)

    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["backup.tar", "uploads"]


def test_a_server_newer_than_the_programs_is_said_to_be(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = binaries.Binaries(binaries.locate().root.with_name("pginstall"), 16)
    monkeypatch.setattr(archive, "locate", lambda: older)

    with pytest.raises(PostgresError, match=r"newer than the programs Momentum brings \(PostgreSQL 16\)"):
        backup.backup(Address.parse(source), tmp_path / "backup.tar")

    assert list(tmp_path.iterdir()) == []


def _rewritten(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write a backup anew, with each of its files changed or (None) left out."""
    with tarfile.open(file) as tar:
        held = [(info.name, tar.extractfile(info)) for info in tar.getmembers() if info.isfile()]
        words = [(name, change(name, source.read())) for name, source in held if source]
    with tarfile.open(file, "w") as tar:
        for name, data in words:
            if data is not None:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


def test_every_file_is_held_against_its_checksum_and_only_its_owner_reads_a_backup(
    file: Path, target: str, tmp_path: Path
) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    _fill(target, "here first")
    whole = file.read_bytes()
    changes: list[Callable[[str, bytes], bytes | None]] = [
        lambda name, data: data.replace(b"PNG", b"GIF") if name.endswith("a.png") else data,
        lambda name, data: data[:-1] + b"!" if name == "database.dump" else data,
        lambda name, data: None if name.endswith("a.png") else data,
    ]
    for change in changes:
        file.write_bytes(whole)
        _rewritten(file, change)

        with pytest.raises(
            PostgresError, match=r"The backup is damaged: (media/covers/a\.png|database\.dump) in it"
        ):
            backup.restore(Address.parse(target), file, media=tmp_path / "media", replace=True)

        assert _words(target) == ["here first"]
        assert not (tmp_path / "media").exists()


def test_a_backup_that_an_older_version_made_comes_back(file: Path, target: str) -> None:
    _rewritten(file, lambda name, data: None if name == "manifest.json" else data)

    assert backup.restore(Address.parse(target), file) is None
    assert _words(target) == ["quoted ' \\ and ünusual"]


def test_what_a_newer_version_made_is_refused_and_changes_nothing(
    source: str, target: str, tmp_path: Path
) -> None:
    with psycopg.connect(source) as connection:
        connection.execute("create table django_migrations (app text, name text)")
        connection.execute(
            "insert into django_migrations values ('learning', '0001_initial'), ('learning', '0999_x')"
        )
    file = tmp_path / "newer.tar"
    backup.backup(Address.parse(source), file)

    with pytest.raises(
        PostgresError, match=r"This backup was made by a newer Momentum: .* know learning\.0999_x\."
    ):
        backup.restore(Address.parse(target), file, known={("learning", "0001_initial")})
    assert archive._schemas(Address.parse(target)) == []

    _rewritten(file, lambda name, data: data.replace(b'"format": 2', b'"format": 3'))
    with pytest.raises(PostgresError, match="Restore it with that version or a later one"):
        backup.restore(Address.parse(target), file)
    assert archive._schemas(Address.parse(target)) == []


def test_the_secret_key_travels_sealed_or_not_at_all(source: str, tmp_path: Path) -> None:
    key = "a-key-of-the-place-0123456789"
    without = backup.backup(Address.parse(source), tmp_path / "without.tar", secret_key=key)
    sealed = backup.backup(
        Address.parse(source), tmp_path / "with.tar", secret_key=key, passphrase="open sesame"
    )

    for made in (tmp_path / "without.tar", tmp_path / "with.tar"):
        assert key.encode() not in made.read_bytes()
    assert without.key is None
    assert sealed.key
    read = archive.read_manifest(tmp_path / "with.tar")
    assert read == sealed
    assert unseal(sealed.key, "open sesame") == key
    with pytest.raises(PostgresError, match="The passphrase doesn't open the secret key"):
        unseal(sealed.key, "open barley")


def test_scheduled_copies_are_kept_by_number(source: str, settings: Any, tmp_path: Path) -> None:
    settings.MOMENTUM_HOME = tmp_path / "home"
    nights = [datetime(2031, 5, day, 2, 5, tzinfo=UTC) for day in (1, 2, 3)]

    for night in [*nights, nights[-1]]:
        nightly.make(Address.parse(source), at=night, keep=2)

    assert [path.name for path in nightly.kept()] == [
        "momentum-2031-05-03-0205.tar",
        "momentum-2031-05-02-0205.tar",
    ]
    assert nightly.folder().stat().st_mode & 0o777 == 0o700


def test_what_killed_processes_left_behind_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old = [tmp_path / "momentum-restore-abc", tmp_path / ".static-x", tmp_path / ".momentum-2031.tar-1"]
    kept = [
        tmp_path / "momentum-restore-now",
        tmp_path / "media",
        tmp_path / "tmpnew.upload.pdf",
        tmp_path / "my.upload",
    ]
    for folder in (*old, *kept[:2]):
        folder.mkdir()
    received = tmp_path / "tmpab12_c.upload.pdf"
    for path in (received, *kept[2:]):
        path.write_text("half")
    for path in (*old, received, kept[1], kept[3]):
        os.utime(path, (0, 0))

    assert (leftovers.sweep_folders(tmp_path), leftovers.sweep_uploads()) == (3, 1)

    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_what_a_killed_doctor_tried_is_swept_and_nothing_else(tmp_path: Path) -> None:
    names = [
        "doctor-0123456789abcdef0123456789abcdef.txt",
        ".doctor-4711",
        "doctor-notes.txt",
        "my-doctor-1.txt",
    ]
    for name in names:
        (tmp_path / name).write_text("well")
    fresh = leftovers.sweep_probes(tmp_path)
    for name in names:
        os.utime(tmp_path / name, (0, 0))

    swept = leftovers.sweep_probes(tmp_path)

    assert (fresh, swept) == (0, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"doctor-notes.txt", "my-doctor-1.txt"}
