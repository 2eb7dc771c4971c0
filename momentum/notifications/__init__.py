"""Notifications: telling people what happened. An app says what is worth telling; its kind says by which channels."""
