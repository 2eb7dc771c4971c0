"""Sealing what codes are made from, by the secret key."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def box() -> MultiFernet:
    """Return what seals with the secret key, and opens what was sealed with that or with an earlier one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    sealed = (hashlib.sha256(b"momentum.second-step:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in sealed])
