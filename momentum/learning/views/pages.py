"""What can be read: home, a course, a lesson."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course, Lesson
from momentum.learning import reading
from momentum.learning.actions import open_lesson
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and show that it is true: real courses, a real lesson."""
    courses = list(Course.objects.on_shelf().with_category().newest()[:9])
    sample = Lesson.objects.filter(course__in=courses[:6], preview=True, status="published")
    context = {
        "courses": courses,
        "sample": sample.select_related("course__category")
        .order_by("-course__featured", "course__title")
        .first(),
        "shelves": Category.objects.active().with_counts(),
        "lead": _lead(request.user) if request.user.is_authenticated else None,
    }
    return render(request, "learning/home.html", context)


def _lead(user: User) -> reading.DashboardCourse | None:
    return next(iter(reading.dashboard(user=user).active), None)


@require_safe
@shared_when_anonymous
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course, with the one right button for this visitor."""
    page = reading.course_page(user=request.user, slug=slug)
    return render(request, "learning/course.html", {"page": page, "course": page.course})


@require_safe
@shared_when_anonymous
def lesson(request: HttpRequest, slug: str, day: int) -> HttpResponse:
    """A day of a course. Opening it notes that the learner began."""
    page = reading.lesson_page(user=request.user, slug=slug, day=day)
    if isinstance(request.user, User) and page.enrolment and not page.progress:
        with transaction.atomic():
            open_lesson(user=request.user, lesson=page.lesson)
    return render(
        request, "learning/lesson.html", {"page": page, "lesson": page.lesson, "course": page.course}
    )
