"""What people may ask for: everything about them, and to be forgotten."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.actions.admin import refuse_last_admin
from momentum.accounts.actions.reauthentication import prove_password
from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, LimitError
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import enqueue
from momentum.notifications.actions.notify import notify
from momentum.privacy import letters, notifications
from momentum.privacy.models import DAYS_TO_THINK, Deletion, Export

EXPORTS_A_DAY = 3
_SALT = "momentum.privacy.deletion"
_LINK_SECONDS = 24 * 60 * 60


@transaction.atomic
def ask_export(*, user: User) -> Export:
    """Have everything about somebody written down; while that is being done, asking again changes nothing.

    Raises:
        LimitError: after three in a day.
    """
    # Locked, so that two clicks at once ask once.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if waiting := Export.objects.waiting().filter(user=user).first():
        return waiting
    day_ago = timezone.now() - timedelta(days=1)
    if Export.objects.filter(user=user, created_at__gte=day_ago).count() >= EXPORTS_A_DAY:
        raise LimitError(
            _("You have reached the limit of three requests a day. Try again tomorrow."),
            code="too_many_exports",
        )
    export = Export.objects.create(user=user)
    record("user.export_asked", actor_id=user.id, subject_id=user.id)
    durable.enqueue("privacy.export_data", str(export.id), workflow_id=f"privacy.export_data/{export.id}")
    return export


def ask_deletion(*, user: User, password: str) -> Deletion:
    """Have the account deleted in a week, unless they change their mind. Again changes nothing.

    Raises:
        InvalidError: where the password isn't theirs.
        LimitError: after too many passwords that weren't.
        ConflictError: for the last administrator.
    """
    # Before the transaction, which would take back that a wrong one was counted.
    if not prove_password(user=user, password=password):
        raise InvalidError(data={"fields": {"password": [_("Incorrect password.")]}})
    return _delete_later(user)


@transaction.atomic
def ask_deletion_by_mail(*, user: User) -> None:
    """Send who has no password a link that does the same."""
    if user.has_usable_password():
        raise ConflictError(_("Enter your password instead."), code="has_password")
    refuse_last_admin(user)
    link = settings.BASE_URL + reverse(
        "privacy:deletion-confirmation", kwargs={"token": deletion_token(user)}
    )
    about = {"name": user.display_name, "confirm_url": link}
    enqueue(letters.DELETION_CONFIRMATION, user=user, about=about)


@transaction.atomic
def confirm_deletion(*, user: User, token: str) -> Deletion:
    """Do what the link in the mail asks for.

    Raises:
        ForbiddenError: where it isn't theirs, or is older than a day.
        ConflictError: for the last administrator.
    """
    try:
        meant = signing.loads(token, salt=_SALT, max_age=_LINK_SECONDS)
    except signing.BadSignature:
        meant = ""
    if meant != str(user.id):
        raise ForbiddenError(_("This link is no longer valid. Request a new one."), code="bad_link")
    return _delete_later(user)


def deletion_token(user: User) -> str:
    """Return what the link in the mail carries."""
    return signing.dumps(str(user.id), salt=_SALT)


@transaction.atomic
def withdraw_deletion(*, user: User) -> None:
    """Keep the account after all. Again does nothing.

    Raises:
        ConflictError: when it is being deleted already.
    """
    deletion = Deletion.objects.open().select_for_update().filter(user=user).first()
    if deletion is None:
        return
    if deletion.begun_at is not None:
        raise ConflictError(_("Your account is already scheduled for deletion."), code="deletion_begun")
    deletion.withdraw()
    record("user.deletion_withdrawn", actor_id=user.id, subject_id=user.id)
    durable.cancel(_workflow_id(deletion))


@transaction.atomic
def forget_exports() -> None:
    """Remove the files that nobody may fetch any more."""
    for export in Export.objects.over():
        default_storage.delete(export.file)
    # What was fetched is still counted for the rest of its day.
    Export.objects.filter(expires_at__lte=timezone.now()).delete()


@transaction.atomic
def _delete_later(user: User) -> Deletion:
    refuse_last_admin(user)
    # Locked, so that two clicks at once ask once.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if asked := Deletion.objects.open().filter(user=user).first():
        return asked
    deletion = Deletion.objects.create(user=user, due_at=timezone.now() + DAYS_TO_THINK)
    record("user.deletion_asked", actor_id=user.id, subject_id=user.id)
    about = {"name": user.display_name, "due": deletion.due_at}
    notify(notifications.DELETION_ASKED, user=user, about=about, cause=deletion.id)
    durable.enqueue(
        "privacy.delete_account",
        str(deletion.id),
        workflow_id=_workflow_id(deletion),
        not_before=deletion.due_at,
    )
    return deletion


def _workflow_id(deletion: Deletion) -> str:
    return f"privacy.delete_account/{deletion.id}"
