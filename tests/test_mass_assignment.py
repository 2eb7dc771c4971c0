"""Whatever else a form carries, nothing but its own fields is taken from it.

Every route that changes something is sent what it expects, and then the same with the names of columns that are
nobody's to fill in. What is written must be the same both times.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from momentum.accounts.forms import SignUpForm
from momentum.catalog.forms import CourseForm, LessonForm
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
_LEFT_OUT = {"accounts_session", "core_cache", "django_migrations", "search_document", "search_kind"}
# What a form may take though the access matrix doesn't send it.
OWN_FIELDS: dict[str, set[str]] = {
    "account_signup": set(SignUpForm.base_fields),
    "panel:course-new": set(CourseForm.base_fields),
    "panel:course": set(CourseForm.base_fields),
    "panel:lesson-new": set(LessonForm.base_fields),
    "panel:lesson": set(LessonForm.base_fields),
    "engagement:profile": {"bio", "picture", "celebrates"},
    "panel:user-new": {"name"},
    "panel:coupon-new": set(CouponEditForm.base_fields),
    "panel:coupon": set(CouponEditForm.base_fields),
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


def _rows() -> Counter[str]:
    """Return what every table holds, without what changes by itself."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = sorted({name for (name,) in cursor.fetchall()} - _LEFT_OUT)
        found: Counter[str] = Counter()
        for name in tables:
            cursor.execute(f'select t::text from "{name}" t')  # noqa: S608 - names from the catalogue
            found.update(f"{name} {_CHANGING.sub('*', row)}" for (row,) in cursor.fetchall())
        return found


def _cases() -> Iterator[Any]:
    for name, route in ROUTES.items():
        if not route.post or route.post == NOBODY:
            continue
        for actor, answer in zip(ACTORS, route.post, strict=True):
            if answer in {200, 202, 302, 422}:
                yield pytest.param(name, actor, id=f"{name}-{actor}")


@pytest.mark.parametrize(("name", "actor"), list(_cases()))
def test_what_a_form_doesnt_ask_for_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, name: Any, actor: Any
) -> None:
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: "random")
    route = ROUTES[name]
    address = reverse(name, kwargs=route.kwargs(world))
    poison = {key: value for key, value in _poison(world).items() if key not in OWN_FIELDS.get(name, ())}
    ends = []

    for extra in ({}, poison):
        with transaction.atomic():
            sent = {**extra, **route.data(world)}
            kind = {"content_type": "application/json"} if route.json else {}
            response = client_of(world, actor).post(address, sent, **kind)
            ends.append((response.status_code, _rows()))
            transaction.set_rollback(True)

    assert ends[0][0] == ends[1][0]
    assert ends[1][1] - ends[0][1] == Counter()
    assert ends[0][1] - ends[1][1] == Counter()
