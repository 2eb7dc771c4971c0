"""Every door for files counts them, per person: each costs a process, or seconds."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_course


@pytest.mark.parametrize("door", ["import", "video", "captions", "references", "api"])
def test_files_are_counted_at_every_door(as_admin: Any, settings: Any, door: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"upload": "2/h/user"}
    lesson = make_course(status="draft").lessons.get(day=1)
    video = f"/panel/lessons/{lesson.id}/video/"
    path, field = {
        "import": ("/panel/courses/import/", "file"),
        "video": (video, "video"),
        "captions": (video, "captions"),
        "references": ("/panel/studio/start/", "references"),
        "api": ("/api/ai-generation/start-generation", "references"),
    }[door]

    answers = [
        as_admin.post(path, {"category": "none", field: SimpleUploadedFile("a.bin", b"nothing")})
        for _again in range(3)
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert answers[-1].headers["Retry-After"] == "3600"
