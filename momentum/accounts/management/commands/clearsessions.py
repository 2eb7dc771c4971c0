"""Django's own command; its app, which brings a second sessions table, isn't installed."""

from django.contrib.sessions.management.commands.clearsessions import Command

__all__ = ["Command"]
