"""One file out, the same things back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from momentum.core import backup
from momentum.core.backup import archive
from momentum.core.database.address import Address
from momentum.core.database.errors import PostgresError
from momentum.core.postgres import binaries
from tests.database import url_of_test_database

PICTURE = b"\x89PNG" + bytes(50_000)

pytestmark = pytest.mark.django_db


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
    return backup.backup(Address.parse(source), tmp_path / "backup.tar", media=tmp_path / "uploads")


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

    with pytest.raises(PostgresError, match="pg_dump failed"):
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
