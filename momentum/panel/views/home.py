"""Where an administrator's day begins."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from momentum.accounts.models import User
from momentum.accounts.permissions import admin_only
from momentum.catalog.models import Course, CourseStatus
from momentum.core.durable import workers_running
from momentum.learning.models import Enrolment, LearningDay, Review
from momentum.payments.queries.sums import taken_since
from momentum.payments.queries.waiting import waiting as money_waiting
from momentum.studio.queries import jobs
from momentum.support.queries.conversations import waiting_count


@require_safe
@admin_only
def home(request: HttpRequest) -> HttpResponse:
    """Today's figures, and what waits for somebody."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    week_ago = today.date() - timedelta(days=6)
    context = {
        "enrolled_today": Enrolment.objects.filter(enrolled_at__gte=today).count(),
        "active_learners": LearningDay.objects.filter(date__gte=week_ago).values("user").distinct().count(),
        "taken_today": taken_since(today),
        "money_waiting": money_waiting(),
        "joined_this_week": User.objects.filter(date_joined__gte=today - timedelta(days=6)).count(),
        "counts": Course.objects.aggregate(
            drafts=Count("pk", filter=Q(status=CourseStatus.DRAFT)),
        ),
        "drafts": Course.objects.filter(status=CourseStatus.DRAFT)
        .with_category()
        .order_by("-updated_at")[:5],
        "conversations_waiting": waiting_count(),
        "reviews_waiting": Review.objects.pending().count(),
        "jobs": jobs.jobs(limit=5),
        "budget": jobs.budget(),
        "workers": workers_running(),
    }
    return render(request, "panel/home.html", context)
