"""A learner's own profile, and what they show of it to others."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.actions.accounts import edit_profile, publish_profile, withdraw_profile
from momentum.accounts.actions.avatars import SIZES, path_of
from momentum.accounts.permissions import signed_in, uploads_counted, user_of
from momentum.core import media
from momentum.core.errors import NotFoundError
from momentum.core.gateway import PICTURE_BYTES, body_limit
from momentum.engagement import queries
from momentum.engagement.actions import progress
from momentum.engagement.forms import ProfileForm
from momentum.ui.form_errors import attempt
from momentum.ui.redirects import lead_on

PAGE = "engagement:profile"


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@signed_in
@body_limit(PICTURE_BYTES)
@uploads_counted
def profile(request: HttpRequest) -> HttpResponse:
    """Show what one has earned, and let it and oneself be changed."""
    user = user_of(request)
    posted = request.method == "POST"
    form = ProfileForm(request.POST if posted else None, request.FILES if posted else None, user=user)
    if form.is_valid():
        saved = attempt(form, partial(edit_profile, user=user, fields=form.fields_for_action()))
        if saved is not None:
            messages.success(request, _("Saved."))
            return lead_on(request, PAGE)
    context = {"form": form, "profile": queries.own_profile(user), "address": _address(request)}
    return render(request, "engagement/profile.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def showcase(request: HttpRequest) -> HttpResponse:
    """Choose which badges stand first."""
    progress.showcase(user=user_of(request), badges=request.POST.getlist("badge"))
    messages.success(request, _("Featured badges saved."))
    return redirect(PAGE)


@require_POST
@signed_in
def publication(request: HttpRequest) -> HttpResponse:
    """Show the profile to others (state=public), or to nobody."""
    if request.POST.get("state") == "public":
        publish_profile(user=user_of(request))
        messages.success(request, _("Your profile is now public for anyone with the link."))
    else:
        withdraw_profile(user=user_of(request))
        messages.success(request, _("Your profile is private again. The old link no longer works."))
    return redirect(PAGE)


@require_safe
@signed_in
def picture(request: HttpRequest, name: str, size: int) -> HttpResponseBase:
    """Send one's own picture. Its name changes with it, so this browser may keep it."""
    if not name or user_of(request).avatar != name or size not in SIZES:
        raise NotFoundError
    response = media.stream(request, path_of(name, size), public=False)
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@require_safe
@cache_control(private=True, no_cache=True)
def public_profile(request: HttpRequest, address: str) -> HttpResponse:
    """Show a profile that its owner made public; any other address is as one that never was."""
    return render(request, "engagement/public_profile.html", {"profile": queries.public_profile(address)})


@require_safe
def public_picture(request: HttpRequest, address: str, size: int) -> HttpResponseBase:
    """Send the picture of a public profile."""
    person = queries.public_person(address)
    if not person.avatar or size not in SIZES:
        raise NotFoundError
    return media.stream(request, path_of(person.avatar, size), public=False)


def _address(request: HttpRequest) -> str:
    public = user_of(request).public_address
    return request.build_absolute_uri(f"/learners/{public}/") if public else ""
