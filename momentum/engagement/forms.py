"""What learners fill in about themselves."""

from typing import cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from momentum.accounts.actions.accounts import ProfileFields
from momentum.accounts.models import User, time_zones

type Files = MultiValueDict[str, UploadedFile[bytes]]


def _zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(time_zones())]


class ProfileForm(forms.Form):
    """Oneself, as the profile shows it, and how one wants to be told of badges."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    bio = forms.CharField(
        label=_("Bio"), max_length=300, required=False,
        help_text=_("Up to 300 characters. Only visible to others while your profile is public."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Profile picture"), required=False,
        help_text=_("PNG, JPEG, WebP or AVIF, up to 5 MB. Cropped to a square."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/avif"}),
    )  # fmt: skip
    remove_picture = forms.BooleanField(label=_("Remove profile picture"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones,
        help_text=_("Your day ends at midnight in this time zone. Changing it doesn’t affect past days."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    celebrates = forms.BooleanField(
        label=_("Celebrate new badges"), required=False,
        help_text=_("Shown after a lesson and on Today."),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, files: Files | None = None, *, user: User) -> None:
        names = ("name", "bio", "time_zone", "language", "celebrates")
        super().__init__(data, files, initial={name: getattr(user, name) for name in names})
        if not user.avatar:
            del self.fields["remove_picture"]

    def fields_for_action(self) -> ProfileFields:
        """Return what was filled in, as the action takes it."""
        chosen = {name: value for name, value in self.cleaned_data.items() if "picture" not in name}
        if upload := self.files.get("picture"):
            chosen["picture"] = upload
        elif self.cleaned_data.get("remove_picture"):
            chosen["picture"] = None
        return cast("ProfileFields", chosen)  # the fields above are its keys
