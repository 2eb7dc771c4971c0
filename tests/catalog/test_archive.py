"""Archives are read with suspicion."""

import io
import os
import stat
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from momentum.catalog.domain import markdown_format, packaging
from momentum.core.errors import InvalidError

GOOD = {"course.md": b"---\n---\n", "lessons/01-a.md": b"---\n---\n"}


def _zip(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    buffer.seek(0)
    return buffer


def _tar(mode: Any, *names: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as made:
        for name in names:
            made.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


def test_a_zip_is_read_whether_or_not_a_folder_is_wrapped_around_it() -> None:
    wrapped = _zip(
        ("tides/", b""),
        *((f"tides/{name}", data) for name, data in GOOD.items()),
        ("tides/.DS_Store", b"x"),
        ("__MACOSX/tides/._course.md", b"x"),
    )

    assert packaging.read(wrapped) == GOOD
    assert packaging.read(_zip(*GOOD.items())) == GOOD


@pytest.mark.parametrize(
    "name",
    [
        "../course.md",
        "/etc/passwd",
        "lessons/../../x.md",
        "a\\..\\b.md",
        "C:/x.md",
        "lessons//x.md",
        "./../x.md",
        "a/./x.md",
        "x\n.md",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(InvalidError, match="points outside the course"):
        packaging.read(_zip((name, b"x")))


def test_a_name_with_a_zero_byte_is_refused() -> None:
    data = _zip(("x@.md", b"x")).getvalue().replace(b"x@.md", b"x\0.md")

    with pytest.raises(InvalidError):
        packaging.read(io.BytesIO(data))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind: int) -> None:
    entry = zipfile.ZipInfo("course.md")
    entry.external_attr = (kind | 0o777) << 16

    with pytest.raises(InvalidError, match="link or a device"):
        packaging.read(_zip((entry, b"/etc/passwd")))


def test_an_entry_that_grows_beyond_all_bounds_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InvalidError, match="too large"):
        packaging.read(_zip(("course.md", bytes(20_000_000))))


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(_zip(("course.md", bytes(3_000_000))).getvalue())
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)

    with pytest.raises(InvalidError):
        packaging.read(io.BytesIO(bytes(data)))


def test_too_much_altogether_is_refused() -> None:
    with pytest.raises(InvalidError) as refused:
        packaging.read(_zip(*((f"lessons/{number}.md", os.urandom(400_000)) for number in range(10))))

    assert refused.value.code == "archive_too_large"


def test_films_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "MAX_VIDEOS", 150_000)
    films = ((f"videos/{number}.mp4", os.urandom(100_000)) for number in range(2))

    with pytest.raises(InvalidError) as refused:
        packaging.read(_zip(*films))

    assert refused.value.code == "archive_too_large"


@pytest.mark.parametrize("name", ["videos/a.mp4", "cover.png", "lessons/01-a.md"])
def test_what_unpacks_to_far_more_than_it_is_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "MAX_TEXT", 5_000_000)

    with pytest.raises(InvalidError, match="far more than it is"):
        packaging.read(_zip((name, bytes(4_000_000))))


