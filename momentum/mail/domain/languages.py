"""In which language, and by which clock, somebody is written to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

if TYPE_CHECKING:
    from momentum.accounts.models import User


@contextmanager
def speaking_to(user: "User | None") -> Iterator[None]:
    """Speak somebody's language, in their time zone; to a stranger, those of whoever asks."""
    if user is None:
        yield
        return
    with translation.override(user.language), timezone.override(ZoneInfo(user.time_zone)):
        yield
