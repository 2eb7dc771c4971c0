"""Uploaded covers: the one part of the stored files that is for everybody."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_uploaded_cover_may_be_kept_for_ever_and_sets_no_cookie(client: Client) -> None:
    name = default_storage.save("covers/tides.webp", ContentFile(b"a picture"))

    answer = client.get(f"/media/{name}")

    assert answer.status_code == 200
    assert answer.content == b"a picture"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert client.get(f"/media/{name}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(f"/media/{name}", headers={"Range": "bytes=2-4"}).content == b"pic"


@pytest.mark.parametrize(
    "path",
    [
        "/media/references/report.pdf",
        "/media/covers/../references/report.pdf",
        "/media/covers/..%2Freferences%2Freport.pdf",
        "/media/covers/%2e%2e/references/report.pdf",
        "/media/covers/..\\references\\report.pdf",
        "/media/covers/%2Fetc%2Fpasswd",
        "/media/covers/",
        "/media/covers",
        "/media/",
    ],
)
def test_no_other_stored_file_can_be_had(as_admin: Client, settings: Any, path: str) -> None:
    default_storage.save("references/report.pdf", ContentFile(b"%PDF-secret"))
    default_storage.save("covers/tides.webp", ContentFile(b"a picture"))

    assert as_admin.get(path).status_code == 404
