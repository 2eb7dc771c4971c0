from django.urls import path

from momentum.support.panel import conversations, inbox

urlpatterns = [
    path("support/", inbox.inbox, name="conversations"),
    path("support/<uuid:conversation_id>/", conversations.conversation, name="conversation"),
    path("support/<uuid:conversation_id>/assignment/", conversations.assignment, name="assignment"),
    path("support/<uuid:conversation_id>/status/", conversations.status, name="status"),
    path("support/<uuid:conversation_id>/links/", conversations.links, name="links"),
]
