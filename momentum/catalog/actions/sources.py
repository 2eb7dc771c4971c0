"""Whether learners may see the pages that a course cites."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions.locks import lock_course
from momentum.catalog.models import Course
from momentum.catalog.queries.sources import source_titles
from momentum.core.errors import InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record


@transaction.atomic
def open_source(*, actor: User, course: Course, title: str) -> Course:
    """Let whoever may read a lesson see the pages of this document that it cites. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a document that the course doesn't cite.
    """
    require_admin(actor)
    locked = lock_course(course)
    if title not in source_titles(locked):
        raise InvalidError(_("This course doesn’t cite a document of that title."), code="source_unknown")
    if title not in locked.open_sources:
        _keep(locked, [*locked.open_sources, title])
        record("source.opened", actor_id=actor.id, subject_id=locked.id, title=title)
    return locked


@transaction.atomic
def close_source(*, actor: User, course: Course, title: str) -> Course:
    """Stop showing learners the pages of this document, at once. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    locked = lock_course(course)
    if title in locked.open_sources:
        _keep(locked, [one for one in locked.open_sources if one != title])
        record("source.closed", actor_id=actor.id, subject_id=locked.id, title=title)
    return locked


def _keep(course: Course, titles: list[str]) -> None:
    course.open_sources = titles
    course.save(update_fields=["open_sources", "updated_at"])
