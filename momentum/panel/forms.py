"""What administrators type in the panel's own pages."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.mail.domain.edited_text import EditedText


class TextForm(forms.Form):
    """The subject and the introduction of a kind of mail, and whom the preview is for."""

    subject = forms.CharField(
        label=_("Subject"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    introduction = forms.CharField(
        label=_("Introduction"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    person = forms.EmailField(
        label=_("Preview for"),
        required=False,
        help_text=_("Email address of an account. Without one, the preview is about something made up."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput(), required=False)

    @override
    def __init__(self, *args: Any, ours: EditedText | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ours is not None:
            for name, text in ours._asdict().items():
                self.fields[name].help_text = _("Leave empty for the standard text: “%(text)s”") % {
                    "text": text
                }

    def on_top_of(self, version: int) -> None:
        """Have what was typed be saved on top of this version, and not of the one that was in force before."""
        self.data = {**dict(self.data.items()), "version": str(version)}

    @property
    def edited(self) -> EditedText:
        """What was typed."""
        asked = self.cleaned_data
        return EditedText(asked["subject"], asked["introduction"].replace("\r\n", "\n"))

    def clean_person(self) -> User | None:
        """Find whose address it is."""
        address = self.cleaned_data["person"]
        if not address:
            return None
        found: User | None = User.objects.filter(email__iexact=address).first()
        if found is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return found
