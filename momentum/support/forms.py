"""What people write to us, and what administrators answer."""

from typing import Any, override
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from momentum.core.ids import uuid7
from momentum.support.models.conversation import SUBJECT_AT_MOST
from momentum.support.models.message import TEXT_AT_MOST


class _KeyedForm(forms.Form):
    """`key` names what is sent, so that two clicks send it once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @override
    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("key", uuid7())

    def clean_key(self) -> UUID:
        """Name what came without a name."""
        return self.cleaned_data["key"] or uuid7()

    def renew_key(self) -> None:
        """Name anew what is sent again after it was refused."""
        self.data = {**dict(self.data.items()), "key": str(uuid7())}


class QuestionForm(_KeyedForm):
    """What somebody asks a person for. Who is signed in is asked for no address."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("Our answer goes there. We use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=SUBJECT_AT_MOST,
        help_text=_("In a few words"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=TEXT_AT_MOST,
        help_text=_(
            "What you did, what you expected, and what you saw instead. Leave out passwords and card numbers."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    @override
    def __init__(self, data: QueryDict | None = None, *, is_known: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if is_known:
            del self.fields["email"]


class MessageForm(_KeyedForm):
    """What somebody writes in a conversation."""

    text = forms.CharField(
        label=_("Your message"), max_length=TEXT_AT_MOST, widget=forms.Textarea(attrs={"rows": 5})
    )


class AnswerForm(_KeyedForm):
    """What an administrator answers. `version` is the one that they read."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=TEXT_AT_MOST,
        help_text=_("They get it by email, with what they wrote below it."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which version of a conversation a button was pressed in."""

    version = forms.IntegerField(required=False)
