from django.urls import path

from momentum.catalog.panel import courses, lessons, questions, videos

urlpatterns = [
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.course_new, name="course-new"),
    path("courses/import/", courses.course_import, name="course-import"),
    path("courses/<uuid:course_id>/", courses.course, name="course"),
    path("courses/<uuid:course_id>/status/", courses.course_status, name="course-status"),
    path("courses/<uuid:course_id>/source/", courses.course_source, name="course-source"),
    path("courses/<uuid:course_id>/copy/", courses.course_copy, name="course-copy"),
    path("courses/<uuid:course_id>/delete/", courses.course_delete, name="course-delete"),
    path("courses/<uuid:course_id>/export/", courses.course_export, name="course-export"),
    path("courses/<uuid:course_id>/lessons/new/", lessons.lesson_new, name="lesson-new"),
    path("questions/trial/", questions.answer_trial, name="answer-trial"),
    path("lessons/<uuid:lesson_id>/", lessons.lesson, name="lesson"),
    path("lessons/<uuid:lesson_id>/place/", lessons.lesson_place, name="lesson-place"),
    path("lessons/<uuid:lesson_id>/status/", lessons.lesson_status, name="lesson-status"),
    path("lessons/<uuid:lesson_id>/video/", videos.lesson_video, name="lesson-video"),
    path("lessons/<uuid:lesson_id>/video/removal/", videos.lesson_video_removal, name="lesson-video-removal"),
    path("lessons/<uuid:lesson_id>/delete/", lessons.lesson_delete, name="lesson-delete"),
]
