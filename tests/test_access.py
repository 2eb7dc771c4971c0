"""Every address of the product, and what each kind of person gets there.

The routes come from the URL configuration: one that isn't declared in tests/routes fails, and so does a declaration
whose route is gone. Unsafe requests that are refused must leave every row as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from momentum.accounts.models import User
from momentum.catalog.actions import export_course, import_course, withdraw_lesson
from momentum.catalog.models import Video
from momentum.events.models import AuditEntry
from tests.catalog.zips import zipped
from tests.routes import ACTORS, ADMIN, ADMINISTRATION, HIDDEN, NOBODY, ROUTES, SIGN_IN, Route, post_to
from tests.world import World, client_of

CLIP = Path(__file__).parent / "files" / "clip.webm"

SIGNED = {"payments:webhook", "mail:webhook"}


def _routes(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or f"unnamed: {pattern.pattern}"))


def _written() -> int:
    """Return how many rows this test's transaction has written so far, in any table."""
    with connection.cursor() as cursor:
        cursor.execute("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


@contextmanager
def _undone() -> Iterator[None]:
    """Let the next request find the world as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _asked_of(name: str) -> Iterator[tuple[str, Route, str, str, Any]]:
    """Yield for a route every case, method and actor, and what the answer must be."""
    for case, table in (("shown", ROUTES), ("hidden", HIDDEN)):
        if route := table.get(name):
            for method, answers in (("get", route.get), ("post", route.post)):
                for actor, expected in zip(ACTORS, answers or (), strict=bool(answers)):
                    yield case, route, method, actor, expected


def test_every_route_is_declared_and_every_declaration_has_its_route() -> None:
    assert set(_routes(get_resolver())) == set(ROUTES)
    assert set(ROUTES) >= set(HIDDEN)


@pytest.mark.parametrize("name", list(ROUTES))
def test_each_gets_what_is_theirs(world: World, subtests: pytest.Subtests, name: str) -> None:
    for case, route, method, actor, expected in _asked_of(name):
        with subtests.test(case=case, method=method, actor=actor), _undone():
            client, path = client_of(world, actor), reverse(name, kwargs=route.kwargs(world))
            before = _written()

            response = (
                client.get(path, route.query(world))
                if method == "get"
                else post_to(client, path, route, world)
            )
            if response.streaming:
                response.getvalue()  # to the end, which closes the file

            address = response.headers.get("Location", "").partition("?")[0]
            answer = SIGN_IN if address == reverse("account_login") else response.status_code
            assert answer == expected
            if answer in {SIGN_IN, 401, 403, 404}:
                assert _written() == before
            if actor != ACTORS[0]:
                kept = response.headers["Cache-Control"]
                stays = kept == "no-cache" and name.startswith("ui:")
                assert "no-store" in kept or "public" in kept or stays


def test_the_other_method_is_not_answered(world: World, subtests: pytest.Subtests) -> None:
    client = client_of(world, "admin")
    for name, route in ROUTES.items():
        if not (route.get and route.post):
            with subtests.test(name=name), _undone():
                path, before = reverse(name, kwargs=route.kwargs(world)), _written()

                response = client.get(path) if route.get is None else client.post(path)

                assert response.status_code == 405
                assert _written() == before


def test_a_form_of_another_site_does_nothing(world: World, subtests: pytest.Subtests) -> None:
    client = client_of(world, "admin", enforce_csrf_checks=True)
    for name, route in ROUTES.items():
        # Servers of others have no form of ours; what they send is signed.
        if route.post and route.post != NOBODY and not route.cookieless and name not in SIGNED:
            with subtests.test(name=name), _undone():
                path, before = reverse(name, kwargs=route.kwargs(world)), _written()

                response = post_to(client, path, route, world)

                assert response.status_code == 403
                assert _written() == before


def test_no_other_unsafe_method_does_anything(world: World, subtests: pytest.Subtests) -> None:
    client = client_of(world, "admin", enforce_csrf_checks=True)
    for name, route in ROUTES.items():
        with subtests.test(name=name), _undone():
            path, before = reverse(name, kwargs=route.kwargs(world)), _written()

            for method in ("put", "patch", "delete"):
                assert getattr(client, method)(path).status_code in {403, 404, 405}

            assert _written() == before


def _unchecked(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _unchecked(pattern)
        elif getattr(pattern.callback, "csrf_exempt", False):
            yield f"{pattern.callback.__module__}:{pattern.name}"


def test_the_token_is_asked_for_everywhere_but_where_the_api_asks_itself() -> None:
    unchecked = set(_unchecked(get_resolver()))

    # ninja's own doors ask where they are opened with a cookie. What cached pages tell (searches, visits), which can't
    # carry a token, takes what our own script sends and no other site can. Apple posts its answer, which carries a
    # state of ours. The payment provider and Amazon SNS sign what they send. An address to unsubscribe is itself the
    # leave to do that, and mail programs post there. The rest change nothing.
    assert {one for one in unchecked if not one.startswith("ninja.")} <= {
        "momentum.accounts.views.social:apple_callback",
        "momentum.api:api-root",
        "momentum.api:api-nothing",
        "momentum.mail.views.webhooks:webhook",
        "momentum.payments.views.webhooks:webhook",
        "momentum.search.views:log",
        "momentum.analytics.views:visits",
        "momentum.analytics.views:forgetting",
        "momentum.notifications.views.unsubscribe:unsubscribe",
    }


# What is valid only with a file; test_what_is_uploaded_is_audited has it.
UPLOADS = {
    "panel:catalog:course-import",
    "panel:catalog:lesson-video",
    "studio:start",
    "api:start_generation",
}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, route in ROUTES.items()
        if name.startswith(ADMINISTRATION)
        and name not in UPLOADS
        and route.post
        and route.post[1] == 403
        and route.post[3] != 204  # a sign that somebody is reading changes nothing
    ],
)
def test_what_an_administrator_changes_is_audited(world: World, name: Any) -> None:
    route, admin = ROUTES[name], world.people["admin"]
    if name == "studio:approval":
        withdraw_lesson(actor=admin, lesson=world.written)
    if name == "panel:catalog:lesson-video-removal":
        Video.objects.create(lesson=world.draft_lesson, file="videos/tides.webm", media_type="video/webm")
    known = set(AuditEntry.objects.values_list("pk", flat=True))

    response = post_to(client_of(world, "admin"), reverse(name, kwargs=route.kwargs(world)), route, world)

    assert response.status_code in {302, 202}
    entries = AuditEntry.objects.exclude(pk__in=known)
    assert {entry.actor_id for entry in entries} == {admin.pk}
    assert {entry.request_id for entry in entries} == {response.headers["X-Request-ID"]}


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if name.startswith(ADMINISTRATION) and route.get == ADMIN]
)
def test_a_page_with_the_address_of_somebody_is_audited(world: World, name: Any) -> None:
    route, admin = ROUTES[name], world.people["admin"]
    others = set(User.objects.exclude(pk=admin.pk).values_list("email", flat=True))
    known = set(AuditEntry.objects.values_list("pk", flat=True))

    response = client_of(world, "admin").get(reverse(name, kwargs=route.kwargs(world)), route.query(world))
    shown = b"".join(response.streaming_content) if response.streaming else response.content

    noted = AuditEntry.objects.exclude(pk__in=known)
    if any(email.encode() in shown for email in others):
        assert [entry.actor_id for entry in noted] == [admin.pk]


def test_what_is_uploaded_is_audited(world: World) -> None:
    admin, known = world.people["admin"], set(AuditEntry.objects.values_list("pk", flat=True))

    import_course(
        actor=admin, source=zipped(export_course(actor=admin, course=world.draft)), slug_taken="rename"
    )
    media = {"video": SimpleUploadedFile("clip.webm", CLIP.read_bytes())}
    answer = client_of(world, "admin").post(
        reverse("panel:catalog:lesson-video", args=[world.draft_lesson.id]), media
    )

    assert answer.status_code == 302
    entries = AuditEntry.objects.exclude(pk__in=known)
    assert {"course.created", "video.added"} <= {entry.name for entry in entries}
    assert {entry.actor_id for entry in entries} == {admin.pk}
    # What both doors of the studio do; the world's jobs were made so.
    begun = AuditEntry.objects.filter(name="generation.started", subject_id=world.job.id)
    assert [entry.actor_id for entry in begun] == [admin.pk]
