"""Every address of the product, and what each kind of person gets there.

The routes come from the URL configuration: one that isn't declared here fails, and so does a declaration
whose route is gone. Unsafe requests that are refused must leave every row as it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.monkeypatch import MonkeyPatch
from django.conf import settings
from django.contrib.auth.hashers import make_password as unusable
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions import export_course, import_course, withdraw_lesson
from momentum.catalog.models import Video
from momentum.core.ids import uuid7
from momentum.events.models import AuditEntry
from momentum.learning.models import Certificate
from momentum.learning.reviewing import write_review
from momentum.payments.actions import open_portal, order_course, reconcile, save_coupon
from momentum.payments.models import Plan, WebhookEvent
from momentum.privacy.actions import deletion_token
from momentum.privacy.models import Export
from momentum.providers.writer import CourseRequest
from momentum.studio import actions as studio
from momentum.studio import steps
from momentum.ui.covers import cover_url
from tests.catalog.zips import zipped
from tests.factories import make_category, make_course, make_enrolment, make_question, make_user
from tests.payments.till import buy, make_paid_course, subscribe
from tests.studio.scribe.writer import NAME, Scribe
from tests.studio.working import work, work_on

CLIP = Path(__file__).parent / "files" / "clip.webm"
LOCAL_MAIL = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

ACTORS = ("anonymous", "learner", "other learner", "admin")
SIGN_IN = "sent to sign in"

type Answer = int | str
type Answers = tuple[Answer, Answer, Answer, Answer]
type World = SimpleNamespace


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Route:
    """What a route answers to each of ACTORS, by method; a method that isn't named answers 405 to all."""

    get: Answers | None = None
    post: Answers | None = None
    kwargs: Callable[[World], dict[str, Any]] = _nothing
    query: Callable[[World], dict[str, Any]] = _nothing
    data: Callable[[World], dict[str, Any]] = _nothing
    json: bool = False
    # Reads no cookie, so that no other site can make a browser do it for somebody.
    cookieless: bool = False


def _of(name: str, path: str) -> Callable[[World], dict[str, Any]]:
    def kwargs(world: World) -> dict[str, Any]:
        found = world
        for part in path.split("."):
            found = getattr(found, part)
        return {name: found}

    return kwargs


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.course.slug}


def _draft_slug(world: World) -> dict[str, Any]:
    return {"slug": world.draft.slug}


def _state(state: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"state": state}


def _course_form(world: World) -> dict[str, Any]:
    return {
        "title": "Changed", "summary": "Changed.", "category": str(world.draft.category_id), "duration_days": "2",
        "level": "beginner", "language": "en", "access": "free", "rhythm": "one_a_day", "version": "1",
    }  # fmt: skip


def _lesson_form(world: World) -> dict[str, Any]:
    lists = {
        f"{prefix}-{name}": "0"
        for prefix in ("action", "resource", "question")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"title": "Changed", "content": "<p>Changed.</p>", "minutes": "5", "version": "1", **lists}


def _zip(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("course.zip", b"not a zip")}


def _day(world: World) -> dict[str, Any]:
    return {"job_id": world.job.id, "day": 1}


ALL: Answers = (200, 200, 200, 200)
OWN: Answers = (SIGN_IN, 200, 200, 200)
OWN_POST: Answers = (SIGN_IN, 302, 302, 302)
NOBODY: Answers = (404, 404, 404, 404)
ADMIN: Answers = (SIGN_IN, 403, 403, 200)
ADMIN_POST: Answers = (SIGN_IN, 403, 403, 302)
GUESTS: Answers = (200, 302, 302, 302)
ENROLLED_POST: Answers = (SIGN_IN, 302, 403, 302)
# Who one is must be proved once more first.
PROVEN: Answers = (SIGN_IN, 302, 302, 302)
OWN_NONE: Answers = (SIGN_IN, 404, 404, 404)
JOB = _of("job_id", "job.id")
COURSE = _of("course_id", "draft.id")
LESSON = _of("lesson_id", "draft_lesson.id")
PERSON = _of("user_id", "review.user_id")

