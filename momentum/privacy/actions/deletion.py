"""Forgetting somebody. Each step may be run twice; together they leave nothing that leads to the person."""

import uuid

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from momentum.accounts.actions.admin import refuse_last_admin
from momentum.accounts.actions.avatars import remove_avatar
from momentum.accounts.models import Session, User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError
from momentum.core.personal_data import Leaving
from momentum.events.actions.record import record
from momentum.learning.models import Enrolment
from momentum.mail.actions.outbox import enqueue
from momentum.mail.domain.eml_files import remove_eml_files
from momentum.mail.models import Email, Keeps, Suppression
from momentum.notifications.actions.mobile_devices import forget_devices
from momentum.payments.actions.locks import lock_orders_of
from momentum.payments.actions.webhook_events import forget_person
from momentum.privacy import letters
from momentum.privacy.models import Deletion
from momentum.privacy.queries.registry import personal, rows_of
from momentum.support.actions import forgetting as support


@transaction.atomic
def begin_deletion(*, deletion_id: uuid.UUID) -> bool:
    """Shut the account, from where there is no way back.

    False where the wish was taken back, or isn't due, or nobody else is left to run the place.
    """
    found = Deletion.objects.open().select_for_update(of=("self",)).select_related("user")
    deletion = found.filter(pk=deletion_id, due_at__lte=timezone.now()).first()
    if deletion is None:
        return False
    if deletion.begun_at is None and _is_needed(deletion.user):
        # The others may have left since it was asked for.
        deletion.withdraw()
        record("user.deletion_withdrawn", subject_id=deletion.user_id)
        return False
    if deletion.begun_at is None:
        deletion.begin()
        User.objects.filter(pk=deletion.user_id).update(is_active=False)
        Session.objects.filter(user_id=deletion.user_id).delete()
        record("user.deletion_begun", actor_id=deletion.user_id, subject_id=deletion.user_id)
    return True


def _is_needed(user: User) -> bool:
    try:
        refuse_last_admin(user)
    except ConflictError:
        return True
    return False


def say_goodbye(*, user_id: uuid.UUID, deletion_id: uuid.UUID) -> None:
    """Write a last email while the address is still known; it outlives the account, and then forgets whose it was."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        about = {"name": user.display_name}
        enqueue(letters.ACCOUNT_DELETED, user=user, cause=f"deleted/{deletion_id}", about=about, owned=False)


def remove_files(*, user_id: uuid.UUID) -> None:
    """Remove what the storage holds of them."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    if user.avatar:
        remove_avatar(user.avatar)
    for export in user.exports.all():
        default_storage.delete(export.file)
    mails = Email.objects.filter(Q(user=user) | Q(address__iexact=user.email)).exclude(keeps=Keeps.NOBODY)
    remove_eml_files(settings.MAIL_DIRECTORY, [str(pk) for pk in mails.values_list("pk", flat=True)])


@transaction.atomic
def remove_rows(*, user_id: uuid.UUID) -> None:
    """Remove or anonymise every row about them, as the registry says."""
    # Before the account, as whoever settles an order does.
    lock_orders_of(user_id)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        return
    _give_up_places(user)
    forget_devices(user=user)
    forget_person(user_id=user_id)
    support.forget_person(user=user)
    nobody = uuid.uuid4()
    for label, table in personal().items():
        if table.leaving == Leaving.DELETED and table.owners != ("pk",):
            rows_of(label, user_id).delete()
        named = [owner for owner in table.owners if "__" not in owner]
        instead = {Leaving.ANONYMISED: nobody, Leaving.UNLINKED: None}
        if table.leaving in instead:
            for owner in named:
                rows_of(label, user_id).filter(**{owner: user_id}).update(**{owner: instead[table.leaving]})
    # Mails to their address from before it had an account; the goodbye forgets it by itself, once it is sent.
    Email.objects.filter(address__iexact=user.email).exclude(keeps=Keeps.NOBODY).delete()
    Suppression.objects.of([user.email]).delete()
    user.delete()
    record("user.deleted", subject_id=nobody)


def _give_up_places(user: User) -> None:
    places = Enrolment.objects.current().filter(user=user).values("course")
    # In order of id, as whoever enrols or leaves locks one: counts stay exact, and nobody waits in a circle.
    courses = Course.objects.select_for_update(no_key=True).filter(pk__in=places).order_by("pk")
    for course in courses:
        Course.objects.filter(pk=course.pk).update(enrolment_count=F("enrolment_count") - 1)
