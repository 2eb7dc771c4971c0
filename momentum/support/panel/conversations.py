"""A conversation in the panel: what was said, who it is, and what can be done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.support.actions.answering import answer, reopen, resolve, revoke_links, take_over
from momentum.support.forms import AnswerForm, VersionForm
from momentum.support.queries.conversations import any_conversation, thread
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@audited("conversation.viewed", subject="conversation_id")
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What was said; POST answers. Who has read less than was said by then sees it first, and keeps what they typed."""
    found = any_conversation(conversation_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor, asked = user_of(request), form.cleaned_data
        if attempt(form, lambda: answer(actor=actor, conversation=found, **asked)):
            messages.success(request, _("Answer sent."))
            return redirect("panel:support:conversation", conversation_id)
        form.renew_key()
        found = any_conversation(conversation_id)
    context = {"conversation": found, "thread": thread(found), "form": form}
    return render(request, "support/panel/conversation.html", context, status=422 if form.is_bound else 200)


@require_POST
@admin_only
def assignment(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take it on."""
    found = any_conversation(conversation_id)
    take_over(actor=user_of(request), conversation=found, version=_version(request))
    messages.success(request, _("This conversation is yours now."))
    return redirect("panel:support:conversation", conversation_id)


@require_POST
@admin_only
def status(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Resolve it (state=resolved), or have it wait again (waiting)."""
    doing = {
        "resolved": (resolve, _("Conversation resolved.")),
        "waiting": (reopen, _("Conversation reopened.")),
    }
    wanted = request.POST.get("state", "")
    if wanted not in doing:
        raise InvalidError(_("Choose resolved or waiting."), code="unknown_state")
    change, sentence = doing[wanted]
    found = any_conversation(conversation_id)
    change(actor=user_of(request), conversation=found, version=_version(request))
    messages.success(request, sentence)
    return redirect("panel:support:conversation", conversation_id)


@require_POST
@admin_only
def links(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let the private links that a visitor was mailed open nothing any more."""
    revoke_links(actor=user_of(request), conversation=any_conversation(conversation_id))
    messages.success(
        request, _("The links that were mailed no longer work. The next answer brings a new one.")
    )
    return redirect("panel:support:conversation", conversation_id)


def _version(request: HttpRequest) -> int | None:
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None
