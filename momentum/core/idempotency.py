"""Telling a request that is sent again from another one."""

import uuid
from typing import NamedTuple


class Key(NamedTuple):
    """The id that whoever asks gave to a request, and a digest of what it asks for: of one id there is one request."""

    id: uuid.UUID
    digest: str
