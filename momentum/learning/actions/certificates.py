"""Issuing certificates, withdrawing them, and setting them on paper."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.accounts.models import User
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.learning.domain.calendar import local_date
from momentum.learning.models import Certificate, Enrolment, Progress
from momentum.learning.models.certificate import REASON_AT_MOST
from momentum.providers import typesetting


@transaction.atomic(savepoint=False)
def certify(event: Event) -> None:
    """After a course was completed, issue the certificate. Again does nothing."""
    places = Enrolment.objects.select_related("user", "course", "certificate")
    place = places.get(pk=event.data["enrolment"])
    if hasattr(place, "certificate"):
        return
    course = place.course.kept.lay_over(place.course) if place.course.kept else place.course
    certificate = Certificate.objects.create(
        enrolment=place,
        # Not the e-mail address's first half, which stands in for a name elsewhere.
        learner_name=place.user.name,
        course_title=course.title,
        days=course.duration_days,
        finished_on=local_date(place.user, event.at),
        issued_at=event.at,
    )
    record("certificate.issued", actor_id=place.user_id, subject_id=certificate.id, at=event.at)


@transaction.atomic
def name_certificate(*, user: User, certificate: Certificate, name: str) -> Certificate:
    """Put the learner's name on a certificate that has none yet; once.

    Raises:
        NotFoundError: for anybody but its learner.
        ConflictError: when it bears a name already (`already_named`).
        InvalidError: for no name at all, or too much of one.
    """
    found = _lock(certificate)
    if found.enrolment.user_id != user.id:
        raise NotFoundError
    if found.learner_name:
        raise ConflictError(_("This certificate already has a name."), code="already_named")
    given = " ".join(name.replace("\0", "").split())
    if not given or len(given) > 120:
        sentence = _("Enter your name as it should appear on the certificate.")
        raise InvalidError(sentence, data={"fields": {"name": [sentence]}})
    found.learner_name = given
    found.save(update_fields=["learner_name", "updated_at"])
    record("certificate.named", actor_id=user.id, subject_id=found.id)
    return found


def revoke_certificate(*, actor: User, certificate: Certificate, reason: str) -> Certificate:
    """Withdraw it: whoever checks it is told so, and why. Again changes the reason.

    Raises:
        ForbiddenError: for anybody but an administrator.
        InvalidError: without a reason.
    """
    return _decide(actor, certificate, Certificate.Status.REVOKED, reason, "certificate.revoked")


def reinstate_certificate(*, actor: User, certificate: Certificate, reason: str) -> Certificate:
    """Let it count again; raises as `revoke_certificate`."""
    return _decide(actor, certificate, Certificate.Status.VALID, reason, "certificate.reinstated")


@transaction.atomic
def _decide(actor: User, certificate: Certificate, status: str, reason: str, event: str) -> Certificate:
    require_admin(actor)
    given = " ".join(reason.replace("\0", "").split())
    if not given or len(given) > REASON_AT_MOST:
        sentence = _("Enter a reason.")
        raise InvalidError(sentence, code="reason_required", data={"fields": {"reason": [sentence]}})
    found = _lock(certificate)
    moment = timezone.now()
    found.decide(status, by=actor, reason=given, at=moment)
    record(event, actor_id=actor.id, subject_id=found.id, at=moment)
    return found


@transaction.atomic
def revoke_undone(event: Event) -> None:
    """After a purchase was undone, let the certificate of the course not count, and say why. Progress is kept.

    What an administrator decided about it stands.
    """
    why = Certificate.DISPUTED if event.data["why"] == "disputed" else Certificate.REFUNDED
    for found in _of_purchase(event):
        if not found.is_revoked or (found.lapsed and found.reason != why):
            found.decide(Certificate.Status.REVOKED, by=None, reason=why, at=event.at)
            record("certificate.lapsed", actor_id=event.actor_id, subject_id=found.id, at=event.at, why=why)


@transaction.atomic
def reinstate_kept(event: Event) -> None:
    """After a purchase is kept after all, or made again, let the certificate count that it had taken away."""
    for found in _of_purchase(event):
        if found.lapsed:
            found.decide(Certificate.Status.VALID, by=None, reason="", at=event.at)
            record("certificate.restored", actor_id=event.actor_id, subject_id=found.id, at=event.at)


def _of_purchase(event: Event) -> "QuerySet[Certificate]":
    place = {"enrolment__user": event.actor_id, "enrolment__course": event.data["course"]}
    return Certificate.objects.select_for_update(of=("self",), no_key=True).filter(**place)


def _lock(certificate: Certificate) -> Certificate:
    locked = Certificate.objects.select_for_update(of=("self",)).select_related("enrolment")
    if found := locked.filter(pk=certificate.pk).first():
        return found
    raise NotFoundError


def address_of(certificate: Certificate) -> str:
    """Return where anybody can check it, in full."""
    return settings.BASE_URL + reverse("learning:certificate", args=[certificate.number])


def pdf_of(certificate: Certificate) -> bytes:
    """Return the certificate to print.

    Raises:
        ForbiddenError: when it was withdrawn (`certificate_revoked`).
        ConflictError: when it bears no name yet (`certificate_unnamed`).
    """
    if certificate.is_revoked:
        raise ForbiddenError(_("This certificate has been revoked."), code="certificate_revoked")
    if not certificate.learner_name:
        raise ConflictError(_("This certificate has no name yet."), code="certificate_unnamed")
    return typesetting.certificate_pdf(
        typesetting.Certificate(
            brand="Momentum",
            heading=_("Certificate of completion"),
            before=_("This certifies that"),
            name=certificate.learner_name,
            between=ngettext(
                "has completed the one lesson of", "has completed all %(count)d lessons of", certificate.days
            )
            % {"count": certificate.days},
            course=certificate.course_title,
            after=_how_it_was_done(certificate)
            % {"day": formats.date_format(certificate.finished_on, "j F Y")},
            check=_("Verify this certificate at:"),
            url=address_of(certificate),
            number=certificate.number,
            days=certificate.days,
            issued_at=certificate.issued_at,
        )
    )


def _how_it_was_done(certificate: Certificate) -> str:
    """Say "one lesson a day" only of who did each lesson on another day, where they live."""
    place = certificate.enrolment
    done = Progress.objects.completed().filter(user=place.user, lesson__course=place.course)
    if place.completed_at:
        done = done.filter(completed_at__lte=place.completed_at)
    days = [local_date(place.user, at) for at in done.values_list("completed_at", flat=True) if at]
    if len(days) > 1 and len(set(days)) == len(days):
        return _("One lesson a day. Completed on %(day)s.")
    return _("Completed on %(day)s.")
