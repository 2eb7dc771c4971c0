"""Short answers, and asking a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.models import User
from momentum.core.errors import LimitError
from momentum.site.queries.current import current
from momentum.support.actions.asking import ask
from momentum.support.adapters import count_question
from momentum.support.domain.pages import safe_page
from momentum.support.forms import QuestionForm
from momentum.support.models import Conversation
from momentum.support.site_settings import SupportSettings
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def help_page(request: HttpRequest) -> HttpResponse:
    """Lead to the pages that answer most questions; POST asks a person."""
    user = request.user if isinstance(request.user, User) else None
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        is_known=user is not None,
        initial={"page": _came_from(request)},
    )
    if form.is_valid():
        if attempt(form, lambda: _ask(request, form, user), LimitError):
            return redirect("support:sent")
        form.renew_key()
    context = {"form": form, "hours": current(SupportSettings).answer_hours}
    return render(request, "support/help.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Say that the question arrived, and when to expect an answer."""
    return render(request, "support/sent.html", {"hours": current(SupportSettings).answer_hours})


def _came_from(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "").partition("://")[2]
    host, _slash, path = before.partition("/")
    return safe_page(f"/{path}") if host == request.get_host() else ""


def _ask(request: HttpRequest, form: QuestionForm, user: User | None) -> Conversation:
    asked = form.cleaned_data
    address = asked.get("email", "")
    count_question(request, user=user, address=address)
    return ask(
        user=user,
        address=address,
        subject=asked["subject"],
        text=asked["text"],
        page=asked["page"],
        key=asked["key"],
    )
