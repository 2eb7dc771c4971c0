"""What administrators do: courses, money, people, mail."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from momentum.core.ids import uuid7
from tests.routes.route import (
    ADMIN,
    ADMIN_POST,
    COURSE,
    LESSON,
    OWN_POST,
    PERSON,
    SIGN_IN,
    Route,
    in_state,
    of,
    selected,
)
from tests.world import World


def _course_form(world: World) -> dict[str, Any]:
    return {
        "title": "Last updated", "summary": "Changed.", "category": str(world.draft.category_id), "duration_days": "2",
        "level": "beginner", "language": "en", "access": "free", "rhythm": "one_a_day", "version": "1",
    }  # fmt: skip


def _lesson_form(world: World) -> dict[str, Any]:
    lists = {
        f"{prefix}-{name}": "0"
        for prefix in ("action", "resource", "question")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"title": "Last updated", "content": "<p>Changed.</p>", "minutes": "5", "version": "1", **lists}


KIND = of("kind", "text.kind")


def _zip(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("course.zip", b"not a zip")}


ROUTES: dict[str, Route] = {
    "panel:home": Route(get=ADMIN),
    "panel:catalog:courses": Route(get=ADMIN, post=ADMIN_POST, data=selected("archive", "course.id", confirmed="yes")),
    "panel:catalog:course-new": Route(get=ADMIN, post=ADMIN_POST, data=_course_form),
    "panel:catalog:course-import": Route(post=(SIGN_IN, 403, 403, 422), data=_zip),
    "panel:catalog:course": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_course_form),
    "panel:catalog:course-status": Route(post=ADMIN_POST, kwargs=COURSE, data=in_state("archived")),
    "panel:catalog:course-source": Route(
        post=ADMIN_POST, kwargs=COURSE, data=lambda world: {"title": "Winds", "shown": "on"}
    ),
    "panel:catalog:course-copy": Route(post=ADMIN_POST, kwargs=COURSE),
    "panel:catalog:course-delete": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE),
    "panel:catalog:course-export": Route(get=ADMIN, kwargs=COURSE),
    "panel:catalog:lesson-new": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_lesson_form),
    "panel:catalog:lesson": Route(get=ADMIN, post=ADMIN_POST, kwargs=LESSON, data=_lesson_form),
    "panel:catalog:lesson-place": Route(post=ADMIN_POST, kwargs=LESSON, data=lambda world: {"direction": "down"}),
    "panel:catalog:answer-trial": Route(get=ADMIN),
    "panel:catalog:lesson-status": Route(post=ADMIN_POST, kwargs=LESSON, data=in_state("draft")),
    "panel:catalog:lesson-video": Route(get=ADMIN, post=(SIGN_IN, 403, 403, 422), kwargs=LESSON),
    "panel:catalog:lesson-video-removal": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:catalog:lesson-delete": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:learning:reviews": Route(get=ADMIN, post=ADMIN_POST, data=selected("publish", "review.id")),
    "panel:learning:review-status": Route(
        post=ADMIN_POST, kwargs=of("review_id", "review.id"), data=in_state("published"),
    ),
    "panel:learning:certificates": Route(
        get=ADMIN,
        post=ADMIN_POST,
        data=selected("revoke", "certificate.id", confirmed="yes", reason="Issued in error."),
    ),
    "panel:learning:certificate-status": Route(
        post=ADMIN_POST,
        kwargs=of("certificate_id", "certificate.id"),
        data=lambda world: {"state": "revoked", "reason": "Issued in error."},
    ),
    "panel:analytics:visits": Route(get=ADMIN),
    "panel:payments:payments": Route(get=ADMIN),
    "panel:payments:payments-export": Route(get=ADMIN),
    "panel:payments:payment": Route(get=ADMIN, kwargs=of("payment_id", "payment.id")),
    "panel:payments:payment-refund": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("payment_id", "payment.id"),
        data=lambda world: {"amount": "5.00", "reason": "As a courtesy.", "key": str(uuid7()), "confirmed": "500"},
    ),
    "panel:payments:orders": Route(get=ADMIN),
    "panel:payments:order": Route(get=ADMIN, kwargs=of("order_id", "order.id")),
    "panel:payments:order-check": Route(post=ADMIN_POST, kwargs=of("order_id", "order.id")),
    "panel:payments:subscriptions": Route(get=ADMIN),
    "panel:payments:subscription": Route(get=ADMIN, kwargs=of("subscription_id", "subscription.id")),
    "panel:payments:subscription-cancellation": Route(
        post=ADMIN_POST, kwargs=of("subscription_id", "subscription.id"), data=in_state("cancelled")
    ),
    "panel:payments:coupons": Route(get=ADMIN, post=ADMIN_POST, data=selected("deactivate", "coupon.id")),
    "panel:payments:coupon-new": Route(
        get=ADMIN, post=ADMIN_POST, data=lambda world: {"code": "SPRING", "percent": "10"},
    ),
    "panel:payments:coupon": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("coupon_id", "coupon.id"),
        data=lambda world: {"code": "AUTUMN", "percent": "10"},
    ),
    "panel:payments:coupon-status": Route(
        post=ADMIN_POST, kwargs=of("coupon_id", "coupon.id"), data=in_state("inactive"),
    ),
    "panel:payments:plans": Route(
        get=ADMIN, post=ADMIN_POST,
        data=lambda world: {"plan": str(world.plan.id), "month-amount": "14.00", "month-currency": "EUR"},
    ),
    "panel:payments:webhook-events": Route(get=ADMIN, post=ADMIN_POST, data=selected("replay", "event.id")),
    "panel:payments:webhook-event": Route(get=ADMIN, kwargs=of("event_id", "event.id")),
    "panel:payments:webhook-event-replay": Route(post=ADMIN_POST, kwargs=of("event_id", "event.id")),
    "panel:payments:reconciliations": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"days": "7"}),
    "panel:payments:reconciliation": Route(get=ADMIN, kwargs=of("report_id", "report.id")),
    "panel:payments:ledger": Route(get=ADMIN),
    "panel:search:searches": Route(get=ADMIN),
    "panel:search:searches-export": Route(get=ADMIN),
    "panel:users": Route(
        get=ADMIN, post=ADMIN_POST, data=selected("suspend", "invited.id", confirmed="yes")
    ),
    "panel:users-export": Route(get=ADMIN),
    "panel:user-new": Route(
        get=ADMIN, post=ADMIN_POST, data=lambda world: {"email": "nora@example.com", "role": "free"}
    ),
    "panel:user": Route(get=ADMIN, kwargs=PERSON),
    "panel:user-role": Route(post=ADMIN_POST, kwargs=PERSON, data=lambda world: {"role": "premium"}),
    "panel:user-status": Route(post=ADMIN_POST, kwargs=PERSON, data=in_state("suspended")),
    "panel:user-invitation": Route(post=ADMIN_POST, kwargs=of("user_id", "invited.id")),
    "panel:user-courses": Route(
        post=ADMIN_POST, kwargs=of("user_id", "invited.id"), data=lambda world: {"course": str(world.course.id)}
    ),
    "panel:user-impersonation": Route(post=ADMIN_POST, kwargs=PERSON),
    "panel:impersonation-end": Route(post=OWN_POST),
    "panel:enrolment-removal": Route(post=ADMIN_POST, kwargs=of("enrolment_id", "certificate.enrolment_id")),
    "panel:audit": Route(get=ADMIN),
    "panel:audit-export": Route(get=ADMIN),
    "panel:mail": Route(get=ADMIN, post=ADMIN_POST, data=selected("resend", "mail.id")),
    "panel:mail-numbers": Route(get=ADMIN),
    "panel:mail-suppressions": Route(get=ADMIN, post=ADMIN_POST, data=selected("revoke", "suppression.id")),
    "panel:letter": Route(get=ADMIN, kwargs=of("message_id", "mail.id")),
    "panel:letter-page": Route(get=ADMIN, kwargs=of("message_id", "mail.id")),
    "panel:letter-resend": Route(post=ADMIN_POST, kwargs=of("message_id", "mail.id")),
    "panel:mail-kinds": Route(get=ADMIN),
    "panel:mail-kind": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=KIND, data=lambda world: {"subject": "Hello", "version": "1"},
    ),
    "panel:mail-kind-state": Route(post=ADMIN_POST, kwargs=KIND, data=in_state("off")),
    "panel:mail-kind-preview": Route(
        post=ADMIN_POST, kwargs=KIND, data=lambda world: {"person": world.people["learner"].email},
    ),
    "panel:mail-kind-page": Route(get=ADMIN, kwargs=KIND),
    "panel:mail-kind-test": Route(post=ADMIN_POST, kwargs=KIND),
    "panel:mail-kind-version": Route(get=ADMIN, kwargs=lambda world: {**KIND(world), "number": 1}),
    "panel:mail-kind-restoration": Route(
        post=ADMIN_POST, kwargs=lambda world: {**KIND(world), "number": 0}, data=lambda world: {"version": "1"},
    ),
}  # fmt: skip
