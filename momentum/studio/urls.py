from django.urls import path

from momentum.studio.panel import jobs, outline, preparation, review, revisions
from momentum.studio.views import sources

# What learners see stands beside the lessons that cite it; momentum.urls says where.
OPEN_WHILE_IMPERSONATING = {"sources:source", "sources:picture"}
LEARNERS = [
    path("courses/<slug:slug>/lessons/<int:day>/sources/<int:number>/", sources.source, name="source"),
    path(
        "courses/<slug:slug>/lessons/<int:day>/sources/<int:number>/<slug:size>/",
        sources.source_picture,
        name="picture",
    ),
]
app_name = "studio"
urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("start/", jobs.start, name="start"),
    path("comparison/", jobs.comparison, name="comparison"),
    path("references/<uuid:reference_id>/", preparation.reference, name="reference"),
    path("references/<uuid:reference_id>/versions/", revisions.version_new, name="version-new"),
    path("revisions/<uuid:revision_id>/", revisions.revision, name="revision"),
    path("revisions/<uuid:revision_id>/days/<int:day>/", revisions.day, name="revised-lesson"),
    path(
        "references/<uuid:reference_id>/pages/<int:page>/<slug:size>/",
        preparation.page_image,
        name="page-image",
    ),
    path("<uuid:job_id>/outline/", outline.outline, name="outline"),
    path("<uuid:job_id>/preparation/", preparation.preparation, name="preparation"),
    path("<uuid:job_id>/", jobs.job, name="job"),
    path("<uuid:job_id>/progress/", jobs.progress, name="progress"),
    path("<uuid:job_id>/log/", jobs.log, name="log"),
    path("<uuid:job_id>/cancellation/", jobs.cancellation, name="cancellation"),
    path("<uuid:job_id>/resumption/", jobs.resumption, name="resumption"),
    path("<uuid:job_id>/rating/", jobs.rating, name="rating"),
    path("<uuid:job_id>/publication/", review.publication, name="publication"),
    path("<uuid:job_id>/days/<int:day>/", review.review, name="review"),
    path("<uuid:job_id>/days/<int:day>/resumption/", jobs.lesson_resumption, name="lesson-resumption"),
    path("<uuid:job_id>/days/<int:day>/reading/", review.reading, name="reading"),
    path("<uuid:job_id>/days/<int:day>/passages/<int:number>/", review.passage_image, name="passage-image"),
    path("<uuid:job_id>/days/<int:day>/sources/", review.source_access, name="source-access"),
    path("<uuid:job_id>/days/<int:day>/approval/", review.approval, name="approval"),
    path("<uuid:job_id>/days/<int:day>/proposal/", review.proposal_new, name="proposal-new"),
    path("proposals/<uuid:proposal_id>/", review.proposal, name="proposal"),
]
