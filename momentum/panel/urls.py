from django.urls import path

from momentum.panel import mail

app_name = "panel"
urlpatterns = [
    path("mail/", mail.letters, name="mail"),
    path("mail/<uuid:name>/", mail.letter, name="letter"),
    path("mail/<uuid:name>/page/", mail.letter_page, name="letter-page"),
]
