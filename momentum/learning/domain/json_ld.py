"""What a course page says to machines: schema.org's Course, as Google and others read it (schema.org/Course)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from momentum.catalog.models import Access, Course
from momentum.core.money import plain
from momentum.learning.domain.social_images import poster_path


def course_data(course: Course, *, minutes: int) -> dict[str, Any]:
    """Return the course as JSON-LD. `minutes` is how long a lesson takes on average."""
    address = settings.BASE_URL + reverse("learning:course", args=[course.slug])
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "url": address,
        "name": course.title,
        "description": course.summary,
        "image": settings.BASE_URL + poster_path(course),
        "inLanguage": course.language,
        "educationalLevel": course.get_level_display(),
        "about": course.category.name,
        "teaches": course.outcomes,
        "isAccessibleForFree": course.access == Access.FREE,
        "provider": {"@type": "Organization", "name": "Momentum", "url": f"{settings.BASE_URL}/"},
        "offers": _offer(course, address),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseSchedule": {
                "@type": "Schedule",
                "repeatFrequency": "Daily",
                "repeatCount": course.duration_days,
                "duration": f"PT{minutes}M",
            },
        },
    }
    if course.published_at:
        data["datePublished"] = course.published_at.date().isoformat()
    if course.rating_count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(course.rating),
            "ratingCount": course.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return data


def _offer(course: Course, address: str) -> dict[str, Any]:
    kinds = {Access.FREE.value: "Free", Access.PREMIUM.value: "Subscription", Access.PAID.value: "Paid"}
    offer: dict[str, Any] = {"@type": "Offer", "url": address, "category": kinds[course.access]}
    if course.access == Access.PAID and course.price_minor is not None:
        offer |= {"price": plain(course.price_minor, course.currency), "priceCurrency": course.currency}
    return offer
