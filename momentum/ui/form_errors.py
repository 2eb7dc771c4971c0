"""Doing what a form asks for, and giving the form back with the reason where that is refused."""

from collections.abc import Callable

from django.forms import Form

from momentum.core.errors import ConflictError, DomainError, InvalidError


def attempt[T](form: Form, doing: Callable[[], T], *others: type[DomainError]) -> T | None:
    """Return what `doing` returns; None, with the reason on the form, where it refuses what was typed.

    Only refusals that the typing person can mend come back to the form, so that nothing typed is lost, and those of
    the kinds in `others`; the rest go their usual way.
    """
    mended: tuple[type[DomainError], ...] = (InvalidError, ConflictError, *others)
    try:
        return doing()
    except mended as error:
        for name, sentences in error.data.get("fields", {}).items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        if not form.errors:
            form.add_error(None, str(error))
        return None