ROUTES: dict[str, Route] = {
    "healthz": Route(get=ALL),
    "readyz": Route(get=ALL),
    "home": Route(get=ALL),
    "ui:cover": Route(
        get=ALL, kwargs=lambda world: {"digest": _cover(world)[0]}, query=lambda world: _cover(world)[1]
    ),
    "catalog:catalogue": Route(get=ALL),
    "search:suggestions": Route(get=ALL),
    # What isn't sent by our own script is refused whoever is signed in; tests/search/test_log.py has the rest.
    "search:log": Route(post=(403, 403, 403, 403)),
    "catalog:cover": Route(get=ALL, kwargs=_of("name", "uploaded")),
    # --- learning -----------------------------------------------------------------------------------
    "learning:course": Route(get=ALL, kwargs=_slug),
    "learning:lesson": Route(get=(SIGN_IN, 200, 403, 200), kwargs=lambda world: {**_slug(world), "day": 1}),
    "learning:enrolment": Route(post=OWN_POST, kwargs=_slug, data=_state("enrolled")),
    "learning:sitemap": Route(get=ALL),
    "learning:robots": Route(get=ALL),
    "learning:poster": Route(get=ALL, kwargs=lambda world: {**_slug(world), "digest": "older"}),
    "learning:reviews": Route(get=ALL, kwargs=_slug),
    "learning:review": Route(
        get=(SIGN_IN, 200, 403, 403),
        post=(SIGN_IN, 302, 403, 403),
        kwargs=lambda world: {"slug": world.finished.slug},
        data=lambda world: {"stars": "5", "text": "Clear and short."},
    ),
    "learning:review-removal": Route(post=OWN_POST, kwargs=lambda world: {"slug": world.finished.slug}),
    "learning:certificate": Route(get=ALL, kwargs=_of("number", "certificate.number")),
    "learning:certificate-pdf": Route(get=ALL, kwargs=_of("number", "certificate.number")),
    "learning:certificate-name": Route(
        post=(SIGN_IN, 302, 404, 404), kwargs=_of("number", "unnamed.number"), data=lambda world: {"name": "Lea"}
    ),
    "learning:completion": Route(post=(SIGN_IN, 302, 403, 403), kwargs=_of("lesson_id", "lesson.id")),
    "learning:heartbeat": Route(
        post=(SIGN_IN, 200, 403, 200), kwargs=_of("lesson_id", "lesson.id"), data=_state("start")
    ),
    "learning:video": Route(get=(SIGN_IN, 200, 403, 200), kwargs=_of("lesson_id", "lesson.id")),
    "learning:captions": Route(get=(SIGN_IN, 200, 403, 200), kwargs=_of("lesson_id", "lesson.id")),
    "learning:position": Route(
        post=(SIGN_IN, 200, 403, 200),
        kwargs=_of("lesson_id", "lesson.id"),
        data=lambda world: {"seconds": "5"},
    ),
    "learning:tick": Route(
        post=(SIGN_IN, 302, 403, 403), kwargs=_of("item_id", "item.id"), data=lambda world: {"done": "on"}
    ),
    "learning:answers": Route(
        post=(SIGN_IN, 302, 403, 403), kwargs=_of("question_id", "question.id"), data=lambda world: {"text": "Low"}
    ),
    # --- payments -----------------------------------------------------------------------------------
    "payments:order-new": Route(get=OWN, post=(SIGN_IN, 302, 302, 302), kwargs=_of("slug", "paid.slug")),
    "payments:premium": Route(get=ALL),
    "payments:premium-order": Route(post=OWN_POST, data=lambda world: {"plan": str(world.plan.id)}),
    "payments:portal": Route(post=(SIGN_IN, 302, 404, 404)),
    "payments:cancellation": Route(post=(SIGN_IN, 404, 404, 404)),
    "payments:orders": Route(get=OWN),
    "payments:order": Route(get=(SIGN_IN, 200, 404, 404), kwargs=_of("order_id", "order.id")),
    "payments:withdrawal": Route(
        get=(SIGN_IN, 200, 404, 404),
        post=(SIGN_IN, 302, 404, 404),
        kwargs=_of("order_id", "order.id"),
        data=lambda world: {"confirmed": "on"},
    ),
    "payments:receipt": Route(get=(SIGN_IN, 200, 404, 404), kwargs=_of("payment_id", "payment.id")),
    # What the provider didn't sign is refused whoever sends it; tests/payments/test_webhooks.py has the rest.
    "payments:webhook": Route(post=(400, 400, 400, 400)),
    # Who has the address may pay; it can't be guessed, and the pages are the provider's own.
    "sandbox:desk": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"act": "behave"}),
    "sandbox:checkout": Route(
        get=ALL, post=(302, 302, 302, 302), kwargs=_of("session_id", "session"),
        data=lambda world: {"number": "4242424242424242"},
    ),
    "sandbox:authentication": Route(
        get=(302, 302, 302, 302), post=(302, 302, 302, 302), kwargs=_of("session_id", "session")
    ),
    "sandbox:portal": Route(get=ALL, post=(302, 302, 302, 302), kwargs=_of("token", "portal")),
    # --- engagement ---------------------------------------------------------------------------------
    "engagement:dashboard": Route(get=OWN),
    "engagement:celebrations": Route(get=(SIGN_IN, 200, 204, 204), post=OWN_POST),
    "engagement:profile": Route(
        get=OWN, post=OWN_POST, data=lambda world: {"name": "New", "time_zone": "UTC", "language": "en"}
    ),
    "engagement:showcase": Route(post=OWN_POST),
    "engagement:publication": Route(post=OWN_POST, data=_state("public")),
    "engagement:picture": Route(
        get=(SIGN_IN, 200, 404, 404), kwargs=lambda world: {"name": world.picture, "size": 96}
    ),
    "engagement:public-profile": Route(get=ALL, kwargs=_of("address", "public")),
    "engagement:public-picture": Route(
        get=ALL, kwargs=lambda world: {"address": world.public, "size": 96}
    ),
    # --- the look -----------------------------------------------------------------------------------
    "ui:stylesheet": Route(get=ALL, kwargs=lambda world: {"digest": "older"}),
    "ui:medal": Route(
        get=ALL, kwargs=lambda world: {"edition": 1, "kind": "streak", "tier": "gold", "number": 28}
    ),
    "ui:manifest": Route(get=ALL),
    "ui:service-worker": Route(get=ALL),
    "ui:offline": Route(get=ALL),
    "ui:guide": Route(get=ALL, post=(422, 422, 422, 422)),
    # --- accounts -----------------------------------------------------------------------------------
    "landing": Route(get=OWN_POST),
    "account_resend_verification": Route(post=(SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)),
    "account_login": Route(get=GUESTS, post=GUESTS),
    "account_signup": Route(get=GUESTS, post=GUESTS),
    "account_logout": Route(get=(302, 200, 200, 200), post=(302, 302, 302, 302)),
    "account_inactive": Route(get=ALL),
    "account_reauthenticate": Route(get=OWN, post=OWN),
    "account_email": Route(get=OWN, post=PROVEN, data=lambda world: {"email": "new@example.com"}),
    "account_email_removal": Route(post=OWN_POST),
    "account_email_confirmation": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "account_email_verification_sent": Route(get=ALL),
    "account_confirm_email": Route(get=ALL, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "account_change_password": Route(get=OWN, post=OWN),
    "account_set_password": Route(get=OWN_POST, post=OWN_POST),
    "account_reset_password": Route(get=ALL, post=ALL),
    "account_reset_password_done": Route(get=ALL),
    "account_reset_password_from_key": Route(
        get=ALL, post=ALL, kwargs=lambda world: {"uidb36": "1", "key": "no-such-key"}
    ),
    "account_reset_password_from_key_done": Route(get=ALL),
    "account_confirm_login_code": Route(
        get=(SIGN_IN, 302, 302, 302), post=(SIGN_IN, 302, 302, 302)
    ),
    # --- privacy ------------------------------------------------------------------------------------
    "privacy:privacy": Route(get=ALL),
    "privacy:terms": Route(get=ALL),
    "privacy:own": Route(get=OWN),
    "privacy:export": Route(post=OWN_POST),
    "privacy:export-file": Route(get=(SIGN_IN, 200, 404, 404), kwargs=_of("export_id", "export.id")),
    "privacy:deletion": Route(post=OWN_POST, data=_state("kept")),
    "privacy:deletion-confirmation": Route(
        get=OWN, post=(SIGN_IN, 302, 403, 403), kwargs=lambda world: {"token": deletion_token(world.export.user)}
    ),
    "account_sessions": Route(get=OWN),
    "account_sessions_removal": Route(post=OWN_POST, data=lambda world: {"but": "this"}),
    "account_session_removal": Route(post=(SIGN_IN, 404, 404, 404), kwargs=lambda world: {"session_id": uuid7()}),
    # Providers that aren't configured are as addresses that never were; tests/accounts/test_identities.py has the rest.
    "socialaccount_connections": Route(get=OWN, post=OWN),
    "account_identity_link": Route(get=OWN_NONE, post=OWN_NONE),
    "socialaccount_login_cancelled": Route(get=ALL),
    "facebook_login": Route(get=NOBODY, post=NOBODY),
    "facebook_callback": Route(get=NOBODY),
    "apple_login": Route(get=NOBODY, post=NOBODY),
    "apple_callback": Route(post=NOBODY),
    "apple_finish_callback": Route(get=NOBODY),
    "openid_connect_login": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"provider_id": "google"}),
    "openid_connect_callback": Route(get=NOBODY, kwargs=lambda world: {"provider_id": "google"}),
    "account_grant_removal": Route(post=(SIGN_IN, 404, 404, 404), kwargs=lambda world: {"grant_id": uuid7()}),
    "api:token": Route(post=(422, 422, 422, 422), json=True, cookieless=True),
    "api:token-refresh": Route(
        post=(401, 401, 401, 401), data=lambda world: {"refresh_token": "x"}, json=True, cookieless=True
    ),
    "api:token-revocation": Route(
        post=(204, 204, 204, 204), data=lambda world: {"refresh_token": "x"}, json=True, cookieless=True
    ),
    "mfa_index": Route(get=OWN),
    "mfa_authenticate": Route(get=(SIGN_IN, 302, 302, 302), post=(SIGN_IN, 302, 302, 302)),
    "mfa_reauthenticate": Route(get=OWN_POST, post=OWN_POST),
    "mfa_activate_totp": Route(get=PROVEN, post=PROVEN),
    "mfa_deactivate_totp": Route(get=OWN_NONE, post=OWN_NONE),
    "mfa_view_recovery_codes": Route(get=OWN_NONE),
    "mfa_generate_recovery_codes": Route(get=PROVEN, post=PROVEN),
    "mfa_download_recovery_codes": Route(get=OWN_NONE),
    "mfa_list_webauthn": Route(get=OWN),
    "mfa_add_webauthn": Route(get=PROVEN, post=PROVEN),
    "mfa_reauthenticate_webauthn": Route(get=OWN_POST, post=OWN_POST),
    "mfa_remove_webauthn": Route(get=PROVEN, post=PROVEN, kwargs=lambda world: {"pk": 1}),
    "mfa_edit_webauthn": Route(get=PROVEN, post=PROVEN, kwargs=lambda world: {"pk": 1}),
    "mfa_login_webauthn": Route(get=(SIGN_IN, 302, 302, 302), post=(422, 302, 302, 302)),
    # --- the panel ----------------------------------------------------------------------------------
    "panel:home": Route(get=ADMIN),
    "panel:courses": Route(get=ADMIN),
    "panel:course-new": Route(get=ADMIN, post=ADMIN_POST, data=_course_form),
    "panel:course-import": Route(post=(SIGN_IN, 403, 403, 422), data=_zip),
    "panel:course": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_course_form),
    "panel:course-status": Route(post=ADMIN_POST, kwargs=COURSE, data=_state("archived")),
    "panel:course-copy": Route(post=ADMIN_POST, kwargs=COURSE),
    "panel:course-delete": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE),
    "panel:course-export": Route(get=ADMIN, kwargs=COURSE),
    "panel:lesson-new": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_lesson_form),
    "panel:lesson": Route(get=ADMIN, post=ADMIN_POST, kwargs=LESSON, data=_lesson_form),
    "panel:lesson-place": Route(post=ADMIN_POST, kwargs=LESSON, data=lambda world: {"direction": "down"}),
    "panel:lesson-status": Route(post=ADMIN_POST, kwargs=LESSON, data=_state("draft")),
    "panel:lesson-video": Route(get=ADMIN, post=(SIGN_IN, 403, 403, 422), kwargs=LESSON),
    "panel:lesson-video-removal": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:lesson-delete": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:reviews": Route(get=ADMIN),
    "panel:review-status": Route(post=ADMIN_POST, kwargs=_of("review_id", "review.id"), data=_state("published")),
    "panel:certificates": Route(get=ADMIN),
    "panel:certificate-status": Route(
        post=ADMIN_POST,
        kwargs=_of("certificate_id", "certificate.id"),
        data=lambda world: {"state": "revoked", "reason": "Issued in error."},
    ),
    "panel:payments": Route(get=ADMIN),
    "panel:payments-export": Route(get=ADMIN),
    "panel:payment": Route(get=ADMIN, kwargs=_of("payment_id", "payment.id")),
    "panel:payment-refund": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=_of("payment_id", "payment.id"),
        data=lambda world: {"amount": "5.00", "reason": "As a courtesy.", "key": str(uuid7()), "confirmed": "500"},
    ),
    "panel:orders": Route(get=ADMIN),
    "panel:order": Route(get=ADMIN, kwargs=_of("order_id", "order.id")),
    "panel:order-check": Route(post=ADMIN_POST, kwargs=_of("order_id", "order.id")),
    "panel:subscriptions": Route(get=ADMIN),
    "panel:subscription": Route(get=ADMIN, kwargs=_of("subscription_id", "subscription.id")),
    "panel:subscription-cancellation": Route(
        post=ADMIN_POST, kwargs=_of("subscription_id", "subscription.id"), data=_state("cancelled")
    ),
    "panel:coupons": Route(get=ADMIN),
    "panel:coupon-new": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"code": "SPRING", "percent": "10"}),
    "panel:coupon": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=_of("coupon_id", "coupon.id"),
        data=lambda world: {"code": "AUTUMN", "percent": "10"},
    ),
    "panel:coupon-status": Route(post=ADMIN_POST, kwargs=_of("coupon_id", "coupon.id"), data=_state("inactive")),
    "panel:plans": Route(
        get=ADMIN, post=ADMIN_POST,
        data=lambda world: {"plan": str(world.plan.id), "month-amount": "14.00", "month-currency": "EUR"},
    ),
    "panel:events": Route(get=ADMIN),
    "panel:event": Route(get=ADMIN, kwargs=_of("event_id", "event.id")),
    "panel:event-replay": Route(post=ADMIN_POST, kwargs=_of("event_id", "event.id")),
    "panel:reconciliations": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"days": "7"}),
    "panel:reconciliation": Route(get=ADMIN, kwargs=_of("report_id", "report.id")),
    "panel:ledger": Route(get=ADMIN),
    "analytics:visits": Route(post=(403, 403, 403, 403)),
    "analytics:forgetting": Route(post=(403, 403, 403, 403)),
    "panel:visits": Route(get=ADMIN),
    "panel:searches": Route(get=ADMIN),
    "panel:searches-export": Route(get=ADMIN),
    "panel:users": Route(get=ADMIN),
    "panel:users-export": Route(get=ADMIN),
    "panel:user-new": Route(
        get=ADMIN, post=ADMIN_POST, data=lambda world: {"email": "nora@example.com", "role": "free"}
    ),
    "panel:user": Route(get=ADMIN, kwargs=PERSON),
    "panel:user-role": Route(post=ADMIN_POST, kwargs=PERSON, data=lambda world: {"role": "premium"}),
    "panel:user-status": Route(post=ADMIN_POST, kwargs=PERSON, data=_state("suspended")),
    "panel:user-invitation": Route(post=ADMIN_POST, kwargs=_of("user_id", "invited.id")),
    "panel:user-courses": Route(
        post=ADMIN_POST, kwargs=_of("user_id", "invited.id"), data=lambda world: {"course": str(world.course.id)}
    ),
    "panel:user-impersonation": Route(post=ADMIN_POST, kwargs=PERSON),
    "panel:impersonation-end": Route(post=OWN_POST),
    "panel:enrolment-removal": Route(post=ADMIN_POST, kwargs=_of("enrolment_id", "certificate.enrolment_id")),
    "panel:audit": Route(get=ADMIN),
    "panel:audit-export": Route(get=ADMIN),
    "panel:mail": Route(get=ADMIN),
    "panel:letter": Route(get=ADMIN, kwargs=_of("name", "letter")),
    "panel:letter-page": Route(get=ADMIN, kwargs=_of("name", "letter")),
    # --- the studio ---------------------------------------------------------------------------------
    "studio:jobs": Route(get=ADMIN),
    "studio:start": Route(get=ADMIN, post=(SIGN_IN, 403, 403, 422)),
    "studio:job": Route(get=ADMIN, kwargs=JOB),
    "studio:progress": Route(get=ADMIN, kwargs=JOB),
    "studio:cancellation": Route(post=ADMIN_POST, kwargs=_of("job_id", "queued.id")),
    "studio:resumption": Route(post=ADMIN_POST, kwargs=_of("job_id", "failed.id")),
    "studio:lesson-resumption": Route(
        post=ADMIN_POST, kwargs=lambda world: {"job_id": world.failed.id, "day": 1}
    ),
    "studio:rating": Route(post=ADMIN_POST, kwargs=JOB, data=lambda world: {"stars": "4"}),
    "studio:publication": Route(post=ADMIN_POST, kwargs=JOB),
    "studio:review": Route(get=ADMIN, kwargs=_day),
    "studio:approval": Route(post=ADMIN_POST, kwargs=_day),
    "studio:proposal-new": Route(post=ADMIN_POST, kwargs=_day, data=lambda world: {"note": "Shorter."}),
    "studio:proposal": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=_of("proposal_id", "proposal.id"), data=lambda world: {"decision": "reject"}
    ),
    # --- the API ------------------------------------------------------------------------------------
    "api:api-root": Route(get=NOBODY, post=NOBODY),
    "api-nothing": Route(get=NOBODY, post=NOBODY),
    "api-root": Route(get=NOBODY, post=NOBODY),
    "api:openapi-json": Route(get=ALL, post=ALL),
    "api:start_generation": Route(
        post=(401, 403, 403, 422), data=lambda world: {"topic": "Tides", "category": world.course.category.slug}
    ),
    "api:generation-status": Route(get=(401, 403, 403, 200), kwargs=JOB),
    "api:regenerate_lesson": Route(
        post=(401, 403, 403, 202),
        data=lambda world: {"lesson_id": str(world.written.id), "note": "Shorter."},
        json=True,
    ),
}  # fmt: skip

