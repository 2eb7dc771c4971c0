from django.urls import path

from momentum.studio.panel import jobs

app_name = "studio"
urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("start/", jobs.start, name="start"),
    path("comparison/", jobs.comparison, name="comparison"),
    path("<uuid:job_id>/", jobs.job, name="job"),
    path("<uuid:job_id>/progress/", jobs.progress, name="progress"),
    path("<uuid:job_id>/log/", jobs.log, name="log"),
    path("<uuid:job_id>/cancellation/", jobs.cancellation, name="cancellation"),
    path("<uuid:job_id>/resumption/", jobs.resumption, name="resumption"),
    path("<uuid:job_id>/rating/", jobs.rating, name="rating"),
    path("<uuid:job_id>/publication/", jobs.publication, name="publication"),
    path("<uuid:job_id>/days/<int:day>/", jobs.review, name="review"),
    path("<uuid:job_id>/days/<int:day>/resumption/", jobs.lesson_resumption, name="lesson-resumption"),
    path("<uuid:job_id>/days/<int:day>/approval/", jobs.approval, name="approval"),
    path("<uuid:job_id>/days/<int:day>/proposal/", jobs.proposal_new, name="proposal-new"),
    path("proposals/<uuid:proposal_id>/", jobs.proposal, name="proposal"),
]
