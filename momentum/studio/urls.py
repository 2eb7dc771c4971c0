from django.urls import path

from momentum.studio import panel

app_name = "studio"
urlpatterns = [
    path("", panel.jobs, name="jobs"),
    path("start/", panel.start, name="start"),
    path("<uuid:job_id>/", panel.job, name="job"),
    path("<uuid:job_id>/progress/", panel.progress, name="progress"),
    path("<uuid:job_id>/cancellation/", panel.cancellation, name="cancellation"),
    path("<uuid:job_id>/resumption/", panel.resumption, name="resumption"),
    path("<uuid:job_id>/rating/", panel.rating, name="rating"),
    path("<uuid:job_id>/publication/", panel.publication, name="publication"),
    path("<uuid:job_id>/days/<int:day>/", panel.review, name="review"),
    path("<uuid:job_id>/days/<int:day>/resumption/", panel.lesson_resumption, name="lesson-resumption"),
    path("<uuid:job_id>/days/<int:day>/approval/", panel.approval, name="approval"),
    path("<uuid:job_id>/days/<int:day>/proposal/", panel.proposal_new, name="proposal-new"),
    path("proposals/<uuid:proposal_id>/", panel.proposal, name="proposal"),
]