# What is there for some must be hidden from others, not refused: a refusal would say that it exists.
HIDDEN: dict[str, Route] = {
    "learning:course": Route(get=(404, 404, 404, 200), kwargs=_draft_slug),
    "learning:lesson": Route(get=(404, 404, 404, 200), kwargs=lambda world: {**_draft_slug(world), "day": 1}),
    "learning:enrolment": Route(post=(SIGN_IN, 404, 404, 404), kwargs=_draft_slug),
    "learning:poster": Route(
        get=(404, 404, 404, 200), kwargs=lambda world: {**_draft_slug(world), "digest": "older"}
    ),
    "learning:reviews": Route(get=(404, 404, 404, 200), kwargs=_draft_slug),
    "learning:review": Route(get=(SIGN_IN, 404, 404, 403), post=(SIGN_IN, 404, 404, 422), kwargs=_draft_slug),
    "learning:completion": Route(post=(SIGN_IN, 404, 404, 403), kwargs=LESSON),
    "learning:heartbeat": Route(post=(SIGN_IN, 404, 404, 200), kwargs=LESSON, data=_state("start")),
    "learning:tick": Route(
        post=(SIGN_IN, 404, 404, 403), kwargs=_of("item_id", "draft_item.id"), data=lambda world: {"done": "on"}
    ),
    "learning:video": Route(get=NOBODY, kwargs=LESSON),
    "learning:captions": Route(get=NOBODY, kwargs=LESSON),
    "learning:position": Route(post=(SIGN_IN, 404, 404, 200), kwargs=LESSON, data=lambda world: {"seconds": "5"}),
    "learning:answers": Route(
        post=(SIGN_IN, 404, 404, 403), kwargs=_of("question_id", "draft_question.id"),
        data=lambda world: {"text": "Low"},
    ),
    "payments:order-new": Route(get=(SIGN_IN, 404, 404, 404), post=(SIGN_IN, 404, 404, 404), kwargs=_draft_slug),
    "sandbox:checkout": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"session_id": "cs_test_nothing"}),
    "sandbox:authentication": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"session_id": "cs_test_no"}),
    "sandbox:portal": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"token": "nothing"}),
    "engagement:public-profile": Route(get=NOBODY, kwargs=lambda world: {"address": "A" * 22}),
    "engagement:public-picture": Route(get=NOBODY, kwargs=lambda world: {"address": "A" * 22, "size": 96}),
    "ui:medal": Route(
        get=NOBODY, kwargs=lambda world: {"edition": 1, "kind": "streak", "tier": "tin", "number": 28}
    ),
    "learning:certificate": Route(get=NOBODY, kwargs=lambda world: {"number": "7h3kz-2mq9x-4t8wv-b6n1c"}),
    "learning:certificate-pdf": Route(get=NOBODY, kwargs=lambda world: {"number": "7h3kz-2mq9x-4t8wv-b6n1c"}),
    "ui:cover": Route(get=NOBODY, kwargs=lambda world: {"digest": "A" * 22}),
    "catalog:cover": Route(get=NOBODY, kwargs=lambda world: {"name": "nothing.webp"}),
}  # fmt: skip


