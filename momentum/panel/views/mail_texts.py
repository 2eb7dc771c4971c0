"""What a kind of mail says, in the panel: editing, previews, versions."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.models import User
from momentum.accounts.permissions import admin_only, user_of
from momentum.events.actions import audit
from momentum.mail.actions import outbox, texts
from momentum.mail.domain.color_schemes import ColorScheme, shown_in
from momentum.mail.domain.text_templates import fault_words
from momentum.mail.models import EmailText, Keeps
from momentum.mail.queries.edits import stored
from momentum.mail.queries.numbers import DAYS, Numbers, numbers_by_kind
from momentum.mail.site_settings import MailSettings
from momentum.panel.forms import TextForm
from momentum.panel.queries.mail_texts import (
    Place,
    faults,
    place_of,
    previewed,
    sample,
    standard_text,
)
from momentum.panel.views import mail_drafts
from momentum.panel.views.mail import framed
from momentum.panel.views.mail_drafts import Draft
from momentum.site.queries.current import current
from momentum.ui.form_errors import attempt
from momentum.ui.fragments import render_block

_PAGE = "panel/mail/kind.html"
_VERSIONS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of mail: what it says, how it looks and its versions; POST saves what was typed as a new version."""
    place = place_of(kind, request.GET.get("language", ""))
    if request.method != "POST":
        draft = _draft(request, place)
        return _show(request, place, _form(place, draft), draft)
    form = _form(place, data=request.POST)
    if form.is_valid():
        saved = attempt(
            form,
            lambda: texts.save_text(
                actor=user_of(request),
                kind=place.kind,
                language=place.language,
                edited=form.edited,
                version=form.cleaned_data["version"] or 0,
            ),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(place.address())
    return _show(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@never_cache
@admin_only
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what was typed, without saving it: to htmx what changes on the page, otherwise the page."""
    place = place_of(kind, request.GET.get("language", ""))
    form = _form(place, data=request.POST)
    draft = _drafted(request, place, form)
    if request.headers.get("HX-Request"):
        return _fragments(request, place, form, draft)
    if draft is None:
        return _show(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(place.address(draft=mail_drafts.keep(request, draft)))


@require_safe
@never_cache
@admin_only
@framed
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer with the formatted part alone, for the frames: by day or by night."""
    place = place_of(kind, request.GET.get("language", ""))
    draft = _draft(request, place)
    is_dark = request.GET.get("mode") == ColorScheme.DARK
    preview = previewed(
        place.kind, place.language, reader=user_of(request),
        edited=draft.edited if draft else place.in_force(), person=_person(draft),
    )  # fmt: skip
    return HttpResponse(
        shown_in(preview.written.parts.html, ColorScheme.DARK if is_dark else ColorScheme.LIGHT)
    )


@require_POST
@admin_only
def test(request: HttpRequest, kind: str) -> HttpResponse:
    """Send what was typed to whoever asks, or what is in force where nothing was."""
    place, user = place_of(kind, request.GET.get("language", "")), user_of(request)
    form = _form(place, data=request.POST if "subject" in request.POST else None)
    draft = _drafted(request, place, form) if form.is_bound else None
    if form.is_bound and draft is None:
        return _show(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    edited = draft.edited if draft else place.in_force()
    outbox.send_test(actor=user, kind=place.kind, language=place.language, edited=edited)
    messages.success(request, _("A test email is on its way to %(email)s.") % {"email": user.email})
    return redirect(place.address(draft=mail_drafts.keep(request, draft)) if draft else place.address())


def _draft(request: HttpRequest, place: Place) -> Draft | None:
    draft = mail_drafts.find(request, request.GET.get("draft", ""))
    return draft if draft and (draft.kind, draft.language) == (place.kind.name, place.language) else None


def _person(draft: Draft | None) -> User | None:
    return User.objects.filter(pk=draft.person).first() if draft and draft.person else None


def _form(place: Place, draft: Draft | None = None, data: QueryDict | None = None) -> TextForm:
    newest, person = place.newest(), _person(draft)
    said = draft.edited if draft else place.in_force()
    initial = {
        **said._asdict(),
        "version": newest.version if newest else 0,
        "person": person.email if person else "",
    }
    return TextForm(data, initial=initial, ours=standard_text(sample(place.kind, place.language)))


def _drafted(request: HttpRequest, place: Place, form: TextForm) -> Draft | None:
    """Return what was typed, or None, with the reasons on the form; note whose data is about to be shown."""
    if not form.is_valid():
        return None
    edited = attempt(form, lambda: texts.checked(place.kind, form.edited))
    if edited is None:
        return None
    person = form.cleaned_data["person"]
    draft = Draft(place.kind.name, place.language, *edited, str(person.pk) if person else "")
    if person and not mail_drafts.has_shown(request, draft.kind, draft.person):
        audit.note("letter.previewed", actor_id=user_of(request).id, subject_id=person.pk, kind=draft.kind)
    return draft


def _show(
    request: HttpRequest,
    place: Place,
    form: TextForm,
    draft: Draft | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    newest = place.newest()
    context = {
        **_seen(request, place, draft),
        "form": form,
        "live": False,
        "newest": newest,
        "newer": _newer(form, newest),
        "versions": EmailText.objects.of(place.kind.name, place.language).select_related("author")[
            :_VERSIONS
        ],
        "variables": sample(place.kind, place.language).values,
        "is_off": place.kind.name in stored().off,
        "faults": faults(place.kind),
        "numbers": numbers_by_kind(days=DAYS, kind=place.kind.name).get(place.kind.name, Numbers()),
        "days": DAYS,
        "languages": settings.LANGUAGES,
        "Keeps": Keeps,
    }
    return render(request, _PAGE, context, status=status)


def _fragments(request: HttpRequest, place: Place, form: TextForm, draft: Draft | None) -> HttpResponse:
    """Answer with what is wrong, and with the preview where nothing is; where something is, the last one stays."""
    answer = render_block(request, _PAGE, "problems", {"form": form, "live": True})
    if draft is None:
        answer["HX-Reswap"] = "none"
        return answer
    answer.write(render_block(request, _PAGE, "preview", _seen(request, place, draft)).content)
    return answer


def _seen(request: HttpRequest, place: Place, draft: Draft | None) -> dict[str, Any]:
    """Return what the preview shows: what was typed, or what is in force."""
    person = _person(draft)
    edited = draft.edited if draft else place.in_force()
    written, told = previewed(
        place.kind, place.language, reader=user_of(request), edited=edited, person=person
    )
    query = {"draft": mail_drafts.keep(request, draft)} if draft else {}
    return {
        "place": place,
        "kind": place.kind,
        "parts": written.parts,
        "fault": fault_words(written.fault) if written.fault else "",
        "person": person,
        "told": told,
        "is_draft": draft is not None and edited != place.in_force(),
        "sender": current(MailSettings).sender,
        "light": place.address("mail-kind-page", mode="light", **query),
        "dark": place.address("mail-kind-page", mode="dark", **query),
    }


def _newer(form: TextForm, newest: EmailText | None) -> EmailText | None:
    """Return what somebody else saved while this was typed; saving again is then saving on top of it."""
    if not form.is_bound or newest is None or form.cleaned_data.get("version") in {newest.version, None}:
        return None
    form.on_top_of(newest.version)
    return newest
