"""The log of mail in the panel: what was sent, waits or failed, and what each mail said."""

import uuid
from collections.abc import Callable
from typing import override

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.events.actions import audit
from momentum.mail.actions import outbox
from momentum.mail.domain.eml_files import find_eml_file
from momentum.mail.domain.kinds import kinds
from momentum.mail.domain.text_templates import fault_words
from momentum.mail.models import Email, EmailQuerySet, Result, State
from momentum.mail.site_settings import MailSettings
from momentum.panel.queries.mail_timeline import timeline
from momentum.site.queries.current import current
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import moment
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing, macro
from momentum.ui.listing import ALL, FilterForm, choice, words

# A mail may hold what a stranger wrote: no script, no form, nothing from elsewhere, an origin of its own.
_LETTER_POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}


class MailForm(FilterForm):
    """Mails."""

    q = words(gettext_lazy("Address"))
    kind = choice(gettext_lazy("Type"))
    state = choice(gettext_lazy("Status"), *State.choices)
    result = choice(gettext_lazy("Result"), *Result.choices)

    @override
    def offer(self) -> None:
        named = sorted(((kind.name, str(kind.title)) for kind in kinds().values()), key=lambda one: one[1])
        self.fields["kind"].choices = [ALL, *named]  # type: ignore[attr-defined]

    @override
    def rows(self) -> EmailQuerySet:
        """Return all mails without what they say, the latest first."""
        return Email.objects.order_by("-id").defer("text", "html")

    @override
    def find(self) -> EmailQuerySet:
        """Return the mails that are asked for."""
        asked = self.cleaned_data
        return self.rows().asked(
            kind=asked.get("kind", ""),
            state=asked.get("state", ""),
            address=asked.get("q", ""),
            result=asked.get("result", ""),
        )


def _subject(message: Email) -> Cell:
    kind = kinds().get(message.kind)
    address = reverse("panel:letter", args=[message.id])
    return Cell(message.subject, address, note=kind.title if kind else message.kind)


MAIL = ListPage(
    title=gettext_lazy("Email"),
    route="panel:mail",
    form=MailForm,
    per_page=50,
    links=(
        Link(gettext_lazy("Email templates"), "panel:mail-kinds"),
        Link(gettext_lazy("Results"), "panel:mail-numbers"),
        Link(gettext_lazy("Suppressed addresses"), "panel:mail-suppressions"),
    ),
    columns=(
        Column(label=gettext_lazy("Subject"), cell=_subject),
        Column(label=gettext_lazy("To"), cell=lambda message: message.address or _("deleted")),
        Column(label=gettext_lazy("Status"), cell=macro("panel/mail/state.html", "state")),
        Column(label=gettext_lazy("Result"), cell=macro("panel/mail/result.html", "result")),
        Column(
            label=gettext_lazy("Written"),
            cell=lambda message: Cell(moment(message.created_at), at=message.created_at),
            sort="written",
            by=("created_at",),
            newest_first=True,
        ),
    ),
    actions=(
        BulkAction(
            name="resend",
            label=gettext_lazy("Send selected again"),
            act=lambda one: outbox.resend(actor=one.actor, email_id=one.row.id),
            done=ngettext_lazy(
                "%(num)d email is being sent again.", "%(num)d emails are being sent again.", "num"
            ),
        ),
    ),
    count=ngettext_lazy("%(num)d email", "%(num)d emails", "num"),
    nothing=Nothing(
        gettext_lazy("No emails yet"),
        gettext_lazy(
            "Sign up with any email address, or request a password reset, and the email appears here."
        ),
    ),
    no_match=Nothing(gettext_lazy("No results"), gettext_lazy("No emails match your filters.")),
)


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let what this answers stand in a frame of ours, and do nothing there."""
    return xframe_options_sameorigin(csp_override(_LETTER_POLICY)(view))  # type: ignore[arg-type]  # True, for a directive without values, is missing


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
@audited("mail.listed")
def letters(request: HttpRequest) -> HttpResponse:
    """The log: every mail of the last months, narrowed as asked; POST sends several again."""
    if _kept_on_disk():
        said = _("In development no email is sent. Emails are saved to disk and can be read here.")
        return MAIL.respond(request, intro=said)
    days = current(MailSettings).kept_days
    said = ngettext("The last %(num)d day, newest first.", "The last %(num)d days, newest first.", days)
    said = f"{said % {'num': days}} {_('What emails with sign-in links said is deleted once they are sent.')}"
    return MAIL.respond(request, intro=said)


@require_safe
@never_cache
@admin_only
def letter(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One mail: how it fared, and what it says where that is kept and lets nobody in."""
    message = get_object_or_404(Email, pk=message_id)
    text, html = _read(request, message)
    kind = kinds().get(message.kind)
    context = {
        "message": message,
        "title": kind.title if kind else message.kind,
        "text": text,
        "html": html,
        "text_fault": fault_words(message.text_fault) if message.text_fault else "",
        "timeline": timeline(message),
    }
    return render(request, "panel/mail/letter.html", context)


@require_safe
@never_cache
@admin_only
@framed
def letter_page(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Answer with the formatted part alone, for the frame on the page above."""
    return HttpResponse(_read(request, get_object_or_404(Email, pk=message_id))[1])


@require_POST
@admin_only
def resend(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Have a mail that failed tried again."""
    get_object_or_404(Email, pk=message_id)
    outbox.resend(actor=user_of(request), email_id=message_id)
    messages.success(request, _("The email is being sent again."))
    return redirect("panel:letter", message_id)


def _read(request: HttpRequest, message: Email) -> tuple[str, str]:
    """Return what a mail says, as text and formatted, as far as administrators may know; and note that they looked."""
    audit.note(
        "letter.read",
        actor_id=user_of(request).id,
        subject_id=message.user_id,
        mail=str(message.id),
        kind=message.kind,
    )
    if message.may_be_read:
        return message.text, message.html
    # Where mail is kept on disk instead of being sent, this is the only way to follow the links in it.
    kept = find_eml_file(settings.MAIL_DIRECTORY, str(message.id)) if _kept_on_disk() else None
    return (kept.text, kept.html) if kept else ("", "")


def _kept_on_disk() -> bool:
    return settings.DEVELOPMENT and settings.MAILERS["default"]["BACKEND"] == settings.MAIL_AS_FILES
