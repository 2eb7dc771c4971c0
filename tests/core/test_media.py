"""Stored files, whole and in part."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from momentum.core import media
from momentum.core.errors import NotFoundError

# What ends an answer looks after the database's connections.
pytestmark = pytest.mark.django_db

FILM = bytes(range(256)) * 2000
LONG_FILM = FILM * 5


@pytest.fixture
def film(settings: Any) -> str:
    return default_storage.save("films/day-1.mp4", ContentFile(FILM))


def ask(name: str, method: str = "get", **headers: str) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return media.stream(getattr(RequestFactory(), method)("/", headers=sent), name, public=False)


def body(answer: Any) -> bytes:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return bytes(data)


def test_a_long_file_is_sent_whole_in_chunks() -> None:
    answer = ask(default_storage.save("films/long.mp4", ContentFile(LONG_FILM)))

    chunks = list(answer.streaming_content)
    answer.close()

    assert answer.status_code == 200
    assert b"".join(chunks) == LONG_FILM
    assert max(map(len, chunks)) == media.CHUNK
    assert answer["Content-Length"] == str(len(LONG_FILM))
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Content-Disposition" not in answer


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 511_999),
        ("bytes=0-0", 0, 0),
        ("bytes=100-299", 100, 299),
        ("bytes=200000-400000", 200_000, 400_000),
        ("bytes=511999-", 511_999, 511_999),
        ("bytes=511000-9999999999999999999999999", 511_000, 511_999),
        ("bytes=-5", 511_995, 511_999),
        ("bytes=-9999999", 0, 511_999),
        ("Bytes = 7-8", 7, 8),
    ],
)
def test_a_part_is_sent_as_asked(film: str, asked: str, first: int, last: int) -> None:
    answer = ask(film, Range=asked)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/512000"
    assert answer["Content-Length"] == str(last - first + 1)
    assert body(answer) == FILM[first : last + 1]


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=1000-", 1000, 2_559_999), ("bytes=9-2559998", 9, 2_559_998)]
)
def test_a_long_part_says_where_its_bytes_are_so_that_no_worker_reads_them(
    asked: str, first: int, last: int
) -> None:
    name = default_storage.save("films/long.mp4", ContentFile(LONG_FILM))

    answer = ask(name, Range=asked)

    assert answer["Content-Range"] == f"bytes {first}-{last}/2560000"
    assert answer.file_to_stream.region == (default_storage.path(name), first, last - first + 1)
    assert body(answer) == LONG_FILM[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=512000-", "bytes=600000-700000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_size(film: str, asked: str) -> None:
    answer = ask(film, Range=asked)

    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */512000"
    assert body(answer) == b""


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "0-5"])
def test_a_range_that_makes_no_sense_or_is_a_list_gets_the_whole(film: str, asked: str) -> None:
    answer = ask(film, Range=asked)

    assert answer.status_code == 200
    assert body(answer) == FILM


def test_a_part_is_for_the_file_that_the_first_parts_came_from(film: str) -> None:
    whole = ask(film, method="head")

    same = ask(film, Range="bytes=5-9", If_Range=whole["ETag"])
    same_date = ask(film, Range="bytes=5-9", If_Range=whole["Last-Modified"])
    other = ask(film, Range="bytes=5-9", If_Range='"another"')
    other_date = ask(film, Range="bytes=5-9", If_Range="Sun, 01 Nov 2026 00:00:00 GMT")

    assert [same.status_code, same_date.status_code] == [206, 206]
    assert [other.status_code, other_date.status_code] == [200, 200]
    assert body(same) == body(same_date) == FILM[5:10]
    assert body(other) == body(other_date) == FILM


def test_asking_for_the_facts_alone_sends_no_body(film: str) -> None:
    answer = ask(film, method="head", Range="bytes=0-9")

    assert answer.status_code == 200
    assert answer["Content-Length"] == "512000"
    assert body(answer) == b""


def test_what_the_browser_has_already_is_not_sent_again(film: str) -> None:
    whole = ask(film, method="head")

    by_tag = ask(film, If_None_Match=whole["ETag"], Range="bytes=0-9")
    by_date = ask(film, If_Modified_Since=whole["Last-Modified"])

    assert [by_tag.status_code, by_date.status_code] == [304, 304]
    assert by_tag["ETag"] == whole["ETag"]
    assert by_tag["Cache-Control"] == "private, no-cache"


def test_another_file_under_the_same_name_has_another_tag(film: str) -> None:
    before = ask(film, method="head")["ETag"]
    default_storage.delete(film)
    default_storage.save(film, ContentFile(FILM[:-1]))

    assert ask(film, method="head")["ETag"] != before


@pytest.mark.parametrize(
    ("name", "kind", "disposition"),
    [
        ("a.vtt", "text/vtt; charset=utf-8", None),
        ("a.WEBP", "image/webp", None),
        ("a.pdf", "application/pdf", 'attachment; filename="a.pdf"'),
        ("a.html", "application/octet-stream", 'attachment; filename="a.html"'),
        ("a.svg", "application/octet-stream", 'attachment; filename="a.svg"'),
        ("a", "application/octet-stream", 'attachment; filename="a"'),
    ],
)
def test_only_what_cannot_run_opens_in_place(name: str, kind: str, disposition: str | None) -> None:
    default_storage.save(f"files/{name}", ContentFile(b"<script>alert(1)</script>"))

    answer = ask(f"files/{name}")
    answer.close()

    assert answer["Content-Type"] == kind
    assert answer.get("Content-Disposition") == disposition


def test_a_download_has_the_name_it_is_given(film: str) -> None:
    answer = media.stream(RequestFactory().get("/"), film, public=False, download_as="Tag 1: Über uns.mp4")
    answer.close()

    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Tag%201%3A%20%C3%9Cber%20uns.mp4"


def test_an_empty_file_is_sent_empty() -> None:
    name = default_storage.save("files/empty.txt", ContentFile(b""))

    assert body(ask(name)) == b""
    assert ask(name, Range="bytes=0-").status_code == 416


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "films", "films/", "films/none.mp4", "../secret.txt", "films/../../secret.txt", "/etc/passwd",
     "films\\..\\..\\secret.txt", "films/day-1.mp4\0.png", "films/" + "x" * 400],
)  # fmt: skip
def test_nothing_but_a_stored_file_is_ever_sent(film: str, settings: Any, name: str, method: str) -> None:
    (settings.MEDIA_ROOT.parent / "secret.txt").write_text("secret")

    with pytest.raises(NotFoundError):
        ask(name, method=method)
