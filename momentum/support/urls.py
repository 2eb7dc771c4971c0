from django.urls import path

from momentum.support.views import conversations, questions

app_name = "support"
urlpatterns = [
    path("help/", questions.help_page, name="help"),
    path("help/sent/", questions.sent, name="sent"),
    path("help/conversations/", conversations.conversations, name="conversations"),
    path("help/conversations/<uuid:conversation_id>/", conversations.conversation, name="conversation"),
    path("help/conversations/<uuid:conversation_id>/closing/", conversations.closing, name="closing"),
    path("help/visitor/<str:token>/", conversations.visitor, name="visitor"),
    path("help/visitor/<str:token>/closing/", conversations.visitor_closing, name="visitor-closing"),
]
