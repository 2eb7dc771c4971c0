from django.urls import path

from momentum.analytics.panel import visits

urlpatterns = [path("visits/", visits.visits, name="visits")]
