"""Mail kept on disk: written by Django's own sending, found again, and read by nobody else's name."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import call_command

from momentum.mail.domain.eml_files import find_eml_file, newest_eml_files


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Let mail go to files, as it does in development."""
    place = tmp_path / "mail"
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": {"file_path": str(place)}}}
    return place


def send(subject: Any = "Hello", text: Any = "Text", html: Any = "", to: Any = "nora@example.com") -> Any:
    message = EmailMultiAlternatives(subject, text, "Momentum <hello@localhost>", [to])
    if html:
        message.attach_alternative(html, "text/html")
    assert message.send() == 1


def test_a_mail_is_one_file_with_all_it_holds(folder: Any) -> None:
    send("Grüße", "Ein Weg: https://example.com/ä\n", "<p>Ein <b>Weg</b></p>")

    (path,) = folder.iterdir()
    (letter,) = newest_eml_files(folder)
    assert path.suffix == ".eml"
    assert (letter.subject, letter.to) == ("Grüße", "nora@example.com")
    assert letter.sender == "Momentum <hello@localhost>"
    assert letter.text.strip() == "Ein Weg: https://example.com/ä"
    assert letter.html.strip() == "<p>Ein <b>Weg</b></p>"
    assert letter.at is not None
    assert letter.at.utcoffset() is not None


def test_mails_of_one_moment_stay_apart_and_newest_is_first(folder: Any, monkeypatch: Any) -> None:
    for number in range(1, 13):
        monkeypatch.setattr("momentum.core.ids.time.time_ns", lambda at=number: at * 1_000_000_000)
        send(f"Number {number}")

    assert [letter.subject for letter in newest_eml_files(folder)] == [
        f"Number {n}" for n in range(12, 0, -1)
    ]
    assert [letter.subject for letter in newest_eml_files(folder, limit=2)] == ["Number 12", "Number 11"]


def test_a_mail_without_a_formatted_part_has_none(folder: Any) -> None:
    assert EmailMessage("Plain", "Only text", None, ["nora@example.com"]).send() == 1

    assert newest_eml_files(folder)[0].html == ""


def test_no_folder_is_no_mail(tmp_path: Any) -> None:
    assert newest_eml_files(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../secret",
        "/etc/passwd",
        "secret",
        "x/../secret",
        "00000000-0000-0000-0000-000000000000",
        "%2e%2e",
    ],
)
def test_only_a_messages_name_finds_anything(folder: Any, name: Any) -> None:
    send()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    (folder / "secret.eml").write_text("Subject: secret\n\nsecret")

    assert find_eml_file(folder, name) is None
    assert [letter.subject for letter in newest_eml_files(folder)] == ["Hello"]


def test_a_half_written_file_is_not_listed(folder: Any) -> None:
    send()
    (folder / "00000000-0000-7000-8000-000000000000.part").write_text("Subject: half")

    assert len(newest_eml_files(folder)) == 1


def test_a_broken_file_is_shown_as_far_as_it_goes(folder: Any) -> None:
    folder.mkdir()
    (folder / "00000000-0000-7000-8000-000000000000.eml").write_bytes(b"\xff\xfe not a mail \x00")

    (letter,) = newest_eml_files(folder)
    assert (letter.subject, letter.at) == ("", None)


def test_django_writes_its_test_mail_there(folder: Any) -> None:
    call_command("sendtestemail", "nora@example.com")

    assert [letter.to for letter in newest_eml_files(folder)] == ["nora@example.com"]
