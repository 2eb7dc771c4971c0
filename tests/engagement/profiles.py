"""What there is to a profile: its form, a picture, and a week of learning that it tells of."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from momentum.accounts.models import User
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.progress import credit_reading
from tests.factories import make_course, make_enrolment

PAGE = "/profile/"
FORM = {"name": "Lea Lernt", "bio": "", "time_zone": "UTC", "language": "en", "celebrates": "on"}


def make_picture(
    width: int = 800, height: int = 600, kind: str = "PNG", **options: Any
) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind, **options)
    return SimpleUploadedFile(f"me.{kind.lower()}", buffer.getvalue())


def learn_for_a_week(user: User) -> None:
    course = make_course(days=7)
    start = timezone.now() - timedelta(days=6)
    make_enrolment(user, course, at=start)
    for lesson in course.lessons.select_related("course__category").order_by("day"):
        complete_lesson(user=user, lesson=lesson, at=start + timedelta(days=lesson.day - 1))
        credit_reading(user=user, lesson=lesson, seconds=600, at=start + timedelta(days=lesson.day - 1))
