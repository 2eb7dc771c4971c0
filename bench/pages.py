"""Which pages are measured, and as whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.requests import Request

LEARNERS = 16


@dataclass(frozen=True)
class Page:
    """A page to measure. `cached` asks the whole application; otherwise only what stands behind its cache."""

    name: str
    requests: list[Request]
    cached: bool = False
    writes: bool = False


def pages(number: int) -> Iterator[Page]:
    """Yield the pages; what is written is written at most `number` times."""
    from django.urls import reverse

    from momentum.catalog.models import Course

    catalogue = reverse("catalog:catalogue")
    popular = Course.objects.on_shelf().order_by("-enrolment_count", "id")[:LEARNERS]
    courses = [reverse("learning:course", args=[course.slug]) for course in popular]
    lessons = [reverse("learning:lesson", args=[course.slug, 1]) for course in popular]
    for name, paths in (
        ("home", ["/"]),
        ("catalogue", [catalogue]),
        ("course", courses),
        ("lesson preview", lessons),
    ):
        yield Page(f"{name}, anonymous", [Request(path) for path in paths])
        yield Page(f"{name}, anonymous, cached", [Request(path) for path in paths], cached=True)
    people = _learners(LEARNERS)
    yield Page("home, signed in", [Request("/", session) for _slug, _day, session, _lesson in people])
    yield Page(
        "catalogue, signed in", [Request(catalogue, session) for _slug, _day, session, _lesson in people]
    )
    yield Page(
        "course, signed in",
        [
            Request(reverse("learning:course", args=[slug]), session)
            for slug, _day, session, _lesson in people
        ],
    )
    yield Page(
        "lesson, signed in",
        [
            Request(reverse("learning:lesson", args=[slug, day]), session)
            for slug, day, session, _lesson in people
        ],
    )
    yield Page(
        "dashboard, signed in",
        [Request(reverse("engagement:dashboard"), session) for _slug, _day, session, _lesson in people],
    )
    yield Page(
        "complete a lesson",
        [
            Request(reverse("engagement:completion", args=[lesson]), session, post="")
            for _slug, _day, session, lesson in _learners(number)
        ],
        writes=True,
    )


_NEXT = """
select e.user_id, c.slug, l.day, l.id
from learning_enrolment e
join catalog_course c on c.id = e.course_id and not c.in_sequence
join lateral (
    select l.id, l.day from catalog_lesson l
    where l.course_id = c.id and not exists (
        select from learning_progress p
        where p.user_id = e.user_id and p.lesson_id = l.id and p.completed_at is not null
    )
    order by l.day limit 1
) l on true
where e.status = 'active'
    and (select count(*) from learning_enrolment o where o.user_id = e.user_id) between 4 and 12
order by md5(e.id::text) limit %s
"""


def _learners(number: int) -> list[tuple[str, int, str, str]]:
    """Return learners with something to do: the course's slug, the day, a session, the lesson.

    They are drawn by lot, the same each time while what they did stays the same.
    """
    from django.db import connection
    from django.test import Client

    from momentum.accounts.models import User

    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [number])
        found = cursor.fetchall()
    users = {user.id: user for user in User.objects.filter(id__in=[row[0] for row in found])}
    rows = []
    for user_id, slug, day, lesson in found:
        client = Client()
        client.force_login(users[user_id])
        rows.append((slug, day, client.session.session_key or "", str(lesson)))
    return rows
