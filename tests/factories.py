"""Making rows for tests: each function saves one valid thing, whatever a test doesn't care about filled in."""

import io
import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from PIL import Image

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Category, Course, Lesson, Question
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.models import Enrolment

_numbers = itertools.count(1)
PASSWORD = "Correct-horse-7"


def make_user(*, verified: bool = True, **fields: Any) -> User:
    """A user whose password is PASSWORD and whose address is verified."""
    fields.setdefault("email", f"person{next(_numbers)}@example.com")
    user = User.objects.create(**{"password": make_password(PASSWORD), **fields})
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def make_category(**fields: Any) -> Category:
    """An active category of its own."""
    number = next(_numbers)
    return Category.objects.create(**{"name": f"Shelf {number}", "slug": f"shelf-{number}", **fields})


def make_lesson(course: Course, day: int, **fields: Any) -> Lesson:
    """A published lesson with two action items."""
    lesson = Lesson.objects.create(
        **{
            "course": course,
            "day": day,
            "title": f"Day {day} of {course.title}",
            "summary": "What today is about.",
            "content": "<p>Something worth knowing.</p>",
            "status": "published",
            **fields,
        }
    )
    for position, text in enumerate(("Try it once.", "Write down what happened.")):
        ActionItem.objects.create(lesson=lesson, position=position, text=text)
    return lesson


def make_question(lesson: Lesson, **fields: Any) -> Question:
    """A question that wants a short answer: low, or low tide."""
    asked = {"kind": "short", "prompt": "What is it called?", "answer": ["low", "low tide"]}
    return Question.objects.create(
        **{"lesson": lesson, **asked, "explanation": "The water is out.", **fields}
    )


def make_course(*, days: int = 3, published: bool = True, **fields: Any) -> Course:
    """A free course with one lesson a day; published unless said otherwise."""
    number = next(_numbers)
    course = Course.objects.create(
        **{
            "title": f"Course {number}",
            "slug": f"course-{number}",
            "summary": "A course worth taking.",
            "description": "<p>What it is about, and for whom.</p>",
            "duration_days": days,
            "category": fields.pop("category", None) or make_category(),
            **fields,
        }
    )
    for day in range(1, days + 1):
        make_lesson(course, day)
    if published:
        course.publish()
    return course


def make_enrolment(user: User, course: Course, *, done: int = 0, **when: Any) -> Enrolment:
    """A place in the course with its first `done` lessons completed; `at` is when all that happened."""
    enrolment = enrol(user=user, course=course, **when)
    for lesson in course.lessons.select_related("course__category").order_by("day")[:done]:
        complete_lesson(user=user, lesson=lesson, **when)
    enrolment.refresh_from_db()
    return enrolment


def make_picture(kind: str = "PNG", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """A picture file with a sun in it, or at least something round."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
