"""What a browser says of a change that it may send more than once, or late: it keeps them while it is offline.

`ui/js/saved-state.js` puts three fields beside those of the form: an id that the browser made (`client_id`), the
moment when the change was made (`at`), and whose it is (`reader`). A page without script leaves all three out, and then
nothing is different from an ordinary form.
"""

import hashlib
import uuid
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from momentum.core.errors import ConflictError, InvalidError
from momentum.core.idempotency import Key
from momentum.ui.date_fields import MomentField

_FIELDS = ("client_id", "at", "reader", "csrfmiddlewaretoken")


class SavedChange(NamedTuple):
    """What was said of a change: the key that makes it once, and when it was made; None where nothing was said."""

    key: Key | None
    at: datetime | None


# Fields without a form, which would copy them for each request.
_CLIENT_ID = forms.UUIDField(required=False)
_AT = MomentField(required=False)
_READER = forms.CharField(required=False)


def change_in(request: HttpRequest, *, reader: str) -> SavedChange:
    """Return what a request says of its change.

    Args:
        request: a POST.
        reader: what a browser calls the person who is signed in (`User.reader`).

    Raises:
        ConflictError: for the changes of somebody else who used this browser (`other_reader`).
        InvalidError: when what it says of itself can't be read.
    """
    said = request.POST
    try:
        client_id: uuid.UUID | None = _CLIENT_ID.clean(said.get("client_id"))
        at: datetime | None = _AT.clean(said.get("at"))
        whose = _READER.clean(said.get("reader"))
    except ValidationError as error:
        unreadable = _("This couldn’t be read. Reload the page.")
        raise InvalidError(unreadable, code="change_unreadable") from error
    if whose and whose != reader:
        raise ConflictError(_("Someone else is signed in here now."), code="other_reader")
    return SavedChange(Key(client_id, _digest(request)) if client_id else None, at)


def _digest(request: HttpRequest) -> str:
    wanted = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in _FIELDS]
    return hashlib.sha256(f"{request.path}?{urlencode(wanted, doseq=True)}".encode()).hexdigest()
