"""What a learner fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.learning.models import Review
from momentum.learning.models.review import REASON_AT_MOST, TEXT_AT_MOST


class ReviewForm(forms.Form):
    """What a learner says about a course."""

    stars = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[(1, _("Poor")), (2, _("Weak")), (3, _("Fair")), (4, _("Good")), (5, _("Very good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
    text = forms.CharField(
        label=_("What should others know?"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input note-box"}),
        error_messages={"required": _("Please write at least a sentence.")},
    )
    signed = forms.CharField(
        label=_("Display name"),
        max_length=80,
        required=False,
        help_text=_("Shown with your review. If empty, it says “A learner”."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    @classmethod
    def of(cls, review: Review | None, *, name: str) -> "ReviewForm":
        """Return the form as it stands for who has written this review, or is about to write one."""
        if review is None:
            return cls(initial={"signed": name})
        return cls(initial={"stars": review.stars, "text": review.text, "signed": review.signed})


class HidingForm(forms.Form):
    """Why a review is hidden. `version` is the one that was read."""

    reason = forms.CharField(
        label=_("Reason (shown to the author)"), max_length=REASON_AT_MOST, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
