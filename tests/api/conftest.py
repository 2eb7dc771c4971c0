"""A browser that, unlike Django's usual test client, must prove where its forms come from."""

from typing import Any

import pytest


@pytest.fixture
def strict(admin: Any) -> Any:
    """The admin's browser, with CSRF checks on."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    return client
