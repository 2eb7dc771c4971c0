"""Doing the same to several rows of a list, each by itself: what one refuses doesn't keep the others from it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.core.errors import DomainError, InvalidError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

AT_MOST = 100
_SAID = 5


@dataclass(frozen=True)
class Chosen:
    """One of the rows that something is done to.

    Args:
        actor: who does it; the action asks whether they may.
        row: the row.
        version: of the row, as it was on the page; None where it has none.
        reason: why, where the action asks.
    """

    actor: Any
    row: Any
    version: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What can be done to several rows at once.

    Args:
        name: what the form calls it.
        label: what its button says.
        act: does it to one of them, in a transaction of its own; raises a `DomainError` where that is refused, and does
            nothing where it is done already.
        opens: in place of that, returns the address of a page about all of them; raises a `DomainError` likewise.
        done: what was done to so many: `ngettext_lazy` with the number as `num`.
        question: what is asked before it is done to so many, likewise; nothing is asked where empty.
        reason: the label of the field that asks why; no reason is asked for where empty.
        kind: the look of its button.
    """

    name: str
    label: "str | StrPromise"
    act: Callable[[Chosen], object] | None = None
    opens: Callable[[Sequence[Any]], str] | None = None
    done: "str | StrPromise" = ""
    question: "str | StrPromise" = ""
    reason: "str | StrPromise" = ""
    kind: str = ""


def respond_to(
    request: HttpRequest,
    actions: Sequence[BulkAction],
    rows: QuerySet[Any],
    name_of: Callable[[Any], str],
    *,
    title: "str | StrPromise",
) -> HttpResponse:
    """Do what a form asks to the rows that it names, and say on the list what came of it; may ask first."""
    wanted = next((action for action in actions if action.name == request.POST.get("action")), None)
    if wanted is None:
        raise InvalidError(_("Choose one of the actions."), code="unknown_action")
    named = _named(request.POST.getlist("selected"))
    found = [one for one in rows.filter(pk__in=list(named)) if one.pk in named]
    if not named:
        messages.warning(request, _("Select at least one row first."))
    elif wanted.opens is not None:
        return redirect(wanted.opens(found))
    elif wanted.question and found and "confirmed" not in request.POST:
        selected = [(key, name_of(one)) for one in found for key in [_key(one.pk, named[one.pk])]]
        asked = wanted.question % {"num": len(found)}
        context = {
            "action": wanted,
            "question": asked,
            "selected": selected,
            "title": title,
            "back": _back(request),
        }
        return render(request, "layouts/bulk_action.html", context)
    else:
        _do(request, wanted, found, named, name_of)
    return redirect(_back(request))


def _do(
    request: HttpRequest,
    wanted: BulkAction,
    found: Sequence[Any],
    named: dict[uuid.UUID, int | None],
    name_of: Callable[[Any], str],
) -> None:
    assert wanted.act is not None  # noqa: S101 - whoever opens a page doesn't come here
    refused: list[str] = []
    reason = request.POST.get("reason", "")
    for one in found:
        try:
            wanted.act(Chosen(request.user, one, named[one.pk], reason))
        except DomainError as error:
            said = _("“%(name)s” wasn’t changed. %(reason)s")
            refused.append(said % {"name": name_of(one), "reason": error})
    if done := len(found) - len(refused):
        messages.success(request, wanted.done % {"num": done})
    for sentence in refused[:_SAID]:
        messages.warning(request, sentence)
    if more := len(refused[_SAID:]):
        said = ngettext("%(num)d more wasn’t changed.", "%(num)d more weren’t changed.", more)
        messages.warning(request, said % {"num": more})
    if gone := len(named) - len(found):
        said = ngettext("%(num)d no longer exists.", "%(num)d no longer exist.", gone)
        messages.warning(request, said % {"num": gone})


def _named(values: Sequence[str]) -> dict[uuid.UUID, int | None]:
    """Return which rows a form names, and in which version; whatever isn't a name is left out."""
    named: dict[uuid.UUID, int | None] = {}
    for value in values:
        key, _colon, version = value.partition(":")
        try:
            named[uuid.UUID(key)] = int(version) if version else None
        except ValueError:
            continue
    return dict(list(named.items())[:AT_MOST])


def _key(key: object, version: int | None) -> str:
    return str(key) if version is None else f"{key}:{version}"


def _back(request: HttpRequest) -> str:
    asked = request.GET.urlencode()
    return f"{request.path}?{asked}" if asked else request.path
