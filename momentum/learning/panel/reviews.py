"""Reviews in the panel: what waits for somebody to read it, and what became of the rest."""

import uuid
from typing import override

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.learning.actions.reviews import hide_review, publish_review
from momentum.learning.forms.review import HidingForm
from momentum.learning.models import Review
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import moment
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, ListPage, Nothing
from momentum.ui.listing import FilterForm, words

PER_PAGE = 25


NONE_WAIT = Nothing(gettext_lazy("No reviews"), gettext_lazy("All reviews have been moderated."))


class ReviewsForm(FilterForm):
    """Reviews of one state."""

    q = words(gettext_lazy("Course, author or text"))
    status = forms.ChoiceField(choices=Review.Status.choices, required=False, widget=forms.HiddenInput())

    @property
    def state(self) -> str:
        """The state that is asked for; those that wait where none is."""
        return self.cleaned_data.get("status") or Review.Status.PENDING.value

    @property
    @override
    def asked(self) -> bool:
        return bool(self.cleaned_data.get("q"))

    def rows(self) -> "QuerySet[Review]":
        """Return all reviews, with who wrote them and about which course."""
        return Review.objects.select_related("course", "user", "moderated_by")

    def find(self) -> "QuerySet[Review]":
        """Return the reviews that are asked for, those that have waited longest first."""
        found = self.rows().filter(status=self.state)
        if text := self.cleaned_data.get("q"):
            by_person = Q(user__email__icontains=text) | Q(signed__icontains=text)
            found = found.filter(by_person | Q(course__title__icontains=text) | Q(text__icontains=text))
        waiting = self.state == Review.Status.PENDING
        return found.order_by(*("written_at", "pk") if waiting else ("-written_at", "-pk"))

    def tabs(self) -> list[tuple[str, str, int]]:
        """Return each state with its name and how many there are."""
        counts = dict(Review.objects.order_by().values_list("status").annotate(Count("pk")))
        return [(value, str(label), counts.get(value, 0)) for value, label in Review.Status.choices]


def _course(review: Review) -> Cell:
    title = isolated(review.course.title, review.course.language)
    author = format_html("<bdi>{}</bdi> ({})", review.author, review.user.email)
    return Cell(title, reverse("learning:course", args=[review.course.slug]), note=author)


REVIEWS = ListPage(
    title=gettext_lazy("Reviews"),
    route="panel:learning:reviews",
    form=ReviewsForm,
    template="learning/panel/reviews.html",
    per_page=PER_PAGE,
    columns=(
        Column(label=gettext_lazy("Course and author"), cell=_course),
        Column(label=gettext_lazy("Review"), template="learning/panel/review.html"),
        Column(
            label=gettext_lazy("Written"),
            cell=lambda review: Cell(moment(review.written_at), at=review.written_at),
            sort="written",
            by=("written_at",),
            newest_first=True,
        ),
    ),
    actions=(
        BulkAction(
            name="publish",
            label=gettext_lazy("Publish selected"),
            act=lambda one: publish_review(actor=one.actor, review=one.row, version=one.version),
            done=ngettext_lazy("%(num)d review published.", "%(num)d reviews published.", "num"),
        ),
        BulkAction(
            name="hide",
            label=gettext_lazy("Hide selected"),
            act=lambda one: hide_review(
                actor=one.actor, review=one.row, reason=one.reason, version=one.version
            ),
            question=ngettext_lazy("Hide %(num)d review?", "Hide %(num)d reviews?", "num"),
            reason=gettext_lazy("Reason for hiding it (shown to the author)"),
            done=ngettext_lazy("%(num)d review hidden.", "%(num)d reviews hidden.", "num"),
            kind="fault",
        ),
    ),
    count=ngettext_lazy("%(num)d review", "%(num)d reviews", "num"),
    nothing=Nothing(gettext_lazy("No reviews"), gettext_lazy("No reviews match this filter.")),
    no_match=Nothing(
        gettext_lazy("No matching reviews"), gettext_lazy("Remove a filter or try different words.")
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@audited("reviews.listed")
def reviews(request: HttpRequest) -> HttpResponse:
    """Reviews of one state, those that have waited longest first; POST publishes or hides several."""
    if ReviewsForm(request.GET).state == Review.Status.PENDING:
        return REVIEWS.respond(request, nothing=NONE_WAIT)
    return REVIEWS.respond(request)


@require_POST
@admin_only
def review_status(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Publish or hide a review; the next one waits on the same page."""
    found = get_object_or_404(Review.objects.select_related("course"), pk=review_id)
    form, before = HidingForm(request.POST), found.status
    wanted = request.POST.get("state", "")
    if not form.is_valid() or wanted not in {"published", "hidden"}:
        raise InvalidError(_("Choose published or hidden."), code="unknown_state")
    version = form.cleaned_data["version"]
    if wanted == "published":
        publish_review(actor=user_of(request), review=found, version=version)
        messages.success(request, _("Review published."))
    else:
        reason = form.cleaned_data["reason"]
        hide_review(actor=user_of(request), review=found, reason=reason, version=version)
        messages.success(request, _("Review hidden. Its author can read the reason."))
    return redirect(f"{reverse('panel:learning:reviews')}?status={before}")
