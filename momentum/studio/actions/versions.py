"""Putting in a new version of a reference that a course was written from."""

from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.documents import DocumentError
from momentum.studio.actions.asking import Upload, discard, reference_of, upload_of
from momentum.studio.actions.locks import lock_job
from momentum.studio.models import Job, Reference, Revision
from momentum.studio.queues import JOBS


def put_in_version(*, actor: User, reference: Reference, file: "File[bytes]") -> Revision:
    """Have a new version of a document read and held against the one before; nothing changes in the course yet.

    The old version stays, for what cites it. A version that couldn't be read gives way to this one.

    Args:
        actor: who does it, an administrator.
        reference: any version of the document.
        file: the new version, of any format that is read.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a file that can't be a reference, or that is there already; `data["fields"]["file"]` says why.
        ConflictError: before the course is written, or while another version is being read.
    """
    require_admin(actor)
    try:
        upload = upload_of(file)
    except DocumentError as error:
        raise InvalidError(data={"fields": {"file": [error.message]}}) from error
    stored: list[Reference] = []
    try:
        with transaction.atomic():
            return _put_in(actor, reference, upload, stored)
    except BaseException:
        discard(stored)
        raise


def _put_in(actor: User, reference: Reference, upload: Upload, stored: list[Reference]) -> Revision:
    job = lock_job(reference.job)
    if job.status != Job.Status.READY or job.course_id is None:
        raise ConflictError(
            _(
                "A new version can be uploaded once the course is written. Until then, change the job’s documents."
            ),
            code="course_not_written",
        )
    versions = Reference.everything.filter(job=job, position=reference.position)
    before = versions.filter(current=True).first()
    if before is None:
        raise NotFoundError(_("This document has been deleted."))
    if Revision.objects.filter(reference__in=versions, status=Revision.Status.READING).exists():
        raise ConflictError(
            _("A new version of this document is being read. Wait until it is compared."),
            code="version_being_read",
        )
    _remove_failed(versions)
    _require_new(job, reference.position, upload)
    last = versions.aggregate(last=models.Max("version"))["last"] or 1
    made = reference_of(upload, job=job, position=reference.position, version=last + 1)
    stored.append(made)
    made.save()
    revision = Revision.objects.create(reference=made, replaces=before, actor=actor)
    record(
        "reference.replaced",
        actor_id=actor.id,
        subject_id=made.id,
        title=made.title,
        version=made.version,
        course=str(job.course_id),
    )
    durable.enqueue("studio.compare_version", str(revision.id), queue=JOBS, workflow_id=revision.workflow_id)
    return revision


def _remove_failed(versions: "models.QuerySet[Reference]") -> None:
    failed = list(versions.filter(revision__status=Revision.Status.FAILED).prefetch_related("figures"))
    versions.filter(pk__in=[one.pk for one in failed]).delete()
    transaction.on_commit(lambda: discard(failed))


def _require_new(job: Job, position: int, upload: Upload) -> None:
    known = Reference.everything.filter(job=job, sha256=upload.sha256).first()
    if known is None:
        return
    if known.position != position:
        said = _("This is the same file as “%(title)s”, another document of the course.") % {
            "title": known.title
        }
    elif known.current:
        said = _("This is the file that is there already, so nothing has changed. Choose the new version.")
    else:
        said = _("This file was uploaded before, as version %(number)d.") % {"number": known.version}
    raise InvalidError(data={"fields": {"file": [said]}})
