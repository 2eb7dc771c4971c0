"""Pages kept in the process: only what everybody may see, never older than it says, gone when something changes."""

import asyncio
import threading
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from momentum.catalog.actions import withdraw_course
from momentum.events.queries.declared import events, public
from momentum.events.queries.version import version_of
from momentum.ui import page_cache
from momentum.ui.page_cache import PageCache
from tests.factories import make_course, make_enrolment

ASKED = "5f0c2b9e44a1d7836b1e0f9d2c7a8e64"  # pragma: allowlist secret
SHARED = [
    ("Content-Type", "text/html"),
    ("Cache-Control", "public, max-age=0, s-maxage=60"),
    ("ETag", '"one"'),
]


class Site:
    """Counts how often it is asked; answers with `headers` and a body that says how often."""

    def __init__(self, *headers: tuple[str, str], status: str = "200 OK") -> None:
        self.headers = list(headers or SHARED)
        self.status = status
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, [*self.headers, ("X-Request-ID", f"request-{self.asked}")])
        return [f"answer {self.asked}".encode()]


def get(application: Any, path: str = "/", **headers: str) -> tuple[str, dict[str, str], str]:
    """Return status line, headers and body."""
    said: list[Any] = []
    environ = RequestFactory().get(path, headers={"host": "localhost", **headers}).environ
    environ.pop("HTTP_COOKIE", None)
    if "cookie" in headers:
        environ["HTTP_COOKIE"] = headers["cookie"]
    body = b"".join(application(environ, lambda status, found, info=None: said.extend((status, found))))
    return said[0], dict(said[1]), body.decode()


def post(application: Any) -> None:
    b"".join(application(RequestFactory().post("/").environ, lambda status, headers, info=None: None))


