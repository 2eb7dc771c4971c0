"""Reviews of a course: reading all of them, writing one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.catalog.models import Course
from momentum.learning import queries
from momentum.learning.actions.reviews import delete_review, require_experience, write_review
from momentum.learning.forms.review import ReviewForm
from momentum.learning.models import Review
from momentum.ui.caching import shared_when_anonymous
from momentum.ui.form_errors import attempt
from momentum.ui.listing import page_of

PER_PAGE = 20


@require_safe
@shared_when_anonymous
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """All published reviews of a course, newest first, or those with so many stars."""
    course = queries.visible_course(user=request.user, slug=slug)
    found = Review.objects.published().filter(course=course).newest()
    stars = request.GET.get("stars", "")
    if stars in {"1", "2", "3", "4", "5"}:
        found = found.filter(stars=int(stars))
    context = {"course": course, "chosen": stars, **page_of(request, found, PER_PAGE)}
    return render(request, "learning/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Write, or change, what one says about a course."""
    user = user_of(request)
    course = queries.visible_course(user=user, slug=slug)
    own = Review.objects.filter(user=user, course=course).first()
    if request.method != "POST":
        require_experience(user, course)
    form = ReviewForm(request.POST) if request.method == "POST" else ReviewForm.of(own, name=user.name)
    if form.is_valid():
        saved = attempt(form, lambda: write_review(user=user, course=course, **form.cleaned_data))
        if saved:
            messages.success(request, _said(saved))
            return redirect("learning:course", slug)
    context = {"course": course, "form": form, "own": own}
    return render(request, "learning/review.html", context, status=422 if form.is_bound else 200)


def _said(review: Review) -> str:
    if review.status == Review.Status.PUBLISHED:
        return _("Thank you. Your review is published.")
    return _("Thank you. Your review will be published once it has been approved.")


@require_POST
@signed_in
def removal(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's review back."""
    delete_review(user=user_of(request), course=get_object_or_404(Course, slug=slug))
    messages.info(request, _("Your review and its rating were deleted."))
    return redirect("learning:course", slug)
