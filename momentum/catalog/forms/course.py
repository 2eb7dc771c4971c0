"""What an administrator fills in for a course and its lessons."""

from collections.abc import Iterable, Sequence
from typing import Any, cast, override

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.forms.renderers import BaseRenderer
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from momentum.catalog.actions import CourseFields, LessonFields
from momentum.catalog.forms.fields import Lines
from momentum.catalog.forms.question import QuestionForm, Questions, entries_of
from momentum.catalog.models import Access, Category, Course, Lesson, Level, Rhythm
from momentum.catalog.schemas import KeptActionItem, ResourceEntry
from momentum.core.money import editable
from momentum.ui.price_fields import AmountField, currency_field, read_amount


class RichText(forms.Textarea):
    """HTML in a text area; with script, `<rich-text>` puts an editor over it."""

    @override
    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        area = super().render(name, value, {**(attrs or {}), "spellcheck": "true"}, renderer)
        kept = _("The editor can’t change this part; it stays as it is. Choose HTML to edit it.")
        return format_html('<rich-text data-kept="{}">{}</rich-text>', kept, area)


class CourseForm(forms.Form):
    """A course without its lessons. `version` is the one that was shown; an older one is refused."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, help_text=_("One sentence, shown in the catalogue."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    thumbnail = forms.FileField(
        label=_("Cover"), required=False,
        help_text=_("PNG, JPEG, WebP or AVIF, up to 5 MB. If you don’t add one, a cover is generated from"
                    " the title and category."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/avif"}),
    )  # fmt: skip
    remove_cover = forms.BooleanField(label=_("Remove cover"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=RichText(attrs={"rows": 8}))
    outcomes = Lines(
        label=_("Learning outcomes"), required=False, help_text=_("One per line, each beginning with a "
                                                                          "verb."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())
    duration_days = forms.IntegerField(label=_("Days"), min_value=1, max_value=60, initial=7)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    language = forms.CharField(
        label=_("Language"), max_length=12, initial="en", help_text=_("A language code, such as en or pt-BR.")
    )
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices)
    price = AmountField(label=_("Price"), required=False, help_text=_("Only for paid courses."))
    currency = currency_field(required=False, initial="EUR")
    rhythm = forms.ChoiceField(
        label=_("Release lessons"), choices=Rhythm.choices,
        help_text=_("One a day: the first on enrolment, the next each midnight in the learner’s time zone."),
    )  # fmt: skip
    in_sequence = forms.BooleanField(label=_("Lessons must be completed in order"), required=False)
    featured = forms.BooleanField(label=_("Feature in the catalogue"), required=False)
    lessons_by_mail = forms.BooleanField(
        label=_("Send whole lessons by email"), required=False,
        help_text=_("Daily reminders then have all of the lesson’s text instead of its first lines. Videos and"
                    " exercises stay on the site."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(
        cls,
        course: Course,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> "CourseForm":
        """Return the form of an existing course."""
        initial = {name: getattr(course, name) for name in cls.base_fields if hasattr(course, name)}
        if course.price_minor is not None:
            initial["price"] = editable(course.price_minor, course.currency)
        return cls(data, files, initial=initial)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.files.get("thumbnail") and cleaned.get("remove_cover"):
            self.add_error("thumbnail", _("Upload a new cover or remove it, not both."))
        if cleaned.get("access") == Access.PAID:
            for name in ("price", "currency"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Required for a paid course."))
            cleaned["price_minor"] = read_amount(self, "price", cleaned.get("currency", ""))
        return cleaned

    def fields_for_action(self) -> CourseFields:
        """Return what was filled in, as the actions take it."""
        names = (
            "title", "summary", "description", "outcomes", "category", "duration_days", "level", "language",
            "access", "rhythm", "in_sequence", "featured", "lessons_by_mail",
        )  # fmt: skip
        chosen: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        paid = chosen["access"] == Access.PAID
        chosen["price_minor"] = self.cleaned_data["price_minor"] if paid else None
        chosen["currency"] = self.cleaned_data["currency"] if paid else ""
        if upload := self.files.get("thumbnail"):
            chosen["thumbnail"] = upload
        elif self.cleaned_data["remove_cover"]:
            chosen["thumbnail"] = None
        return cast("CourseFields", chosen)  # the names above are its keys


class LessonForm(forms.Form):
    """A lesson's own fields; its lists are formsets beside it."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("Summary"), max_length=400, required=False, help_text=_("One or two sentences below the title."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    content = forms.CharField(label=_("Text"), required=False, widget=RichText(attrs={"rows": 20}))
    key_points = Lines(
        label=_("Key points"), required=False, help_text=_("Three to five sentences, one per line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=8)
    preview = forms.BooleanField(label=_("Free preview: anyone can read this lesson"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, lesson: Lesson, data: QueryDict | None = None) -> "LessonForm":
        """Return the form of an existing lesson."""
        return cls(data, initial={name: getattr(lesson, name) for name in cls.base_fields})


class ActionItemForm(forms.Form):
    """One line of what to do today; an empty text takes the line away."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Action items"), max_length=400, required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class ResourceForm(forms.Form):
    """One thing to go on with; an empty title takes the line away."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Address"), max_length=500, required=False, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )  # fmt: skip


_EXTRA = 2
ActionItems = forms.formset_factory(ActionItemForm, extra=_EXTRA, max_num=50, absolute_max=60)
Resources = forms.formset_factory(ResourceForm, extra=_EXTRA, max_num=50, absolute_max=60)


class LessonEditor:
    """A lesson's form and its lists, read and validated together."""

    def __init__(self, data: QueryDict | None, lesson: Lesson | None = None) -> None:
        self.form = LessonForm.of(lesson, data) if lesson else LessonForm(data)
        items = lesson.action_items.all() if lesson else ()
        resources = lesson.resources.all() if lesson else ()
        self.action_items = ActionItems(
            data,
            prefix="action",
            initial=[{"id": item.id, "text": item.text, "note": item.note} for item in items],
        )
        self.resources = Resources(
            data, prefix="resource", initial=[{"title": row.title, "url": row.url} for row in resources]
        )

        questions = lesson.questions.all() if lesson else ()
        self.questions = Questions(
            data, prefix="question", initial=[QuestionForm.initial_of(question) for question in questions]
        )

    def is_valid(self) -> bool:
        """Validate everything, so that everything wrong is shown at once."""
        lists = (self.action_items, self.resources, self.questions)
        return all([self.form.is_valid(), *(rows.is_valid() for rows in lists)])

    @property
    def rows(self) -> list[forms.Form]:
        """The forms of its lists."""
        return [*self.action_items, *self.resources, *self.questions]

    def fields_for_action(self) -> LessonFields:
        """Return what was filled in, as the actions take it."""
        values = self.form.cleaned_data
        return LessonFields(
            title=values["title"],
            summary=values["summary"],
            content=values["content"],
            key_points=values["key_points"],
            minutes=values["minutes"],
            preview=values["preview"],
            action_items=[KeptActionItem(**row) for row in _filled(self.action_items, "text")],
            resources=[ResourceEntry(**row) for row in _filled(self.resources, "title")],
            questions=entries_of(self.questions),
        )


def _filled(rows: Iterable[forms.Form], key: str) -> Sequence[dict[str, Any]]:
    return [row.cleaned_data for row in rows if row.cleaned_data.get(key)]


class ImportForm(forms.Form):
    """A course as a ZIP of Markdown."""

    file = forms.FileField(
        label=_("ZIP of Markdown files"),
        help_text=_("The format of “Download as Markdown”."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
