"""Which pages are measured, and as whom.

Addresses are written out: those of an older commit are asked for with this module, too, and its names may be others.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from bench.requests import Request
from bench.world import words

LEARNERS = 16
_PASSWORD = "a bench in the park, by the pond"


@dataclass(frozen=True)
class Page:
    """A page to measure.

    Args:
        name: what the figures call it.
        requests: made by turns.
        cached: whether the whole application is asked; otherwise only what stands behind its cache.
        writes: whether a request changes something.
        once: whether each request can be made only once.
        status: what the answer should have.
        share: of a hundred requests of the mixed load.
        alone: whether it can be measured in one process beside a bare handler.
    """

    name: str
    requests: list[Request]
    cached: bool = False
    writes: bool = False
    once: bool = False
    status: int = 200
    share: int = 0
    alone: bool = True


@dataclass(frozen=True)
class Learner:
    """Somebody with a lesson to do."""

    session: str
    slug: str
    day: int
    lesson: str


def pages(number: int) -> Iterator[Page]:
    """Yield the pages; those that can be asked for once have `number` requests, where so many learners can be found."""
    yield from _anonymous()
    sign_ins = (
        _sign_ins()
    )  # before the others are signed in, since a new password ends what was begun with the old one
    people = _learners(LEARNERS)

    def page(name: str, *paths: str, share: int) -> Page:
        return Page(
            name, [Request(path, one.session) for path, one in zip(paths, people, strict=True)], share=share
        )

    everywhere = len(people)
    yield page("home, signed in", *["/"] * everywhere, share=5)
    yield page("catalogue, signed in", *["/courses/"] * everywhere, share=8)
    yield page("course, signed in", *[f"/courses/{one.slug}/" for one in people], share=10)
    yield page("lesson, signed in", *[f"/courses/{one.slug}/lessons/{one.day}/" for one in people], share=25)
    yield page("dashboard, signed in", *["/today/"] * everywhere, share=10)
    yield page("search, signed in", *[f"/courses/?q={word}" for word in _searched(everywhere)], share=5)
    many = _learners(max(number, LEARNERS))
    yield Page(
        "heartbeat",
        [Request(f"/lessons/{one.lesson}/heartbeat/", one.session, post="state=read") for one in many],
        writes=True,
        share=20,
    )
    yield Page(
        "complete a lesson",
        [Request(f"/lessons/{one.lesson}/completion/", one.session, post="") for one in many],
        writes=True,
        once=True,
        status=302,
        share=5,
    )
    yield Page("sign in", sign_ins, writes=True, status=302, share=1, alone=False)


def served_pages(once: int) -> Iterator[Page]:
    """Yield the pages that are measured over HTTP: of those of visitors without an account, only kept ones."""
    for page in pages(once):
        if page.cached or page.writes or page.requests[0].session:
            yield page


def _anonymous() -> Iterator[Page]:
    from momentum.catalog.models import Course

    popular = (
        Course.objects.on_shelf().order_by("-enrolment_count", "id").values_list("slug", flat=True)[:LEARNERS]
    )
    for name, paths, share in (
        ("home", ["/"], 3),
        ("catalogue", ["/courses/"], 3),
        ("course", [f"/courses/{slug}/" for slug in popular], 4),
        ("lesson preview", [f"/courses/{slug}/lessons/1/" for slug in popular], 1),
    ):
        requests = [Request(path) for path in paths]
        yield Page(f"{name}, anonymous", requests)
        yield Page(f"{name}, anonymous, cached", requests, cached=True, share=share)


def _searched(number: int) -> list[str]:
    subjects = [subject for some in words.SUBJECTS.values() for subject in some.split()]
    chosen = random.Random(5).choices(subjects, k=number)
    return [quote_plus(subject.replace("-", " ")) for subject in chosen]


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


def _learners(number: int) -> list[Learner]:
    """Return learners with something to do, drawn by lot: the same each time while what they did stays the same."""
    from django.db import connection
    from django.test import Client

    from momentum.accounts.models import User

    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [number])
        found = cursor.fetchall()
    users = {user.id: user for user in User.objects.filter(id__in=[row[0] for row in found])}
    sessions = {}
    for user_id, user in users.items():
        client = Client()
        client.force_login(user)
        sessions[user_id] = client.session.session_key or ""
    return [Learner(sessions[user_id], slug, day, str(lesson)) for user_id, slug, day, lesson in found]


def _sign_ins() -> list[Request]:
    """Return sign-ins of so many people that none of them is taken for somebody who guesses."""
    from django.contrib.auth.hashers import make_password

    from momentum.accounts.models import User

    people = User.objects.filter(email__startswith="learner").order_by("-id")[:500].values_list("id", "email")
    User.objects.filter(id__in=[identity for identity, _email in people]).update(
        password=make_password(_PASSWORD)
    )
    return [
        Request("/account/login/", post=f"login={quote_plus(email)}&password={quote_plus(_PASSWORD)}")
        for _identity, email in people
    ]
