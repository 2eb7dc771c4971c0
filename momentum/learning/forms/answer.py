"""What a learner sends as the answer to a question."""

import uuid
from typing import Any, TypedDict, override

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Question, QuestionKind

SHORT_AT_MOST = 300
_OWN_PLACE = _("Give each item a different position.")


class Given(TypedDict):
    """An answer in words, and the name of the request."""

    given: list[str]
    client_id: uuid.UUID | None


class AnswerForm(forms.Form):
    """An answer to one question: `choice` once or several times, a `place-N` for each choice, or a `text`.

    `cleaned_answer` holds it in words.
    """

    client_id = forms.UUIDField(required=False)

    def __init__(self, question: Question, data: QueryDict) -> None:
        super().__init__(data)
        self.question = question
        choices = [(str(index), text) for index, text in enumerate(question.choices)]
        match question.kind:
            case QuestionKind.SHORT:
                self.fields["text"] = forms.CharField(
                    max_length=SHORT_AT_MOST,
                    error_messages={
                        "required": _("Enter your answer first."),
                        "max_length": _("That is too long for a short answer."),
                    },
                )
            case QuestionKind.ORDER:
                self.places = [f"place-{index}" for index, _text in choices]
                for name in self.places:
                    self.fields[name] = forms.IntegerField(
                        required=False, error_messages={"invalid": _OWN_PLACE}
                    )
            case _:
                self.fields["choice"] = forms.MultipleChoiceField(
                    choices=choices,
                    error_messages={
                        "required": _("Choose an answer first."),
                        "invalid_choice": _("This question has changed. Reload the page and answer again."),
                    },
                )

    @property
    def refusal(self) -> str:
        """The first thing that is wrong with it."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")

    @property
    def cleaned_answer(self) -> "Given":
        """What `answering.answer` takes."""
        return Given(given=self.cleaned_data["given"], client_id=self.cleaned_data["client_id"])

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = self._given(cleaned)
        if not given and not self.errors:
            order = self.question.kind == QuestionKind.ORDER
            self.add_error(None, _OWN_PLACE if order else _("Choose one answer."))
        return cleaned | {"given": given}

    def _given(self, cleaned: dict[str, Any]) -> list[str]:
        kind, texts = self.question.kind, self.question.choices
        if kind == QuestionKind.SHORT:
            return [cleaned["text"]] if "text" in cleaned else []
        if kind == QuestionKind.ORDER:
            places = [cleaned.get(name) for name in self.places]
            if sorted(place or 0 for place in places) != list(range(1, len(texts) + 1)):
                return []
            return [texts[places.index(place)] for place in range(1, len(texts) + 1)]
        chosen = [texts[int(index)] for index in sorted(set(cleaned.get("choice", ())), key=int)]
        return [] if kind == QuestionKind.SINGLE and len(chosen) > 1 else chosen
