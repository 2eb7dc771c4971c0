from django.urls import path

from momentum.learning.panel import certificates, reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:review_id>/status/", reviews.review_status, name="review-status"),
    path("certificates/", certificates.certificates, name="certificates"),
    path(
        "certificates/<uuid:certificate_id>/status/",
        certificates.certificate_status,
        name="certificate-status",
    ),
]