def _cover(world: World) -> tuple[str, dict[str, str]]:
    address, _mark, _query = cover_url(world.course).partition("?")
    digest = address.rpartition("/")[2].removesuffix(".svg")
    return digest, {"title": world.course.title, "category": world.course.category.slug}


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A course that the learner takes, and a draft: made once, and rolled back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic(), MonkeyPatch.context() as patch:
        patch.setattr(settings, "MAILERS", LOCAL_MAIL)
        patch.setattr(steps, "writer_named", lambda name: Scribe())
        yield _make_world()
        transaction.set_rollback(True)


def _make_world() -> World:
    learner, other = make_user(name="Lea", public_address="lea", avatar="lea"), make_user(name="Otto")
    admin = make_user(name="Ada", role="admin")
    category = make_category()
    course = make_course(days=2, category=category)
    draft = make_course(days=2, category=category, published=False)
    make_enrolment(learner, course)
    finished = make_course(days=2, category=category)
    make_enrolment(learner, finished, done=2)
    review = write_review(user=learner, course=finished, stars=4, text="Clear and short.")
    certificate = Certificate.objects.get(enrolment__course=finished)
    unnamed = _unnamed(learner, category)
    lesson, draft_lesson = course.lessons.get(day=1), draft.lessons.get(day=1)
    Video.objects.create(
        lesson=lesson, file="videos/tides.webm", media_type="video/webm", captions="videos/tides.vtt"
    )
    job, queued, failed = (_make_job(admin, category, topic) for topic in ("Tides", "Waves", "Wind"))
    failed.fail(code="broken", error="It broke.")
    failed.lessons.create(day=1, title="Gusts", brief={}, status="failed", error="It broke.")
    written = work(job).course.lessons.get(day=1)
    other_written = job.course.lessons.get(day=2)
    proposal = work_on(studio.regenerate_lesson(actor=admin, lesson=other_written, note="Shorter."))
    for draft_of_job in job.course.lessons.all():
        studio.approve_lesson(actor=admin, lesson=draft_of_job)
    coupon = save_coupon(actor=admin, code="WELCOME", percent=20)
    bought = buy(learner, make_paid_course(category=category), code=coupon.code)
    subscriber = make_user(name="Sue")
    subscribed = subscribe(subscriber)
    waiting = order_course(user=other, course=make_paid_course(category=category))
    return SimpleNamespace(
        export=_make_export(learner),
        invited=make_user(name="Ines", password=unusable(None), verified=False),
        paid=make_paid_course(category=category),
        plan=Plan.objects.get(interval="month"),
        order=bought,
        payment=bought.payments.get(),
        coupon=coupon,
        subscription=subscribed.subscription,
        event=WebhookEvent.objects.filter(type="checkout.session.completed").latest("created_at"),
        report=reconcile(since=timezone.now() - timedelta(days=1)),
        session=waiting.session_id,
        portal=open_portal(user=learner).rstrip("/").rpartition("/")[2],
        job=job,
        queued=queued,
        failed=failed,
        written=written,
        proposal=proposal,
        course=course,
        finished=finished,
        certificate=certificate,
        unnamed=unnamed,
        review=review,
        lesson=lesson,
        item=lesson.action_items.first(),
        question=make_question(lesson),
        draft_question=make_question(draft_lesson),
        draft=draft,
        draft_lesson=draft_lesson,
        draft_item=draft_lesson.action_items.first(),
        letter=uuid7(),
        public=learner.public_address,
        picture=learner.avatar,
        uploaded="tides.webp",
        people={"learner": learner, "other learner": other, "admin": admin},
    )


