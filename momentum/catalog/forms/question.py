"""What an administrator fills in for a lesson's questions."""

import re
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.catalog.domain.numbers import tolerance_of
from momentum.catalog.domain.rich_text import one_line
from momentum.catalog.domain.short_answers import is_number, spelled_out
from momentum.catalog.forms.fields import Lines
from momentum.catalog.models import Question, QuestionKind
from momentum.catalog.schemas import KeptQuestion

_SHORT_AT_MOST = 300


class QuestionForm(forms.Form):
    """One question. Right answers are numbers of choices, counted from 1; for a short one, the words accepted.

    A question about order that names no numbers has its choices in the right order as they stand.
    """

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    page_label = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    prompt = forms.CharField(label=_("Question"), max_length=500)
    kind = forms.ChoiceField(label=_("Type"), choices=QuestionKind.choices, initial=QuestionKind.SINGLE)
    choices = Lines(
        label=_("Choices, one per line"), required=False, max_length=8000,
        help_text=_("Leave empty for a short answer."), widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    answer = Lines(
        label=_("Correct answer"), required=False, max_length=4000,
        help_text=_(
            "The number of the correct choice, such as 2; several as 1, 3. For ordering, the numbers in "
            "the correct order, or leave empty if the choices are already in order. For a short answer, "
            "the accepted answers, one per line."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    tolerance = forms.CharField(
        label=_("Tolerance"), max_length=20, required=False,
        help_text=_("For a number: how far off it may be, such as 0.1, or 5% of it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    explanation = forms.CharField(
        label=_("Explanation"), max_length=1000, required=False, help_text=_("Shown with the answer."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    @staticmethod
    def initial_of(question: Question) -> dict[str, Any]:
        """Return what the form shows of a question."""
        answer = [str(one) for one in question.answer]
        if question.kind != QuestionKind.SHORT:
            answer = [", ".join(str(int(index) + 1) for index in question.answer)]
        shown = {
            name: getattr(question, name)
            for name in ("id", "page", "page_label", "prompt", "kind", "choices", "tolerance", "explanation")
        }
        return shown | {"answer": answer}

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["choices"] = [one_line(text) for text in cleaned["choices"]]
            check = self._short if cleaned["kind"] == QuestionKind.SHORT else self._chosen
            cleaned["answer"] = check(cleaned["kind"], cleaned["choices"], cleaned["answer"])
            self._check_tolerance(cleaned["kind"], cleaned["tolerance"], cleaned["answer"])
        return cleaned

    @property
    def accepted(self) -> list[str]:
        """What a short answer may say, as it is stored; see `short_answers.spelled_out`."""
        if self.initial.get("kind") != QuestionKind.SHORT:
            return []
        return spelled_out(self.initial["answer"], self.initial["tolerance"])

    def entry(self) -> KeptQuestion:
        """Return what was filled in, as the actions take it; only after `is_valid`."""
        names = (
            "id",
            "page",
            "page_label",
            "prompt",
            "kind",
            "choices",
            "answer",
            "tolerance",
            "explanation",
        )
        return KeptQuestion(**{name: self.cleaned_data[name] for name in names})

    def _check_tolerance(self, kind: str, tolerance: str, answer: list[Any]) -> None:
        if not tolerance:
            return
        if kind != QuestionKind.SHORT or not all(is_number(str(one)) for one in answer):
            self.add_error("tolerance", _("Only a short answer that is a number has a tolerance."))
            return
        try:
            tolerance_of(tolerance)
        except ValueError:
            self.add_error("tolerance", _("Write a number, such as 0.1, or one with %."))

    def _short(self, kind: str, choices: list[str], answer: list[str]) -> list[str]:
        if choices:
            self.add_error("choices", _("Short answers have no choices."))
        if not answer:
            self.add_error("answer", _("Add at least one accepted answer."))
        if any(len(text) > _SHORT_AT_MOST for text in answer):
            self.add_error("answer", _("That is too long for a short answer."))
        return [one_line(text) for text in answer]

    def _chosen(self, kind: str, choices: list[str], answer: list[str]) -> list[int]:
        if len(choices) < 2:
            self.add_error("choices", _("Add at least two choices."))
        if len(set(choices)) != len(choices):
            self.add_error("choices", _("Two choices are the same."))
        words = re.split(r"[\s,;]+", " ".join(answer).strip()) if answer else []
        if kind == QuestionKind.ORDER and not words:
            return list(range(len(choices)))
        known = {str(number): number - 1 for number in range(1, len(choices) + 1)}
        places = [known[word] for word in words if word in known]
        if len(places) != len(words) or len(set(places)) != len(places) or not places:
            self.add_error("answer", _("Enter the numbers of the choices, each once. The first is 1."))
        elif kind == QuestionKind.SINGLE and len(places) != 1:
            self.add_error("answer", _("Enter exactly one correct choice."))
        elif kind == QuestionKind.ORDER and len(places) != len(choices):
            self.add_error("answer", _("Enter every choice in the correct order."))
        return places


Questions = forms.formset_factory(
    QuestionForm, extra=1, max_num=30, absolute_max=40, can_order=True, can_delete=True
)


def entries_of(formset: "forms.BaseFormSet[QuestionForm]") -> list[KeptQuestion]:
    """Return the questions that stay, in their order; only after `is_valid`."""
    return [form.entry() for form in formset.ordered_forms]
