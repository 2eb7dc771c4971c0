"""The door that strangers' files come through: told by what they hold, read apart, or refused in a sentence."""

import io
import socket
import struct
import subprocess
import sys
import zipfile

import pytest

from momentum.providers.documents import DocumentError
from momentum.providers.documents.formats import format_of
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.reading import read
from tests.providers.packages import archive, docx, epub, paragraph, picture, pptx, shape
from tests.providers.pdfs import short

TIDES = (
    "The sea rises and falls twice a day because the moon pulls at the water and the earth turns below it."
)
PAGE = f"<html><body><p>{TIDES}</p></body></html>"


def _refused(data: bytes, name: str = "tides.pdf", **limits: int) -> DocumentError:
    with pytest.raises(DocumentError) as refusal:
        read(data, name=name, limits=Limits(**limits))
    return refusal.value


def _compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(400)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (short(), "pdf"),
        (docx(paragraph(TIDES)), "docx"),
        (pptx(shape(TIDES)), "pptx"),
        (epub(f"<p>{TIDES}</p>"), "epub"),
        (PAGE.encode(), "html"),
        (f"\n<!-- saved -->\n{PAGE}".encode("utf-16"), "html"),
        (
            f"MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=X\n\n--X\n{PAGE}".encode(),
            "mhtml",
        ),
        (f"# Tides\n\n{TIDES}\n\n## Ebb\n".encode(), "markdown"),
        (f"{TIDES}\n".encode(), "text"),
        (TIDES.encode("utf-16-le"), "text"),
        (f"WEBVTT\n\n00:01.000 --> 00:02.000\n{TIDES}".encode(), "vtt"),
        (f"1\n00:00:01,000 --> 00:00:02,000\n{TIDES}".encode(), "srt"),
    ],
)
def test_a_file_is_what_it_holds_whatever_it_is_called(data: bytes, kind: str) -> None:
    assert format_of(io.BytesIO(data), "tides.pdf") == kind


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            _compound("WordDocument"),
            "is in the Word format of before 2007. Open it, save it as DOCX and add that.",
        ),
        (_compound("PowerPoint Document"), "is in the PowerPoint format of before 2007."),
        (_compound("EncryptedPackage"), "is protected with a password or a copy lock."),
        (archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "is a spreadsheet."),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "is in an OpenDocument format."),
        (
            archive({"holiday.jpg": b"x"}),
            "is an archive of files. Unpack it and add the documents that are in it.",
        ),
        (b"{\\rtf1 Tides}", "is in RTF."),
        (picture(), "is a picture."),
        (b"MZ" + bytes(100), "is a program. Choose a document."),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "is a recording. Add its transcript as VTT, SRT or text."),
        (bytes(range(256)) * 8, "is in a format that isn’t read here."),
        (b"", "has no text in it."),
        (b"PK\x03\x04" + bytes(200), "is damaged and can’t be read."),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(data: bytes, sentence: str) -> None:
    refusal = _refused(data)

    assert refusal.message.startswith(f"tides.pdf {sentence}")


def test_a_file_is_read_in_a_process_of_its_own() -> None:
    reading = read(docx(paragraph("Tides", "Title"), paragraph(TIDES)), name="tides.docx")

    assert reading.document.pages[0].text == f"Tides\n\n{TIDES}"


def test_a_pdf_goes_through_the_same_door() -> None:
    reading = read(short(), name="short.pdf")

    assert (reading.document.unit, len(reading.document.pages)) == ("page", 1)


def test_a_file_without_words_is_refused() -> None:
    assert (
        _refused(pptx(shape()), "slides.pptx").message
        == "slides.pptx has no text in it. Choose a file with text."
    )


def test_a_file_beyond_the_limit_is_refused() -> None:
    assert _refused(b"x" * (2**20 + 1), bytes=2**20).message.startswith(
        "tides.pdf is too large; the limit is 1 MB."
    )


def test_a_locked_book_is_refused() -> None:
    locked = '<e><EncryptedData><EncryptionMethod Algorithm="aes256"/></EncryptedData></e>'
    book = epub(f"<p>{TIDES}</p>", more={"META-INF/encryption.xml": locked})

    assert _refused(book).code == "encrypted"


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = docx(paragraph(TIDES), "<w:p/>" * 2_000_000)
    many = archive({"[Content_Types].xml": "", **{f"word/{at}": "" for at in range(10_001)}})
    end = many.rindex(b"PK\x05\x06")
    lying = many[: end + 10] + struct.pack("<H", 5) + many[end + 12 :]

    assert _refused(bomb, "bomb.docx").message.startswith("bomb.docx unpacks to more than can be read here.")
    assert _refused(many).code == "too_heavy"
    assert _refused(lying).code in {"too_heavy", "broken", "unsupported"}


def test_a_truncated_file_is_refused() -> None:
    whole = docx(paragraph(TIDES))

    assert _refused(whole[: len(whole) // 2]).code == "broken"


def test_no_entity_of_a_stranger_is_unpacked_and_no_file_of_ours_is_shown() -> None:
    bomb = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "boo"}">' for at in range(12))
    body = "<w:p><w:r><w:t>Tides come twice a day, says &own; and &a11; the moon.</w:t></w:r></w:p>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(body))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "word/document.xml":
                content = f'<!DOCTYPE d [<!ENTITY own SYSTEM "file:///etc/passwd">{bomb}]>{content}'
            new.writestr(name, content)

    text = read(buffer.getvalue(), name="tides.docx").document.pages[0].text

    assert text.startswith("Tides come twice a day")
    assert "root:" not in text
    assert len(text) < 100


def test_the_process_that_reads_reaches_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = (
            "import socket\nfrom momentum.core.limited_process import cut_off\ncut_off()\n"
            f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)

    assert done.returncode == 1
    assert "PermissionError" in done.stderr


def test_a_file_that_takes_too_much_memory_ends_with_a_sentence() -> None:
    refusal = _refused(PAGE.encode(), memory=48 * 2**20)

    assert refusal.message.startswith("tides.pdf could not be read: it is damaged, or unpacks to more than")
