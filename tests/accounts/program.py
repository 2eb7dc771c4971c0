"""A program that signs in by the API and asks for something with the token that it got."""

import json
from typing import Any

from django.test import Client

JOBS = "/api/ai-generation/status/01a2074c-e2f7-7983-abb2-a1c565c36528"


def post(client: Any, path: str, **body: Any) -> Any:
    return client.post(f"/api/auth/{path}", json.dumps(body), content_type="application/json")


def ask(token: str) -> Any:
    """Ask for what only administrators may see, and which isn't there: 404 means that one is in."""
    return Client(enforce_csrf_checks=True).get(JOBS, headers={"Authorization": f"Bearer {token}"})
