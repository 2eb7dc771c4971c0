"""What the last action has to say, in a cookie until a page shows it."""

from functools import cached_property

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import signing


class MessageStorage(CookieStorage):
    """Django's, which makes a signer for each request, where most neither have nor leave a message."""

    __init__ = BaseStorage.__init__

    @cached_property
    def signer(self) -> signing.TimestampSigner:
        """Return what signs the cookie."""
        return signing.get_cookie_signer(salt=self.key_salt)