@pytest.fixture
def world(shared: World, db: None, settings: Any) -> World:
    """The same for each test, which changes it in a transaction of its own."""
    options = {"file_path": str(settings.MAIL_DIRECTORY)}
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": options}}
    _write_letter(settings.MAIL_DIRECTORY, shared.letter)
    default_storage.save(f"covers/{shared.uploaded}", ContentFile(b"a picture"))
    for kind in ("webm", "vtt"):
        default_storage.save(f"videos/tides.{kind}", ContentFile(b"a video, or what it says"))
    default_storage.save(f"avatars/{shared.picture}-96.webp", ContentFile(b"a picture"))
    default_storage.save(shared.export.file, ContentFile(b"a zip"))
    return shared


def _make_export(user: Any) -> Export:
    export = Export.objects.create(user=user, file="exports/everything.zip")
    export.finish()
    return export


def _unnamed(learner: Any, category: Any) -> Certificate:
    """Return a certificate that bears no name yet."""
    make_enrolment(learner, make_course(days=1, category=category), done=1)
    found = Certificate.objects.get(enrolment__user=learner, days=1)
    Certificate.objects.filter(pk=found.pk).update(learner_name="")
    return found


def _make_job(admin: Any, category: Any, topic: str) -> Any:
    request = CourseRequest(topic=topic, days=2)
    return studio.start_generation(actor=admin, request=request, category=category, writer=NAME).job