def kept(site: Any, version: Any = lambda: 1, **options: Any) -> PageCache:
    return PageCache(site, version=version, **options)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that goes on when told to."""

    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    made = Clock()
    monkeypatch.setattr(page_cache, "time", made)
    return made


def test_a_shared_page_is_made_once_and_says_how_old_it_is(clock: Any) -> None:
    site = Site()
    cache = kept(site)
    get(cache)
    clock.now += 7

    status, headers, body = get(cache, **{"x-request-id": ASKED})

    assert (status, body, site.asked) == ("200 OK", "answer 1", 1)
    assert headers["Age"] == "7"
    assert headers["X-Request-ID"] == ASKED
    assert headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_who_has_the_page_already_is_told_so(clock: Any) -> None:
    site = Site()
    cache = kept(site)

    first = get(cache, **{"if-none-match": '"one"'})
    second = get(cache, **{"if-none-match": 'W/"one"'})
    other = get(cache, **{"if-none-match": '"two"'})

    assert (first[0], first[2]) == (second[0], second[2]) == ("304 Not Modified", "")
    assert "Content-Type" not in second[1]
    assert (other[0], other[2], site.asked) == ("200 OK", "answer 1", 1)


def test_a_page_ends_when_its_header_says(clock: Any) -> None:
    site = Site()
    cache = kept(site)
    get(cache)

    clock.now += 59.9
    before = get(cache)[2]
    clock.now += 0.1
    after = get(cache)[2]

    assert (before, after) == ("answer 1", "answer 2")


@pytest.mark.parametrize(
    "header",
    ["cookie:momentum_session=abc", "cookie:anything=1", "authorization:Bearer x", "range:bytes=0-9"],
)
def test_a_request_with_a_cookie_or_credential_goes_past_in_both_directions(header: str) -> None:
    name, _, value = header.partition(":")
    site = Site()
    cache = kept(site)

    mine = get(cache, **{name: value})[2]
    public = get(cache)[2]
    mine_again = get(cache, **{name: value})[2]

    assert (mine, public, mine_again) == ("answer 1", "answer 2", "answer 3")


@pytest.mark.parametrize(
    "site",
    [
        Site(("Cache-Control", "private, no-cache"), ("ETag", '"one"')),
        Site(("Cache-Control", "public, max-age=60"), ("ETag", '"one"')),
        Site(("Cache-Control", "public, s-maxage=0"), ("ETag", '"one"')),
        Site(("ETag", '"one"')),
        Site(*SHARED, ("Set-Cookie", "a=b")),
        Site(*SHARED, ("Vary", "Cookie, User-Agent")),
        Site(*SHARED, ("Vary", "*")),
        Site(*SHARED, status="404 Not Found"),
        Site(*SHARED, status="302 Found"),
    ],
    ids=[
        "private",
        "no s-maxage",
        "s-maxage of 0",
        "no cache-control",
        "cookie",
        "vary",
        "vary *",
        "404",
        "302",
    ],
)
def test_nothing_else_is_kept(site: Site) -> None:
    cache = kept(site)

    get(cache)
    get(cache)

    assert site.asked == 2


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/?page=2"},
        {"path": "/other/"},
        {"host": "elsewhere.example"},
        {"hx-request": "true"},
        {"x-forwarded-proto": "https"},
    ],
    ids=str,
)
def test_what_a_page_depends_on_keeps_pages_apart(other: dict[str, str]) -> None:
    site = Site(*SHARED, ("Vary", "Cookie, HX-Request, Accept-Language"))
    cache = kept(site)
    get(cache)

    found = get(cache, **other)

    assert found[2] == "answer 2"


def test_what_changes_is_seen_a_quarter_of_a_second_later_at_most(clock: Any) -> None:
    site, versions = Site(), [1]
    cache = kept(site, lambda: versions[-1])
    get(cache)

    versions.append(2)
    clock.now += 0.2
    before = get(cache)[2]
    clock.now += 0.05
    after = get(cache)[2]

    assert (before, after) == ("answer 1", "answer 2")


def test_what_was_changed_here_is_seen_at_once(clock: Any) -> None:
    site, versions = Site(), [1]
    cache = kept(site, lambda: versions[-1])
    get(cache)

    versions.append(2)
    post(cache)

    assert get(cache)[2] == "answer 3"


def test_what_is_kept_is_shown_while_nobody_can_say_what_changed(clock: Any) -> None:
    site, versions = Site(), [1]
    cache = kept(site, lambda: versions[-1])
    get(cache)

    versions.append(None)
    clock.now += 300
    shown, other = get(cache), get(cache, "/other/")

    assert (shown[2], shown[1]["Age"], shown[1]["Cache-Control"]) == ("answer 1", "300", "no-cache")
    assert other[2] == "answer 2"
    # Back again, and nothing has changed: a page that is too old is made anew, and what was made meanwhile isn't kept.
    versions.append(1)
    clock.now += 1
    assert get(cache)[2] == "answer 3"
    assert get(cache, "/other/")[2] == "answer 4"


def test_what_changed_while_nobody_could_say_so_is_seen_afterwards(clock: Any) -> None:
    site, versions = Site(), [1]
    cache = kept(site, lambda: versions[-1])
    get(cache)

    versions += [None, 2]
    clock.now += 1

    assert get(cache)[2] == "answer 2"


def test_an_event_loop_gets_what_is_kept_and_nothing_else(clock: Any) -> None:
    site, versions = Site(), [1]
    cache = kept(site, lambda: versions[-1])
    get(cache)

    async def ask(path: str = "/", **headers: str) -> Any:
        environ = RequestFactory().get(path, headers={"host": "localhost", **headers}).environ
        environ.pop("HTTP_COOKIE", None)
        return await cache.kept(environ | ({"HTTP_COOKIE": "a=b"} if path == "/mine/" else {}))

    found = asyncio.run(ask())
    unchanged = asyncio.run(ask(**{"if-none-match": '"one"'}))
    others = [asyncio.run(ask("/other/")), asyncio.run(ask("/mine/"))]
    versions.append(2)
    clock.now += 1
    changed = asyncio.run(ask())

    assert (found.status, found.body, dict(found.headers)["Age"]) == (200, b"answer 1", "0")
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert others == [None, None]
    assert changed is None
    assert site.asked == 1


def test_an_event_loop_waits_a_second_at_most_for_a_silent_database() -> None:
    released = threading.Event()
    site = Site()
    answers = iter([lambda: 1, lambda: 1, lambda: released.wait(60) and None])

    def version() -> Any:
        return next(answers)()

    cache = kept(site, version)
    get(cache)
    post(cache)
    get(cache)
    post(cache)
    environ = RequestFactory().get("/", headers={"host": "localhost"}).environ
    environ.pop("HTTP_COOKIE", None)

    async def ask() -> Any:
        found = await cache.kept(environ)
        released.set()
        return found

    assert asyncio.run(ask()).body == b"answer 1"


def test_what_was_asked_for_longest_ago_is_forgotten_first(clock: Any) -> None:
    site = Site()
    cache = kept(site, most_bytes=2 * len("answer 1"))
    get(cache, "/a/")
    get(cache, "/b/")
    get(cache, "/a/")

    get(cache, "/c/")

    assert get(cache, "/a/")[2] == "answer 1"
    assert get(cache, "/b/")[2] == "answer 4"


def test_the_events_that_everybody_can_see_are_public_and_a_learners_are_not() -> None:
    assert {"course.published", "course.withdrawn", "course.changed", "lesson.changed"} <= set(public())
    assert not {"lesson.completed", "lesson.started", "course.completed", "enrolment.started"} & set(public())
    assert set(public()) <= events()


@pytest.mark.django_db(transaction=True)
def test_a_kept_course_page_is_gone_when_the_course_is_withdrawn(
    admin: Any, learner: Any, clock: Any
) -> None:
    course = make_course(title="Tides", slug="tides")
    cache = kept(WSGIHandler(), lambda: version_of(public()))
    first = get(cache, "/courses/tides/")
    # A learner's doings change nothing for others.
    make_enrolment(learner, course, done=1)
    clock.now += 1
    again = get(cache, "/courses/tides/")

    withdraw_course(actor=admin, course=course)
    clock.now += 1
    gone = get(cache, "/courses/tides/")

    assert "Age" not in first[1]
    assert again[1]["Age"] == "1"
    assert again[2] == first[2]
    assert gone[0].startswith("404")


@pytest.mark.django_db(transaction=True)
def test_a_learners_page_is_never_anybody_elses(as_learner: Client, learner: Any) -> None:
    make_course(title="Tides", slug="tides")
    cache = kept(WSGIHandler(), lambda: version_of(public()))
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in as_learner.cookies.items())

    mine = get(cache, "/", cookie=cookie)
    anonymous = get(cache, "/")
    mine_again = get(cache, "/", cookie=cookie)

    assert learner.initials in mine[2]
    assert "private" in mine[1]["Cache-Control"]
    assert "Sign in" in anonymous[2]
    assert learner.initials in mine_again[2]
    assert "Age" not in mine_again[1]
