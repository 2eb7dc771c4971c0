from django.urls import include, path

from momentum.panel import home, mail

app_name = "panel"
urlpatterns = [
    path("", home.home, name="home"),
    path("", include("momentum.catalog.panel.urls")),
    path("", include("momentum.learning.panel.urls")),
    path("", include("momentum.search.panel.urls")),
    path("mail/", mail.letters, name="mail"),
    path("mail/<uuid:name>/", mail.letter, name="letter"),
    path("mail/<uuid:name>/page/", mail.letter_page, name="letter-page"),
]