def _write_letter(folder: Any, name: Any) -> None:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Hello", "us@example.com", "ada@example.com"
    letter["Date"] = "Mon, 02 Feb 2026 08:00:00 +0000"
    letter.set_content("Hello.")
    letter.add_alternative("<p>Hello.</p>", subtype="html")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.eml").write_bytes(letter.as_bytes())


def _routes(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or f"unnamed: {pattern.pattern}"))


def _client(world: World, actor: str, **options: Any) -> Client:
    client = Client(raise_request_exception=True, **options)
    if actor != "anonymous":
        client.force_login(world.people[actor])
    return client


def _post(client: Client, path: str, route: Route, world: World) -> Any:
    kind = {"content_type": "application/json"} if route.json else {}
    return client.post(path, route.data(world), **kind)


def _written() -> int:
    """Return how many rows this test's transaction has written so far, in any table."""
    with connection.cursor() as cursor:
        cursor.execute("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def _cases() -> Iterator[Any]:
    for title, table in (("", ROUTES), ("hidden ", HIDDEN)):
        for name, route in table.items():
            for method, answers in (("get", route.get), ("post", route.post)):
                for actor, expected in zip(ACTORS, answers or (), strict=bool(answers)):
                    label = f"{title}{name}-{method}-{actor}"
                    yield pytest.param(name, route, method, actor, expected, id=label)


def test_every_route_is_declared_and_every_declaration_has_its_route() -> None:
    assert set(_routes(get_resolver())) == set(ROUTES)
    assert set(ROUTES) >= set(HIDDEN)


@pytest.mark.parametrize(("name", "route", "method", "actor", "expected"), list(_cases()))
def test_each_gets_what_is_theirs(
    world: World, name: Any, route: Any, method: Any, actor: Any, expected: Any
) -> None:
    client, path = _client(world, actor), reverse(name, kwargs=route.kwargs(world))
    before = _written()

    response = client.get(path, route.query(world)) if method == "get" else _post(client, path, route, world)
    if response.streaming:
        response.getvalue()  # to the end, which closes the file

    address = response.headers.get("Location", "").partition("?")[0]
    answer = SIGN_IN if address == reverse("account_login") else response.status_code
    assert answer == expected
    if answer in {SIGN_IN, 401, 403, 404}:
        assert _written() == before


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if not (route.get and route.post)])
def test_the_other_method_is_not_answered(world: World, name: Any) -> None:
    route = ROUTES[name]
    client, path = _client(world, "admin"), reverse(name, kwargs=route.kwargs(world))
    before = _written()

    response = client.get(path) if route.get is None else client.post(path)

    assert response.status_code == 405
    assert _written() == before


