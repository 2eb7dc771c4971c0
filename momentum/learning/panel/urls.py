from django.urls import path

from momentum.learning.panel import reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:review_id>/status/", reviews.review_status, name="review-status"),
]
