"""What an administrator fills in to have a course written."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Category, Level
from momentum.providers.documents.reading import EXTENSIONS
from momentum.providers.writer import EXTRACTIVE, CourseRequest
from momentum.site.queries.current import current
from momentum.studio.domain.sample import sample_document
from momentum.studio.models import Job, Reference
from momentum.studio.site_settings import GenerationSettings

_USUAL_DAYS = 7


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(ManyFiles, self).clean(file, initial) for file in files if file]
        if not cleaned and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return cleaned


class StartForm(forms.Form):
    """A course to be written."""

    references = ManyFiles(
        label=_("Source documents"), required=False,
        help_text=_(
            "PDF, DOCX, PPTX, EPUB, HTML, Markdown, text or transcripts (VTT, SRT), also mixed, up to 50 MB together. "
            "The course rests on them and cites their pages, slides or chapters."
        ),
        widget=ManyFilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )  # fmt: skip
    sample = forms.BooleanField(
        label=_("Use the sample document, a guide to backups"), required=False,
        help_text=_("If you have no document at hand. It makes a course of four to seven days."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("Leave empty to have one suggested."),
    )
    topic = forms.CharField(
        label=_("Topic"), required=False, max_length=2000,
        help_text=_("Required without a document. With one, say what to focus on."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=60, required=False,
        help_text=_("Leave empty for as many as the documents make, or seven without documents."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    language = forms.RegexField(
        label=_("Language"), required=False, regex=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
        help_text=_(
            "A code, such as en or pt-BR. Leave it empty for the language of the documents, which is the one the "
            "built-in writer always writes in."
        ),
        error_messages={"invalid": _("Use a language code such as en or pt-BR.")},
    )  # fmt: skip
    audience = forms.CharField(label=_("Audience"), max_length=300, required=False)
    tone = forms.CharField(
        label=_("Tone"), max_length=100, required=False, help_text=_("Such as warm or formal.")
    )
    writer = forms.ChoiceField(label=_("Writer"))
    free_preview = forms.BooleanField(
        label=_("First day free"), required=False, initial=True,
        help_text=_("Anyone can read the first lesson once the course is published."),
    )  # fmt: skip
    outline_first = forms.BooleanField(
        label=_("Show me the outline first"), required=False,
        help_text=_("Nothing is written until you have approved which day is about what."),
    )  # fmt: skip
    again = forms.BooleanField(
        label=_("Generate again even if the same course was generated before"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a form's own
        super().__init__(*args, **kwargs)
        self.names_writer()
        if not self.has_model:
            self.fields["topic"].help_text = _(
                "What to focus on. Add a document too: a course from a topic alone needs a language model, and none is "
                "set up here. The built-in writer works from documents."
            )

    def names_writer(self, also: str = "") -> None:
        """Offer the writers that are configured, and one more."""
        own = _("Built-in writer: quotes and arranges the document, adds nothing")
        names = dict.fromkeys([*_writers(), *([also] if also else [])])
        field = self.fields["writer"]
        field.choices = [(name, own if name == EXTRACTIVE else name) for name in names]  # type: ignore[attr-defined]

    @property
    def has_model(self) -> bool:
        """Whether there is a writer that can do without documents."""
        return _writers() != [EXTRACTIVE]

    @override
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("sample"):
            values["references"] = [*values.get("references", []), sample_document()]
        return values

    def asked(self) -> CourseRequest:
        """Return the request that was filled in."""
        values = self.cleaned_data
        return CourseRequest(
            title=values["title"], topic=values["topic"], audience=values["audience"], level=values["level"],
            language=values["language"], tone=values["tone"], days=values["days"] or _USUAL_DAYS,
            category=values["category"].name,
        )  # fmt: skip


class VersionForm(forms.Form):
    """A new version of a document."""

    file = forms.FileField(
        label=_("New version"),
        help_text=_(
            "The course’s sentences are held against it. Nothing changes until you accept it, part by part. Up to 50"
            " MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        allow_empty_file=True,
    )


class ChangeForm(StartForm):
    """What a job is asked for, while that may still be changed; filled in with what it is asked for now."""

    without = forms.ModelMultipleChoiceField(
        label=_("Remove"), queryset=Reference.objects.none(), required=False
    )
    approved = forms.BooleanField(label=_("I approve this amount"), required=False)
    approved_micros = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, job: Job, **kwargs: Any) -> None:  # noqa: ANN401 - a form's own
        names = ("title", "topic", "category", "days", "level", "language", "audience", "tone", "writer")
        initial = {name: getattr(job, name) for name in (*names, "free_preview", "outline_first")}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["again"], self.fields["sample"]
        self.fields["days"].required, self.fields["days"].help_text = True, ""
        self.fields["references"].label = _("Add documents")
        self.fields["without"].queryset = job.references.all()  # type: ignore[attr-defined]
        self.names_writer(job.writer)

    def clean_without(self) -> list[Any]:
        return [reference.pk for reference in self.cleaned_data["without"]]


def _writers() -> list[str]:
    """Return the writers that are configured here, the usual one first."""
    generation = current(GenerationSettings)
    return list(dict.fromkeys([generation.writer, generation.draft, EXTRACTIVE]))