@pytest.mark.parametrize(
    "name",
    # The provider's servers have no form of ours; what they send is signed.
    [
        name
        for name, route in ROUTES.items()
        if route.post and route.post != NOBODY and not route.cookieless and name != "payments:webhook"
    ],
)
def test_a_form_of_another_site_does_nothing(world: World, name: Any) -> None:
    route = ROUTES[name]
    client = _client(world, "admin", enforce_csrf_checks=True)
    before = _written()

    response = _post(client, reverse(name, kwargs=route.kwargs(world)), route, world)

    assert response.status_code == 403
    assert _written() == before


@pytest.mark.parametrize("name", list(ROUTES))
def test_no_other_unsafe_method_does_anything(world: World, name: Any) -> None:
    client = _client(world, "admin", enforce_csrf_checks=True)
    path = reverse(name, kwargs=ROUTES[name].kwargs(world))
    before = _written()

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
    # state of ours. The payment provider signs what it sends. The rest change nothing.
    assert {one for one in unchecked if not one.startswith("ninja.")} <= {
        "momentum.accounts.views.identities:apple_callback",
        "momentum.api:api-root",
        "momentum.api:api-nothing",
        "momentum.payments.webhooks:webhook",
        "momentum.search.views:log",
        "momentum.analytics.views:visits",
        "momentum.analytics.views:forgetting",
    }


