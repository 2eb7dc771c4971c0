from django.urls import path

from momentum.search.panel import searches

urlpatterns = [
    path("search/", searches.searches, name="searches"),
    path("search/export/", searches.export, name="searches-export"),
]
