"""Static files: whoever serves pages brings them together, alone or with others, and the truth about them is told."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from momentum.core import static_files

MONTH = 31 * 24 * 3600


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    """Give a folder with one style sheet, collected as in production."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "site.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [str(folder)]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "home" / "static")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    finders.get_finder.cache_clear()
    return folder


def _served(settings: Any) -> set[str]:
    return {path.name for path in Path(settings.STATIC_ROOT).glob("site.*.css")}


def _manifest(settings: Any) -> dict[str, str]:
    found = json.loads((Path(settings.STATIC_ROOT) / "staticfiles.json").read_text())
    paths: dict[str, str] = found["paths"]
    return paths


def test_files_are_collected_once_for_the_code_that_serves_them(source: Path, settings: Any) -> None:
    assert not static_files.are_current()

    assert static_files.collect()
    assert not static_files.collect()

    assert static_files.are_current()
    assert _manifest(settings) == {"site.css": next(iter(_served(settings)))}
    assert sorted(path.name for path in Path(settings.STATIC_ROOT).parent.iterdir()) == [
        ".static.lock",
        "static",
    ]


def test_pages_of_an_older_version_keep_their_files_for_a_month(source: Path, settings: Any) -> None:
    static_files.collect()
    older = _served(settings)
    for path in Path(settings.STATIC_ROOT).iterdir():
        os.utime(path, (time.time() - 2 * MONTH,) * 2)
    (source / "site.css").write_text("a { color: blue }")

    static_files.collect()

    assert len(_served(settings)) == 2
    assert set(_manifest(settings).values()) == _served(settings) - older

    for name in older:
        os.utime(Path(settings.STATIC_ROOT) / name, (time.time() - MONTH,) * 2)
    (source / "site.css").write_text("a { color: green }")
    static_files.collect()

    assert not older & _served(settings)


def test_many_processes_that_start_at_once_collect_once(source: Path, settings: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        collected = list(pool.map(lambda _: static_files.collect(), range(8)))

    assert collected.count(True) == 1
    assert len(_served(settings)) == 1


@pytest.mark.django_db
def test_a_process_without_static_files_is_not_ready(source: Path, settings: Any, client: Client) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "unavailable", "database": "ok", "static_files": "not collected"},
    )
