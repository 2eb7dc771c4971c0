"""Accounts in the panel."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.actions import admin
from momentum.accounts.actions import impersonation as impersonation_actions
from momentum.accounts.models import Role, User
from momentum.accounts.permissions import admin_only, audited, signed_in, user_of
from momentum.catalog.models import Course
from momentum.core.errors import InvalidError
from momentum.events.models import AuditEntry
from momentum.learning.actions.grants import grant_course, revoke_course
from momentum.learning.models import Enrolment
from momentum.panel.queries import users as user_queries
from momentum.panel.queries.audit import lines
from momentum.panel.views.user_list import USERS
from momentum.payments.models import Order, Payment
from momentum.ui.csv import download
from momentum.ui.form_errors import attempt

_ENTRIES = 10
_ORDERS = 20


class InvitationForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, required=False, help_text=gettext_lazy("Optional.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.FREE)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
@audited("users.listed")
def users(request: HttpRequest) -> HttpResponse:
    """All accounts, the newest first, narrowed and sorted as asked; POST suspends or reactivates several."""
    return USERS.respond(request)


@require_safe
@admin_only
@audited("users.exported")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The accounts that are asked for, all of them, as a CSV file."""
    rows = user_queries.rows(USERS.find(request))
    return download(f"accounts-{timezone.now():%Y-%m-%d}.csv", user_queries.CSV_COLUMNS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
def invitation(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody, who gets a link by mail."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: admin.invite_user(actor=user_of(request), **form.cleaned_data))
        if made:
            messages.success(request, _("Invitation sent."))
            return redirect("panel:user", made.id)
    status = 422 if form.is_bound else 200
    return render(request, "panel/user_new.html", {"form": form}, status=status)


@require_safe
@never_cache
@admin_only
@audited("user.viewed", subject="user_id")
def user(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """One account: who it is, what they take, and what administrators did with it."""
    found = get_object_or_404(user_queries.people(), pk=user_id)
    context = {
        "person": found,
        "state": user_queries.status_of(found),
        "states": dict(user_queries.STATES),
        "roles": Role.choices,
        "enrolments": found.enrolments.select_related("course").order_by("-enrolled_at"),
        "courses": user_queries.to_give(found),
        "orders": Order.objects.of(found)[:_ORDERS],
        "payments": Payment.objects.of(found)[:_ORDERS],
        "subscriptions": found.subscriptions.order_by("-created_at"),
        "sessions": found.sessions.running().count(),
        "lines": lines(AuditEntry.objects.filter(subject_id=found.pk)[:_ENTRIES]),
    }
    return render(request, "panel/user.html", context)


@require_POST
@admin_only
def user_role(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Make them a learner, a premium learner or an administrator."""
    found = get_object_or_404(User, pk=user_id)
    admin.change_role(actor=user_of(request), user=found, role=request.POST.get("role", ""))
    messages.success(request, _("Saved."))
    return redirect("panel:user", user_id)


@require_POST
@admin_only
def user_status(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Suspend or reactivate an account."""
    doing = {
        "suspended": (admin.suspend_user, _("Account suspended and signed out everywhere.")),
        "active": (admin.reactivate_user, _("Account reactivated.")),
    }
    wanted = request.POST.get("state", "")
    if wanted not in doing:
        raise InvalidError(_("Choose active or suspended."), code="unknown_state")
    change, sentence = doing[wanted]
    change(actor=user_of(request), user=get_object_or_404(User, pk=user_id))
    messages.success(request, sentence)
    return redirect("panel:user", user_id)


@require_POST
@admin_only
def user_invitation(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Send the invitation once more."""
    admin.invite_again(actor=user_of(request), user=get_object_or_404(User, pk=user_id))
    messages.success(request, _("Invitation sent again."))
    return redirect("panel:user", user_id)


@require_POST
@admin_only
def user_courses(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Give them a course."""
    found = get_object_or_404(User, pk=user_id)
    field = forms.ModelChoiceField(Course.objects.published())
    try:
        course = field.clean(request.POST.get("course"))
    except forms.ValidationError as error:
        raise InvalidError(_("Choose a course.")) from error
    grant_course(actor=user_of(request), user=found, course=course)
    messages.success(request, _("Access to “%(title)s” granted.") % {"title": course.title})
    return redirect("panel:user", user_id)


@require_POST
@admin_only
def enrolment_removal(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Take a course away."""
    found = get_object_or_404(Enrolment.objects.select_related("course"), pk=enrolment_id)
    revoke_course(actor=user_of(request), enrolment=found)
    messages.success(request, _("Access to “%(title)s” revoked.") % {"title": found.course.title})
    return redirect("panel:user", found.user_id)


@require_POST
@admin_only
def impersonation(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Look at Momentum as this learner, until one stops or for an hour."""
    found = get_object_or_404(User, pk=user_id)
    impersonation_actions.begin(actor=user_of(request), user=found, session=request.session)
    return redirect("engagement:dashboard")


@require_POST
@signed_in
def impersonation_end(request: HttpRequest) -> HttpResponse:
    """Give an administrator who looks as somebody else their own pages back."""
    shown = user_of(request)
    impersonation_actions.end(user=shown, session=request.session)
    return redirect("panel:user", shown.pk) if shown.impersonator else redirect("landing")
