"""Whatever else a form carries, nothing but its own fields is taken from it.

Every route that changes something is sent what it expects, and then the same with the names of columns that are
nobody's to fill in. What is written must be the same both times.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from momentum.accounts.forms.account import SignUpForm
from momentum.catalog.forms.course import CourseForm, LessonForm
from momentum.payments.panel.forms import CouponEditForm
from tests.routes import ACTORS, NOBODY, ROUTES
from tests.world import World, client_of

# What changes with every run, whatever is sent.
_CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[ T][\d:.]+(\+\d\d)?"
    # Keys of links carry the second they were made in. The last are moments: seconds since 1970, the time in digits
    # alone, and the clock in a mail.
    r"|-[0-9a-z]{6}-[0-9a-f]{32,}|[0-9a-f]{32,}|![A-Za-z0-9]{40}|^\(\d+,|\b1[789]\d{8}\b|\b20\d{18}\b|\b\d\d:\d\d:\d\d\b"
)
# What keeps no facts: sessions are signed with the time, limits count every try, search is made from courses.
_LEFT_OUT = {"accounts_session", "core_cache", "django_migrations", "search_document", "search_facetgroup"}
# What a form may take though the access matrix doesn't send it.
OWN_FIELDS: dict[str, set[str]] = {
    "account_signup": set(SignUpForm.base_fields),
    "panel:catalog:course-new": set(CourseForm.base_fields),
    "panel:catalog:course": set(CourseForm.base_fields),
    "panel:catalog:lesson-new": set(LessonForm.base_fields),
    "panel:catalog:lesson": set(LessonForm.base_fields),
    "engagement:profile": {"bio", "picture", "celebrates"},
    "panel:user-new": {"name"},
    "panel:payments:coupon-new": set(CouponEditForm.base_fields),
    "panel:payments:coupon": set(CouponEditForm.base_fields),
    "account_reset_password": {"email"},
    "account_sign_in_link": {"email"},
}


def _poison(world: World) -> dict[str, Any]:
    other, admin = world.people["other learner"], world.people["admin"]
    ids = dict.fromkeys(("user", "user_id", "learner", "learner_id", "owner"), str(other.id))
    actors = ("actor", "actor_id", "decided_by", "moderated_by", "reviewed_by", "impersonator")
    ids |= dict.fromkeys(actors, str(admin.id))
    things = {"course_id": str(world.draft.id), "lesson_id": str(world.draft_lesson.id)}
    flags = dict.fromkeys(
        (
            "is_admin",
            "is_staff",
            "is_superuser",
            "verified",
            "primary",
            "featured",
            "seen",
            "right",
            "active",
        ),
        "on",
    )
    moments = dict.fromkeys(
        (
            "date_joined",
            "last_login",
            "completed_at",
            "enrolled_at",
            "published_at",
            "issued_at",
            "due_at",
            "begun_at",
        ),
        "2001-01-01T00:00:00Z",
    )
    counts = dict.fromkeys(
        ("points", "enrolment_count", "rating_sum", "rating_count", "stars_5", "price_minor", "attempt"),
        "9999",
    )
    words = {
        "role": "admin", "is_active": "", "origin": "grant", "status": "completed", "access": "free",
        "provenance": "human", "currency": "XTS", "public_address": "mine", "avatar": "mine", "learner_name": "Mallory",
        "email": "mallory@example.com", "id": str(other.id), "pk": str(other.id), "slug": "mallory",
        "impersonated": str(admin.id), "_auth_user_id": str(admin.id),
    }  # fmt: skip
    return ids | things | flags | moments | counts | words


def _writes() -> dict[str, int]:
    """Return how often this test's transaction has written to each table so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
            " where schemaname = 'public'"
        )
        return dict(cursor.fetchall())


def _rows(tables: set[str]) -> Counter[str]:
    """Return what these tables hold, without what changes by itself."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for name in sorted(tables - _LEFT_OUT):
            cursor.execute(f'select t::text from "{name}" t')  # noqa: S608 - names from the catalogue
            found.update(f"{name} {_CHANGING.sub('*', row)}" for (row,) in cursor.fetchall())
    return found


def _change(send: Callable[[], int]) -> tuple[int, Counter[str], Counter[str]]:
    """Send something; return the answer, and which rows it made and took away. Nothing of it stays."""
    with transaction.atomic():
        before = _writes()
        status = send()
        after = _writes()
        written = {table for table, times in after.items() if times != before.get(table, 0)}
        made = _rows(written)
        transaction.set_rollback(True)
    was = _rows(written)
    return status, made - was, was - made


def _cases() -> Iterator[tuple[str, str]]:
    for name, route in ROUTES.items():
        if not route.post or route.post == NOBODY:
            continue
        for actor, answer in zip(ACTORS, route.post, strict=True):
            if answer in {200, 202, 302, 422}:
                yield name, actor


@pytest.mark.parametrize("name", sorted({name for name, _actor in _cases()}))
def test_what_a_form_doesnt_ask_for_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests, name: str
) -> None:
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: "random")
    route = ROUTES[name]
    address = reverse(name, kwargs=route.kwargs(world))
    poison = {key: value for key, value in _poison(world).items() if key not in OWN_FIELDS.get(name, ())}
    kind = {"content_type": "application/json"} if route.json else {}

    for actor in [actor for other, actor in _cases() if other == name]:
        with subtests.test(actor=actor):

            def send(extra: dict[str, str], actor: str = actor) -> int:
                sent = {**extra, **route.data(world)}
                return int(client_of(world, actor).post(address, sent, **kind).status_code)

            assert _change(lambda send=send: send(poison)) == _change(lambda send=send: send({}))
