"""What somebody chooses about being told."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from momentum.core.errors import InvalidError
from momentum.notifications.actions.preferences import choose
from momentum.notifications.forms import PreferencesForm, ReminderForm
from momentum.notifications.models import Channel, Choice, Preferences
from momentum.notifications.models.preferences import EVERYTHING
from momentum.notifications.permissions import signed_in, user_of
from momentum.notifications.queries.choices import channels, groups
from momentum.ui.form_errors import attempt

PAGE = "notifications:preferences"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Show what somebody chose, and let them choose."""
    user = user_of(request)
    chosen, listed = Preferences.chosen_by(user), groups(for_admin=user.is_admin)
    optional = [kind for group in listed for kind in group.optional]
    reached_by = channels(user.pk, listed)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        preferences=chosen,
        kinds=optional,
        channels=reached_by,
    )
    if form.is_valid():
        doing = partial(choose, user=user, hours=form.hours(), choices=form.choices())
        if attempt(form, doing) is not None:
            messages.success(request, _("Saved."))
            return redirect(PAGE)
    context = {
        "form": form,
        "groups": listed,
        "channels": reached_by,
        "emails_are_off": chosen.is_silent(Channel.EMAIL),
    }
    return render(request, "notifications/preferences.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def emails(request: HttpRequest) -> HttpResponse:
    """End all emails that can be ended (state=off), or take that back (state=on)."""
    wanted = request.POST.get("state", "")
    if wanted not in {Choice.ON, Choice.OFF}:
        raise InvalidError
    choose(user=user_of(request), choices={EVERYTHING: {Channel.EMAIL: Choice(wanted)}})
    messages.success(
        request, _("Optional emails are on again.") if wanted == "on" else _("All optional emails are off.")
    )
    return redirect(PAGE)


@require_POST
@signed_in
def reminder(request: HttpRequest) -> HttpResponse:
    """Note at which hour somebody wants to be reminded, or that they didn't want to say (dismiss)."""
    user, form = user_of(request), ReminderForm(request.POST)
    if request.POST.get("dismiss"):
        choose(user=user)
        return _onwards(request)
    if not form.is_valid():
        raise InvalidError
    chosen = choose(user=user, hours={"reminder_at": form.cleaned_data["reminder_at"]})
    said = _("We’ll remind you at %(time)s when a lesson is waiting.")
    messages.success(request, said % {"time": f"{chosen.reminder_at:%H:%M}"})
    return _onwards(request)


def _onwards(request: HttpRequest) -> HttpResponse:
    to = request.POST.get("next", "")
    ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return redirect(to if ours else PAGE)
