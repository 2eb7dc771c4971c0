"""Answering a lesson's questions: with script the question alone comes back, without it the lesson.

What was refused comes back as it was sent, with the reason at it.
"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from momentum.accounts.permissions import signed_in, user_of
from momentum.learning import queries
from momentum.learning.actions.answers import answer
from momentum.learning.forms.answer import AnswerForm
from momentum.learning.queries.moments import believed
from momentum.learning.views.lesson_parts import context_of
from momentum.ui.fragments import render_block
from momentum.ui.saved_changes import change_in


@require_POST
@signed_in
def answers(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """Answer a question, for the first time or again."""
    user = user_of(request)
    question = queries.question_for(user, question_id)
    change = change_in(request, reader=user.reader)
    form = AnswerForm(question, request.POST)
    if form.is_valid():
        at = believed(change.at, user=user, lesson=question.lesson)
        answer(user=user, question=question, **form.cleaned_answer, at=at)
    if "HX-Request" in request.headers:
        context = {
            "check": queries.Check.of(user=user, question=question, enrolled=form.is_valid()),
            "lesson": question.lesson,
            "refusal": form.refusal,
            "sent": form.data,
        }
        status = 200 if form.is_valid() else 422
        return render_block(request, "learning/lesson.html", "check", context, status=status)
    slug, day = question.lesson.course.slug, question.lesson.day
    if form.is_valid():
        return redirect(f"{reverse('learning:lesson', args=[slug, day])}#check-{question.id}")
    page = queries.lesson_page(user=user, slug=slug, day=day, again=question.id)
    refused = {"refused": question.id, "refusal": form.refusal, "sent": form.data}
    context = {**context_of(page), **refused}
    return render(request, "learning/lesson.html", context, status=422)
