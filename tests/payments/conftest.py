from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
