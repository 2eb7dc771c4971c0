"""One's own conversations: reading them, writing more, saying that nothing is left to answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import LimitError
from momentum.site.queries.current import current
from momentum.support.actions.asking import close, write
from momentum.support.adapters import count_message
from momentum.support.forms import MessageForm
from momentum.support.models import Conversation, Message
from momentum.support.queries.conversations import own_conversation, thread
from momentum.support.queries.links import conversation_behind
from momentum.support.site_settings import SupportSettings
from momentum.ui.form_errors import attempt
from momentum.ui.listing import page_of


@require_safe
@never_cache
@signed_in
def conversations(request: HttpRequest) -> HttpResponse:
    """What somebody has asked us, the latest first."""
    found = page_of(request, Conversation.objects.of(user_of(request)))
    return render(request, "support/conversations.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """One of them; POST writes more."""
    found = own_conversation(user=user_of(request), conversation_id=conversation_id)
    here = resolve_url("support:conversation", conversation_id)
    return _respond(request, found, here, resolve_url("support:closing", conversation_id))


@require_POST
@signed_in
def closing(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say that nothing is left to answer."""
    found = own_conversation(user=user_of(request), conversation_id=conversation_id)
    return _close(request, found, resolve_url("support:conversation", conversation_id))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def visitor(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor's conversation, behind the private link in our answer; POST writes more."""
    found = conversation_behind(token)
    return _respond(
        request, found, resolve_url("support:visitor", token), resolve_url("support:visitor-closing", token)
    )


@require_POST
def visitor_closing(request: HttpRequest, token: str) -> HttpResponse:
    """Say that nothing is left to answer."""
    return _close(request, conversation_behind(token), resolve_url("support:visitor", token))


def _respond(request: HttpRequest, found: Conversation, here: str, closing_at: str) -> HttpResponse:
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if attempt(form, lambda: _write(request, found, form), LimitError):
            messages.success(request, _("Your message is on its way. We’ll answer as soon as we can."))
            return redirect(here)
        form.renew_key()
    context = {
        "conversation": found,
        "thread": thread(found),
        "form": form,
        "here": here,
        "closing_at": closing_at,
        "hours": current(SupportSettings).answer_hours,
    }
    return render(request, "support/conversation.html", context, status=422 if form.is_bound else 200)


def _write(request: HttpRequest, found: Conversation, form: MessageForm) -> Message:
    count_message(request, conversation_id=found.pk)
    return write(conversation=found, text=form.cleaned_data["text"], key=form.cleaned_data["key"])


def _close(request: HttpRequest, found: Conversation, here: str) -> HttpResponse:
    close(conversation=found)
    messages.success(request, _("Marked as resolved. Write again whenever you need to."))
    return redirect(here)
