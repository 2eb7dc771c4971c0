"""Editing what kinds of mail say."""

import logging
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.mail.domain.edited_text import EditedText
from momentum.mail.domain.kinds import EmailKind
from momentum.mail.domain.text_templates import problems
from momentum.mail.models import EmailText
from momentum.mail.models.text import INTRODUCTION_LENGTH, SUBJECT_LENGTH
from momentum.mail.queries.edits import edits
from momentum.mail.queries.samples import variables

if TYPE_CHECKING:
    from momentum.accounts.models import User

logger = logging.getLogger(__name__)


@transaction.atomic
def save_text(
    *, actor: "User", kind: EmailKind, language: str, edited: EditedText, version: int
) -> EmailText:
    """Have a kind of mail say this from now on, in one language; return the new version.

    Saving what is in force already does nothing.

    Args:
        actor: an administrator.
        kind: which kind of mail.
        language: the language that it is in.
        edited: templates; an empty one stands for what we say ourselves.
        version: the newest version when the actor began, 0 where there was none: to notice who was faster.

    Raises:
        ForbiddenError: for anybody but administrators.
        InvalidError: for a template with something wrong in it; `data["fields"]` says what.
        ConflictError: `stale_text`, where somebody else saved a version in the meantime.
    """
    require_admin(actor)
    edited = checked(kind, edited)
    newest = EmailText.objects.of(kind.name, language).first()
    now = newest.version if newest else 0
    if now != version:
        raise _stale(now)
    if newest is not None and (newest.subject, newest.introduction) == edited:
        return newest
    try:
        with transaction.atomic():
            saved = EmailText.objects.create(
                kind=kind.name, language=language, version=now + 1, author=actor, **edited._asdict()
            )
    except IntegrityError:
        # Of two who save at the same moment, the database takes one.
        raise _stale(now + 1) from None
    edits.changed()
    record("mail.text_saved", actor_id=actor.id, kind=kind.name, language=language, version=saved.version)
    return saved


@transaction.atomic
def restore_text(*, actor: "User", kind: EmailKind, language: str, restored: int, version: int) -> EmailText:
    """Save an earlier version's text as a new one; version 0 is what we say ourselves. Raises as `save_text`.

    Raises:
        NotFoundError: where there is no such version.
    """
    require_admin(actor)
    edited = EditedText()
    if restored:
        found = EmailText.objects.of(kind.name, language).filter(version=restored).first()
        if found is None:
            raise NotFoundError
        edited = EditedText(found.subject, found.introduction)
    return save_text(actor=actor, kind=kind, language=language, edited=edited, version=version)


def checked(kind: EmailKind, edited: EditedText) -> EditedText:
    """Return templates that can be used; refuse those with something wrong in them.

    Raises:
        InvalidError: with the sentences for each field in `data["fields"]`.
    """
    known = variables(kind)
    limits = {"subject": SUBJECT_LENGTH, "introduction": INTRODUCTION_LENGTH}
    wrong: dict[str, list[str]] = {}
    for field, source in edited._asdict().items():
        if len(source) > limits[field]:
            # Not even looked at: it may be as long as a request.
            wrong[field] = [_("It can be %(most)d characters long.") % {"most": limits[field]}]
        elif found := problems(source, known):
            wrong[field] = found
        elif field == "subject" and "\n" in source:
            wrong[field] = [_("A subject is a single line.")]
    if wrong:
        raise InvalidError(_("Nothing was saved."), code="wrong_template", data={"fields": wrong})
    return edited


def _stale(version: int) -> ConflictError:
    return ConflictError(
        _("Someone else changed this text in the meantime."), code="stale_text", data={"version": version}
    )
