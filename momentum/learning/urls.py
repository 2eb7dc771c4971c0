from django.urls import path

from momentum.learning.views import answers, certificates, course, discovery, lesson, progress, reviews, video

OPEN_WHILE_IMPERSONATING = True
app_name = "learning"
urlpatterns = [
    # What is asked for most comes first, as in momentum.urls.
    path("courses/<slug:slug>/", course.course, name="course"),
    path("courses/<slug:slug>/lessons/<int:day>/", lesson.lesson, name="lesson"),
    path("lessons/<uuid:lesson_id>/heartbeat/", progress.heartbeat, name="heartbeat"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("courses/<slug:slug>/poster-<str:digest>.png", course.poster, name="poster"),
    path("courses/<slug:slug>/cover-<str:digest>.png", course.picture, name="picture"),
    path("courses/<slug:slug>/enrolment/", progress.enrolment, name="enrolment"),
    path("courses/<slug:slug>/reviews/", reviews.reviews, name="reviews"),
    path("courses/<slug:slug>/review/", reviews.review, name="review"),
    path("courses/<slug:slug>/review/removal/", reviews.removal, name="review-removal"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/certificate.pdf", certificates.paper, name="certificate-pdf"),
    path("certificates/<str:number>/name/", certificates.name, name="certificate-name"),
    path("lessons/<uuid:lesson_id>/video/", video.video, name="video"),
    path("lessons/<uuid:lesson_id>/captions/", video.captions, name="captions"),
    path("lessons/<uuid:lesson_id>/video/poster/", video.poster, name="video-poster"),
    path("lessons/<uuid:lesson_id>/position/", video.position, name="position"),
    path("action-items/<uuid:item_id>/tick/", progress.tick, name="tick"),
    path("questions/<uuid:question_id>/answers/", answers.answers, name="answers"),
]
