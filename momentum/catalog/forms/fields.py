"""A field for a list of sentences."""

from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError


class Lines(forms.CharField):
    """A list of sentences, one a line."""

    widget = forms.Textarea

    @override
    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    @override
    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    @override
    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    @override
    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))

    @override
    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))