ADMINISTRATION = ("panel:", "studio:", "api:")
# What is valid only with a file; test_what_is_uploaded_is_audited has it.
UPLOADS = {"panel:course-import", "panel:lesson-video", "studio:start", "api:start_generation"}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, route in ROUTES.items()
        if name.startswith(ADMINISTRATION) and name not in UPLOADS and route.post and route.post[1] == 403
    ],
)
def test_what_an_administrator_changes_is_audited(world: World, name: Any) -> None:
    route, admin = ROUTES[name], world.people["admin"]
    if name == "studio:approval":
        withdraw_lesson(actor=admin, lesson=world.written)
    if name == "panel:lesson-video-removal":
        Video.objects.create(lesson=world.draft_lesson, file="videos/tides.webm", media_type="video/webm")
    known = set(AuditEntry.objects.values_list("pk", flat=True))

    response = _post(_client(world, "admin"), reverse(name, kwargs=route.kwargs(world)), route, world)

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

    response = _client(world, "admin").get(reverse(name, kwargs=route.kwargs(world)), route.query(world))
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
    answer = _client(world, "admin").post(reverse("panel:lesson-video", args=[world.draft_lesson.id]), media)

    assert answer.status_code == 302
    entries = AuditEntry.objects.exclude(pk__in=known)
    assert {"course.created", "video.added"} <= {entry.name for entry in entries}
    assert {entry.actor_id for entry in entries} == {admin.pk}
    # What both doors of the studio do; the world's jobs were made so.
    begun = AuditEntry.objects.filter(name="generation.started", subject_id=world.job.id)
    assert [entry.actor_id for entry in begun] == [admin.pk]
