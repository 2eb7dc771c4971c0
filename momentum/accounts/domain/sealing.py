"""Sealing what codes are made from."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from django.utils.encoding import force_bytes


def box(keys: Sequence[str | bytes]) -> MultiFernet:
    """Return what seals with the first of these keys, and opens what was sealed with any of them."""
    sealed = (hashlib.sha256(b"momentum.second-step:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in sealed])