@pytest.mark.parametrize("count", [500, 100_000])
def test_too_many_entries_are_refused_before_they_are_listed(count: int) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count % 65_536, count % 65_536, 46 * count, 0, 0)

    with pytest.raises(InvalidError):
        packaging.read(io.BytesIO(entry * count + end))


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = _zip(*((f"lessons/{number}.md", os.urandom(1000)) for number in range(20))).getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        places = [made.start_dir]
    shared = bytearray(data)
    place = places[0]
    for _entry in range(20):
        shared[place + 42 : place + 46] = bytes(4)
        name, extra = struct.unpack_from("<2H", shared, place + 28)
        place += 46 + name + extra

    with pytest.raises(InvalidError):
        packaging.read(io.BytesIO(bytes(shared)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_compressing_are_refused(method: int) -> None:
    entry = zipfile.ZipInfo("course.md")
    entry.compress_type = method

    with pytest.raises(InvalidError, match="compressed in a way"):
        packaging.read(_zip((entry, b"x" * 100)))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(InvalidError) as refused:
        packaging.read(_zip(*((f"lessons/{number}.md", b"") for number in range(500))))

    assert refused.value.code == "archive_too_large"


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the standard library warns; we refuse
def test_one_name_twice_is_refused() -> None:
    with pytest.raises(InvalidError, match="twice"):
        packaging.read(_zip(("course.md", b"a"), ("course.md", b"b")))


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(_zip(("course.md", b"x")).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(InvalidError, match="encrypted"):
        packaging.read(io.BytesIO(bytes(data)))


def test_damage_is_refused() -> None:
    data = bytearray(_zip(("course.md", os.urandom(5000))).getvalue())
    data[100:140] = bytes(40)

    with pytest.raises(InvalidError):
        packaging.read(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + bytes(30), b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_of_a_course_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidError):
        markdown_format.from_files(packaging.read(io.BytesIO(data)))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="File or folder not found"):
        packaging.read(tmp_path / "nowhere")


def test_a_directory_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "course.md").symlink_to("/etc/passwd")

    with pytest.raises(InvalidError, match="link to somewhere else"):
        packaging.read(tmp_path)


def test_nothing_is_written_outside_the_directory(tmp_path: Path) -> None:
    with pytest.raises(InvalidError):
        packaging.to_directory({"../x.md": b"x"}, tmp_path / "course")

    assert not (tmp_path / "x.md").exists()


def test_a_zip_made_on_windows_is_read_with_its_backslashes_and_without_what_windows_adds() -> None:
    made = _zip(
        ("My course\\course.md", GOOD["course.md"]),
        ("My course\\lessons\\", b""),
        ("My course\\lessons\\01-a.md", GOOD["lessons/01-a.md"]),
        ("My course\\Thumbs.db", b"x"),
        ("My course\\lessons\\desktop.ini", b"x"),
        ("My course\\lessons\\~$01-a.md", b"x"),
        ("$RECYCLE.BIN\\S-1-5", b"x"),
        ("My course\\lessons\\01-a.md.bak", b"x"),
        ("My course\\lessons\\01-a.md~", b"x"),
    )

    assert packaging.read(made) == GOOD


def test_a_zip_in_a_zip_is_told_which_to_import() -> None:
    made = _zip(
        ("tides.zip", _zip(*GOOD.items()).getvalue()), ("__MACOSX/._tides.zip", b"x"), (".DS_Store", b"x")
    )

    with pytest.raises(InvalidError, match=r"Unpack it, and import “tides\.zip”"):
        packaging.read(made)


def test_markdown_without_a_course_is_told_what_is_missing() -> None:
    with pytest.raises(InvalidError, match=r"no course\.md"):
        packaging.read(_zip(("notes/one.md", b"# One"), ("notes/two.md", b"# Two")))


@pytest.mark.parametrize(
    "entries",
    [
        [
            ("README.txt", b"x"),
            *((f"tides/{name}", data) for name, data in GOOD.items()),
            ("plan.xlsx", b"x"),
        ],
        [*GOOD.items(), ("README.md", b"x"), ("LICENSE", b"x"), ("CHANGELOG.md", b"x")],
        [("./", b""), *((f"./tides/{name}", data) for name, data in GOOD.items())],
        [("Tides/Course.MD", GOOD["course.md"]), ("Tides/LESSONS/01-a.Md", GOOD["lessons/01-a.md"])],
    ],
)
def test_a_course_is_found_however_it_was_packed(entries: list[tuple[str, bytes]]) -> None:
    assert packaging.read(_zip(*entries)) == GOOD


@pytest.mark.parametrize("names", [("a/course.md", "b/Course.md"), ("course.md", "COURSE.md")])
def test_two_courses_at_once_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(InvalidError) as refused:
        packaging.read(_zip(*((name, b"x") for name in names)))

    assert refused.value.code in {"several_courses", "archive_refused"}


@pytest.mark.parametrize(("stored", "flag"), [("é".encode(), 0), (b"\x82", 0), (b"e\xcc\x81", 8)])
def test_names_are_read_in_the_alphabet_of_whoever_packed_them(stored: bytes, flag: int) -> None:
    place = "@" * len(stored)
    data = (
        _zip(("course.md", b"x"), (f"pictures/caf{place}.png", b"x"))
        .getvalue()
        .replace(place.encode(), stored)
    )
    for mark, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.rindex(mark)
        data = data[: at + flags] + bytes([flag]) + data[at + flags + 1 :]

    assert list(packaging.read(io.BytesIO(data))) == ["course.md", "pictures/café.png"]


def test_names_that_are_not_in_the_alphabet_they_claim_are_refused() -> None:
    data = _zip(("course@@.md", b"x")).getvalue().replace(b"@@", b"\xff\xfe")
    for mark, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.rindex(mark)
        data = data[: at + flags] + b"\x08" + data[at + flags + 1 :]

    with pytest.raises(InvalidError, match="isn’t a ZIP file of a course"):
        packaging.read(io.BytesIO(data))


def test_folders_wrapped_around_folders_are_taken_away() -> None:
    made = _zip(*((f"download/tides/{name}", data) for name, data in GOOD.items()), ("download/Icon\r", b""))

    assert packaging.read(made) == GOOD


_SCORM = b"<manifest><metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>"
_CARTRIDGE = b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><schema>1.3</schema>'


@pytest.mark.parametrize(
    ("entries", "known_as"),
    [
        ([("imsmanifest.xml", _SCORM), ("index.html", b"x")], "a SCORM package (2004 4th Edition)"),
        ([("pack\\imsmanifest.xml", b"<manifest adlcp:x>")], "a SCORM package"),
        ([("pack/imsmanifest.xml", _CARTRIDGE)], "a Common Cartridge"),
        ([("imsmanifest.xml", b"<resource type='imsqti_item_xmlv2p1'>")], "a QTI package of questions"),
        ([("imsmanifest.xml", b"<schema>QTI Package</schema>")], "a QTI package of questions"),
        ([("x/imsmanifest.xml", b"<schema>IMS Thin Common Cartridge</schema>")], "a Thin Common Cartridge"),
        ([("imsmanifest.xml", b"<schema>IMS Content</schema>")], "an IMS content package"),
        ([("course.crs", b"x"), ("course.au", b"x")], "an AICC package"),
        ([("h5p.json", b"{}"), ("content/content.json", b"{}")], "an H5P package"),
        ([("mimetype", b"application/epub+zip"), ("META-INF/container.xml", b"<x/>")], "an EPUB book"),
        ([("cmi5.xml", b"<x/>")], "a cmi5 package"),
        ([("word/document.xml", b"<x/>")], "a Word document"),
        (
            [("course/course.xml", b"<course/>"), ("course/chapter/1.xml", b"<x/>")],
            "an Open edX course (OLX)",
        ),
        ([("Tides 0af31bcd9e8f4a5bb6c7d8e9f0a1b2c3.md", b"x")], "a Notion export"),
        ([("Export/Tides 0af31bcd9e8f4a5bb6c7d8e9f0a1b2c3.html", b"x")], "a Notion export"),
        ([("ExportBlock-0af31bcd-9e8f-4a5b-b6c7-d8e9f0a1b2c3-Part-1.zip", b"x")], "a Notion export"),
        ([("Tides.html", b"x"), ("Tides_files/style.css", b"x")], "a saved web page"),
        (
            [(f"data/{place}.html", b"x") for place in range(900)] + [("imsmanifest.xml", b"")],
            "a SCORM package",
        ),
    ],
)
def test_a_package_of_another_system_is_named(entries: list[tuple[str, bytes]], known_as: str) -> None:
    with pytest.raises(InvalidError) as refused:
        packaging.read(_zip(*entries))

    assert refused.value.code == "other_package"
    assert refused.value.data == {"package": known_as}
    assert str(refused.value).startswith(f"This is {known_as}, which Momentum can’t import.")


@pytest.mark.parametrize(
    ("data", "known_as", "advice"),
    [
        (b"%PDF-1.7\n", "a PDF", "Generate from documents"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive", "Unpack it"),
        (_tar("w", "tides/course.md"), "a .tar archive", "Unpack it"),
        (_tar("w:gz", "tides/course.md"), "a .tar.gz or .gz archive", "Unpack it"),
        (_tar("w:xz", "tides/course.md"), "an .xz archive", "Unpack it"),
        (_tar("w:bz2", "tides/course.md"), "a .bz2 archive", "Unpack it"),
        (_tar("w:gz", "course/course.xml", "course/chapter/1.xml"), "an Open edX course (OLX)", "as a PDF"),
        (_tar("w:gz", ".ARCHIVE_INDEX", "moodle_backup.xml"), "a Moodle backup", "as a PDF"),
        (b"\x1f\x8bdamaged", "a .tar.gz or .gz archive", "Unpack it"),
        (b"\n<!DOCTYPE html><title>Tides", "a saved web page", "as a PDF"),
        (b"From: <Saved>\r\nSubject: Tides\r\nMIME-Version: 1.0\r\n", "a saved web page", "as a PDF"),
        (b"{\\rtf1 Tides}", "a rich text document (RTF)", "as a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office document of before 2007", "as a PDF"),
        (b"\0\0\0\x18ftypmp42", "a video", "as a ZIP"),
        (b"---\ntitle: Tides\n---\n", "a text file", "course.md"),
    ],
    ids=[
        "pdf",
        "7z",
        "rar",
        "tar",
        "tar.gz",
        "tar.xz",
        "tar.bz2",
        "olx",
        "moodle",
        "damaged gz",
        "html",
        "mhtml",
        "rtf",
        "doc",
        "mp4",
        "text",
    ],  # no bytes, which say when they were packed: each worker must collect the same
)
def test_a_file_that_is_no_zip_is_named_where_people_know_it(data: bytes, known_as: str, advice: str) -> None:
    with pytest.raises(InvalidError) as refused:
        packaging.read(io.BytesIO(data + b"rest"))

    assert refused.value.data == {"package": known_as}
    assert advice in str(refused.value)
