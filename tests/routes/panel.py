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


def _zip(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("course.zip", b"not a zip")}


ROUTES: dict[str, Route] = {
    "panel:home": Route(get=ADMIN),
    "panel:courses": Route(get=ADMIN),
    "panel:course-new": Route(get=ADMIN, post=ADMIN_POST, data=_course_form),
    "panel:course-import": Route(post=(SIGN_IN, 403, 403, 422), data=_zip),
    "panel:course": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_course_form),
    "panel:course-status": Route(post=ADMIN_POST, kwargs=COURSE, data=in_state("archived")),
    "panel:course-copy": Route(post=ADMIN_POST, kwargs=COURSE),
    "panel:course-delete": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE),
    "panel:course-export": Route(get=ADMIN, kwargs=COURSE),
    "panel:lesson-new": Route(get=ADMIN, post=ADMIN_POST, kwargs=COURSE, data=_lesson_form),
    "panel:lesson": Route(get=ADMIN, post=ADMIN_POST, kwargs=LESSON, data=_lesson_form),
    "panel:lesson-place": Route(post=ADMIN_POST, kwargs=LESSON, data=lambda world: {"direction": "down"}),
    "panel:answer-trial": Route(get=ADMIN),
    "panel:lesson-status": Route(post=ADMIN_POST, kwargs=LESSON, data=in_state("draft")),
    "panel:lesson-video": Route(get=ADMIN, post=(SIGN_IN, 403, 403, 422), kwargs=LESSON),
    "panel:lesson-video-removal": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:lesson-delete": Route(post=ADMIN_POST, kwargs=LESSON),
    "panel:reviews": Route(get=ADMIN),
    "panel:review-status": Route(post=ADMIN_POST, kwargs=of("review_id", "review.id"), data=in_state("published")),
    "panel:certificates": Route(get=ADMIN),
    "panel:certificate-status": Route(
        post=ADMIN_POST,
        kwargs=of("certificate_id", "certificate.id"),
        data=lambda world: {"state": "revoked", "reason": "Issued in error."},
    ),
    "panel:visits": Route(get=ADMIN),
    "panel:payments": Route(get=ADMIN),
    "panel:payments-export": Route(get=ADMIN),
    "panel:payment": Route(get=ADMIN, kwargs=of("payment_id", "payment.id")),
    "panel:payment-refund": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("payment_id", "payment.id"),
        data=lambda world: {"amount": "5.00", "reason": "As a courtesy.", "key": str(uuid7()), "confirmed": "500"},
    ),
    "panel:orders": Route(get=ADMIN),
    "panel:order": Route(get=ADMIN, kwargs=of("order_id", "order.id")),
    "panel:order-check": Route(post=ADMIN_POST, kwargs=of("order_id", "order.id")),
    "panel:subscriptions": Route(get=ADMIN),
    "panel:subscription": Route(get=ADMIN, kwargs=of("subscription_id", "subscription.id")),
    "panel:subscription-cancellation": Route(
        post=ADMIN_POST, kwargs=of("subscription_id", "subscription.id"), data=in_state("cancelled")
    ),
    "panel:coupons": Route(get=ADMIN),
    "panel:coupon-new": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"code": "SPRING", "percent": "10"}),
    "panel:coupon": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("coupon_id", "coupon.id"),
        data=lambda world: {"code": "AUTUMN", "percent": "10"},
    ),
    "panel:coupon-status": Route(post=ADMIN_POST, kwargs=of("coupon_id", "coupon.id"), data=in_state("inactive")),
    "panel:plans": Route(
        get=ADMIN, post=ADMIN_POST,
        data=lambda world: {"plan": str(world.plan.id), "month-amount": "14.00", "month-currency": "EUR"},
    ),
    "panel:events": Route(get=ADMIN),
    "panel:event": Route(get=ADMIN, kwargs=of("event_id", "event.id")),
    "panel:event-replay": Route(post=ADMIN_POST, kwargs=of("event_id", "event.id")),
    "panel:reconciliations": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"days": "7"}),
    "panel:reconciliation": Route(get=ADMIN, kwargs=of("report_id", "report.id")),
    "panel:ledger": Route(get=ADMIN),
    "panel:searches": Route(get=ADMIN),
    "panel:searches-export": Route(get=ADMIN),
    "panel:users": Route(get=ADMIN),
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
    "panel:mail": Route(get=ADMIN),
    "panel:letter": Route(get=ADMIN, kwargs=of("message_id", "mail.id")),
    "panel:letter-page": Route(get=ADMIN, kwargs=of("message_id", "mail.id")),
    "panel:letter-resend": Route(post=ADMIN_POST, kwargs=of("message_id", "mail.id")),
    "panel:mail-kinds": Route(get=ADMIN),
    "panel:mail-kind": Route(get=ADMIN, kwargs=lambda world: {"kind": "payments.receipt"}),
    "panel:mail-kind-page": Route(get=ADMIN, kwargs=lambda world: {"kind": "payments.receipt"}),
    "panel:mail-kind-test": Route(post=ADMIN_POST, kwargs=lambda world: {"kind": "payments.receipt"}),
}  # fmt: skip
