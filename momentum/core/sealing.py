"""Sealing what a table shouldn't show to whoever reads it: with the secret key, for one purpose alone."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def box(purpose: str) -> MultiFernet:
    """Return what seals with the secret key, and opens what was sealed with that or with an earlier one.

    Args:
        purpose: such as "push". What was sealed for one purpose isn't opened for another.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    label = f"momentum.{purpose}:".encode()
    sealed = (hashlib.sha256(label + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in sealed])
