"""The mails about one's data; sent by workers."""

import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.adapter import AccountAdapter
from momentum.accounts.models import User
from momentum.privacy.actions import deletion_token
from momentum.privacy.models import Deletion, Export

# Each of these raises UnavailableError where the mail server can't be reached or refuses.


def export_ready(export_id: uuid.UUID) -> None:
    """Say that the file is there."""
    export = Export.objects.select_related("user").filter(pk=export_id).first()
    if export is not None and export.is_there:
        _send("export_ready", export.user, export=export, data_url=_address("privacy:own"))


def confirm_deletion(user_id: uuid.UUID) -> None:
    """Send the link by which somebody without a password says that they mean it."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is not None:
        link = reverse("privacy:deletion-confirmation", kwargs={"token": deletion_token(user)})
        _send("deletion_confirmation", user, confirm_url=f"{settings.BASE_URL}{link}")


def deletion_asked(deletion_id: uuid.UUID) -> None:
    """Say when the account goes, and how to keep it."""
    deletion = Deletion.objects.open().select_related("user").filter(pk=deletion_id, begun_at=None).first()
    if deletion is not None:
        _send("deletion_asked", deletion.user, deletion=deletion, data_url=_address("privacy:own"))


def account_deleted(user_id: uuid.UUID) -> None:
    """Say goodbye, while the address is still known."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        _send("account_deleted", user)


def _send(name: str, user: User, **context: object) -> None:
    with timezone.override(ZoneInfo(user.time_zone)):
        AccountAdapter().send_mail(f"privacy/email/{name}", user.email, {"user": user, **context})


def _address(name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name)}"
